import type { Decimal } from './decimal.js';
import type { OrderUpdate } from './order.js';

/** Whether an order is alive, and how it ended. */
export type Standing = Pick<OrderUpdate, 'status' | 'reason'>;

/** Where an order stands, in one word; an exchange's words for it are a table of these. */
export type StandingWord =
  'open' | 'filled' | 'canceled' | 'expired' | 'self_trade_prevented' | 'rejected';

const standings = {
  open: { status: 'open' },
  filled: { status: 'filled' },
  canceled: { status: 'ended', reason: 'canceled' },
  expired: { status: 'ended', reason: 'expired' },
  self_trade_prevented: { status: 'ended', reason: 'self_trade_prevented' },
  rejected: { status: 'ended', reason: 'rejected' },
} as const satisfies Readonly<Record<StandingWord, Standing>>;

/**
 * Where an order stands. Where the word and the executed amount contradict each other, it claims no more than the
 * amount proves: nothing is filled of which nothing was executed, and what was executed in part was not rejected.
 */
export const standingOf = (word: StandingWord, executedAmount: Decimal): Standing => {
  if (word === 'filled' && executedAmount.isZero()) return standings.open;
  if (word === 'rejected' && !executedAmount.isZero()) return standings.canceled;
  return standings[word];
};
