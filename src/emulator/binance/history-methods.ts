import { refusal } from './api-error.js';
import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { accountTradeJson, orderJson } from './order-json.js';
import { optional, type Sent } from './params.js';
import { integer, limitUpTo, time } from './readers.js';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1000;
const LONGEST_SPAN = 24 * 3_600_000;

/** Which part of a history is asked for. */
interface Range {
  /** The first id; the list then starts from there. */
  readonly from: number | undefined;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly limit: number;
}

const readRange = (sent: Sent, fromName: string): Range => {
  const range = {
    from: optional(sent, fromName, integer),
    startTime: optional(sent, 'startTime', time),
    endTime: optional(sent, 'endTime', time),
    limit: optional(sent, 'limit', limitUpTo(MAX_LIMIT)) ?? DEFAULT_LIMIT,
  };
  const { startTime, endTime } = range;
  if (startTime !== undefined && endTime !== undefined && endTime - startTime > LONGEST_SPAN) {
    throw refusal(-1127, 'More than 24 hours between startTime and endTime.');
  }
  return range;
};

/** A start asks for the oldest items from there on, no start for the newest. */
const within = <T>(
  items: readonly T[],
  { from, startTime, endTime, limit }: Range,
  keyOf: (item: T) => { readonly id: number; readonly time: number },
): readonly T[] => {
  const found = items.filter((item) => {
    const key = keyOf(item);
    return (
      key.id >= (from ?? 0) && key.time >= (startTime ?? 0) && key.time <= (endTime ?? Infinity)
    );
  });
  const isOldestFirst = from !== undefined || startTime !== undefined;
  return isOldestFirst ? found.slice(0, limit) : found.slice(-limit);
};

/** The account's orders in a market. Source: Binance Spot API, rest-api.md, All orders (USER_DATA). */
export const allOrders: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'startTime', 'endTime', 'limit'],
  weight: 20,
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const range = readRange(sent, 'orderId');
    const orders = backend.engine
      .orders(backend.account.accountId)
      .filter((order) => order.symbol === symbol);
    return within(orders, range, (order) => ({ id: order.orderId, time: order.createdAt })).map(
      orderJson,
    );
  },
};

/**
 * The account's trades in a market.
 *
 * Source: Binance Spot API, rest-api.md, Account trade list (USER_DATA): which combinations are supported.
 */
export const myTrades: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'fromId', 'startTime', 'endTime', 'limit'],
  weight: (sent) => (sent.has('orderId') ? 5 : 20),
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const orderId = optional(sent, 'orderId', integer);
    const range = readRange(sent, 'fromId');
    const isTimed = range.startTime !== undefined || range.endTime !== undefined;
    if (isTimed && (orderId !== undefined || range.from !== undefined)) {
      throw refusal(-1128, 'Combination of optional parameters invalid.');
    }
    const trades = backend.engine
      .trades(backend.account.accountId, symbol)
      .filter((trade) => orderId === undefined || trade.orderId === orderId);
    return within(trades, range, (trade) => ({ id: trade.tradeId, time: trade.time })).map(
      accountTradeJson,
    );
  },
};
