import * as t from 'io-ts';
import type { Decimal } from '../../core/decimal.js';
import type { OrderUpdate } from '../../core/order.js';

/** Whether an order is alive, and how it ended. */
export type Standing = Pick<OrderUpdate, 'status' | 'reason'>;

const standings = {
  PENDING_NEW: { status: 'open' },
  NEW: { status: 'open' },
  PARTIALLY_FILLED: { status: 'open' },
  PENDING_CANCEL: { status: 'open' },
  FILLED: { status: 'filled' },
  CANCELED: { status: 'ended', reason: 'canceled' },
  EXPIRED: { status: 'ended', reason: 'expired' },
  EXPIRED_IN_MATCH: { status: 'ended', reason: 'self_trade_prevented' },
  REJECTED: { status: 'ended', reason: 'rejected' },
} as const satisfies Readonly<Record<string, Standing>>;

/**
 * An order's status in the exchange's words.
 *
 * @see Binance Spot API, enums.md, "Order status"
 */
export const OrderStatus = t.keyof(standings, 'OrderStatus');

/**
 * The same in this library's words. Where status and executed amount contradict each other, the status
 * claims no more than the amount proves: nothing is filled of which nothing was executed, and what was
 * executed in part was not rejected.
 */
export const standing = (
  status: t.TypeOf<typeof OrderStatus>,
  executedAmount: Decimal,
): Standing => {
  if (status === 'FILLED' && executedAmount.isZero()) return standings.NEW;
  if (status === 'REJECTED' && !executedAmount.isZero()) return standings.CANCELED;
  return standings[status];
};
