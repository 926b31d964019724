import { EngineRejection, type RejectReason } from '../engine/model.js';
import { refusal, type ApiError } from './api-error.js';

/** Source: Binance Spot API, errors.md, Messages for -1010, -2010, -2011 and -2038. */
const messages: Readonly<Record<RejectReason, string>> = {
  insufficient_balance: 'Account has insufficient balance for requested action.',
  would_match: 'Order would immediately match and take.',
  duplicate_client_order_id: 'Duplicate order sent.',
  unknown_order: 'Unknown order sent.',
  market_closed: 'Market is closed.',
  amount_increased: 'Order amend (quantity increase) is not supported.',
  amount_unchanged: 'The requested action would change no state; rejecting.',
  // The documentation gives no words for this one.
  amount_used_up: 'Order amend rejected: nothing of the order would be left.',
};

/** What a command is refused under. */
export const rejectionCodes = { place: -2010, cancel: -2011, amend: -2038 } as const;

type Command = keyof typeof rejectionCodes;

/** The engine's rejection of a command, in Binance's words. */
export const rejection = (command: Command, reason: RejectReason): ApiError =>
  refusal(rejectionCodes[command], messages[reason]);

/** The result of a command of the engine, or its refusal. */
export const orRefuse = <T>(command: Command, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    throw error instanceof EngineRejection ? rejection(command, error.reason) : error;
  }
};
