import { refusal, type ApiError } from '../binance/api-error.js';
import { EngineRejection, type RejectReason } from '../engine/model.js';
import { MarginRejection, type MarginRejectReason } from '../engine/margin/model.js';

type Words = readonly [code: number, message: string];

type WordsByReason = Readonly<Partial<Record<RejectReason | MarginRejectReason, Words>>>;

/** Source: Binance USD-M Futures API, Error Codes. */
const words: WordsByReason = {
  insufficient_margin: [-2019, 'Margin is insufficient.'],
  nothing_to_reduce: [-2022, 'ReduceOnly Order is rejected.'],
  wrong_position_side: [-4061, "Order's position side does not match user's setting."],
  mode_unchanged: [-4059, 'No need to change position side.'],
  open_orders: [-4067, 'Position side cannot be changed if there exists open orders.'],
  open_positions: [-4068, 'Position side cannot be changed if there exists position.'],
  leverage_too_small: [-2028, 'Leverage is smaller than permitted: insufficient margin balance.'],
  position_too_large: [-2027, 'Exceeded the maximum allowable position at current leverage.'],
  nothing_to_modify: [-5027, 'No need to modify the order.'],
  would_match: [
    -5022,
    'Due to the order could not be executed as maker, the Post Only order will be rejected. ' +
      'The order will not be recorded in the order history',
  ],
  duplicate_client_order_id: [-4116, 'ClientOrderId is duplicated.'],
  unknown_order: [-2011, 'Unknown order sent.'],
  market_closed: [-4140, 'Invalid symbol status for opening position.'],
};

const isRejection = (error: unknown): error is EngineRejection | MarginRejection =>
  error instanceof EngineRejection || error instanceof MarginRejection;

/** The refusal of an order that no open order bears the name of. */
export const unknownOrder = (): ApiError => refusal(-2011, 'Unknown order sent.');

/** The result of a command of the engine, or its refusal in the words of Binance: the command's own, if it has some. */
export const orRefuse = <T>(act: () => T, own: WordsByReason = {}): T => {
  try {
    return act();
  } catch (error) {
    if (!isRejection(error)) throw error;
    const known = own[error.reason] ?? words[error.reason];
    throw known ? refusal(...known) : error;
  }
};
