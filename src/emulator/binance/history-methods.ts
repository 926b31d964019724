import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { accountTradeJson, orderJson } from './order-json.js';
import { badCombination, optional } from './params.js';
import { checkSpan, isTimed, readRange, within } from './ranges.js';
import { integer } from './readers.js';

/** The account's orders in a market. Source: Binance Spot API, rest-api.md, All orders (USER_DATA). */
export const allOrders: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'startTime', 'endTime', 'limit'],
  weight: 20,
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const range = readRange(sent, 'orderId');
    checkSpan(range);
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
    checkSpan(range);
    if (isTimed(range) && (orderId !== undefined || range.from !== undefined)) {
      throw badCombination();
    }
    const trades = backend.engine
      .trades(backend.account.accountId, symbol)
      .filter((trade) => orderId === undefined || trade.orderId === orderId);
    return within(trades, range, (trade) => ({ id: trade.tradeId, time: trade.time })).map(
      accountTradeJson,
    );
  },
};
