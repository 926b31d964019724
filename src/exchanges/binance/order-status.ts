import * as t from 'io-ts';
import type { OrderUpdate } from '../../core/order.js';

type Standing = Pick<OrderUpdate, 'status' | 'reason'>;

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

/** The same in this library's words. */
export const standing = (status: t.TypeOf<typeof OrderStatus>): Standing => standings[status];
