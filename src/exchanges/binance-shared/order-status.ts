import * as t from 'io-ts';
import type { Decimal } from '../../core/decimal.js';
import type { OrderUpdate } from '../../core/order.js';

/** Whether an order is alive, and how it ended. */
export type Standing = Pick<OrderUpdate, 'status' | 'reason'>;

const standings = {
  PENDING_NEW: { status: 'open' },
  NEW: { status: 'open' },
  NEW_INSURANCE: { status: 'open' },
  NEW_ADL: { status: 'open' },
  PARTIALLY_FILLED: { status: 'open' },
  PENDING_CANCEL: { status: 'open' },
  FILLED: { status: 'filled' },
  CANCELED: { status: 'ended', reason: 'canceled' },
  EXPIRED: { status: 'ended', reason: 'expired' },
  EXPIRED_IN_MATCH: { status: 'ended', reason: 'self_trade_prevented' },
  REJECTED: { status: 'ended', reason: 'rejected' },
} as const satisfies Readonly<Record<string, Standing>>;

/**
 * An order's status in the exchange's words: those of spot, and of futures the two of orders with which it
 * liquidates.
 *
 * @see Binance Spot API, enums.md, "Order status"; USDⓈ-M Futures API, common definitions, "Order status"
 */
export const OrderStatus = t.keyof(standings, 'OrderStatus');

type OrderStatus = t.TypeOf<typeof OrderStatus>;

/**
 * Where status and executed amount contradict each other, the status claims no more than the amount proves:
 * nothing is filled of which nothing was executed, and what was executed in part was not rejected.
 */
const proven = (said: Standing, executedAmount: Decimal): Standing => {
  if (said === standings.FILLED && executedAmount.isZero()) return standings.NEW;
  if (said === standings.REJECTED && !executedAmount.isZero()) return standings.CANCELED;
  return said;
};

/** The same in this library's words, as far as the executed amount proves it. */
export const standing = (status: OrderStatus, executedAmount: Decimal): Standing =>
  proven(standings[status], executedAmount);

const byWord: ReadonlyMap<string, Standing> = new Map(Object.entries(standings));

/** The {@link standing} of any word; undefined where it is not known. Each event of the account asks for one. */
export const standingOf = (word: string, executedAmount: Decimal): Standing | undefined => {
  const said = byWord.get(word);
  return said && proven(said, executedAmount);
};
