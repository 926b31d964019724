import { accountInformation, orderCount } from './account-methods.js';
import { amendOrder, orderAmendments } from './amend-order.js';
import { cancelOpenOrders, cancelOrder } from './cancel-order.js';
import { cancelReplace } from './cancel-replace.js';
import { accountCommission } from './commission-methods.js';
import { exchangeInfo } from './exchange-info.js';
import { executionRules, referencePrice } from './execution-rules.js';
import { allOrders, myTrades } from './history-methods.js';
import {
  aggregateTrades,
  depth,
  historicalTrades,
  ping,
  recentTrades,
  serverTime,
  tickerBook,
  tickerPrice,
} from './market-methods.js';
import type { Method } from './method.js';
import { openOrders, placeOrder, queryOrder, testOrder } from './order-methods.js';
import { candles } from './candle-methods.js';
import { currentAveragePrice, ticker24hr } from './statistics-methods.js';
import { myPreventedMatches } from './prevented-matches.js';

/** A method under its names. */
export interface Entry {
  readonly rest: string;
  readonly wsApi: string;
  readonly method: Method;
}

/** What both the REST API and the WebSocket API offer. Source: rest-api.md and web-socket-api.md. */
export const catalogue: readonly Entry[] = [
  { rest: 'GET /api/v3/ping', wsApi: 'ping', method: ping },
  { rest: 'GET /api/v3/time', wsApi: 'time', method: serverTime },
  { rest: 'GET /api/v3/exchangeInfo', wsApi: 'exchangeInfo', method: exchangeInfo },
  { rest: 'GET /api/v3/executionRules', wsApi: 'executionRules', method: executionRules },
  { rest: 'GET /api/v3/referencePrice', wsApi: 'referencePrice', method: referencePrice },
  { rest: 'GET /api/v3/depth', wsApi: 'depth', method: depth },
  { rest: 'GET /api/v3/trades', wsApi: 'trades.recent', method: recentTrades },
  { rest: 'GET /api/v3/historicalTrades', wsApi: 'trades.historical', method: historicalTrades },
  { rest: 'GET /api/v3/aggTrades', wsApi: 'trades.aggregate', method: aggregateTrades },
  { rest: 'GET /api/v3/ticker/price', wsApi: 'ticker.price', method: tickerPrice },
  { rest: 'GET /api/v3/ticker/bookTicker', wsApi: 'ticker.book', method: tickerBook },
  { rest: 'GET /api/v3/avgPrice', wsApi: 'avgPrice', method: currentAveragePrice },
  { rest: 'GET /api/v3/ticker/24hr', wsApi: 'ticker.24hr', method: ticker24hr },
  { rest: 'GET /api/v3/klines', wsApi: 'klines', method: candles },
  { rest: 'GET /api/v3/uiKlines', wsApi: 'uiKlines', method: candles },
  { rest: 'POST /api/v3/order', wsApi: 'order.place', method: placeOrder },
  { rest: 'POST /api/v3/order/test', wsApi: 'order.test', method: testOrder },
  { rest: 'GET /api/v3/order', wsApi: 'order.status', method: queryOrder },
  { rest: 'DELETE /api/v3/order', wsApi: 'order.cancel', method: cancelOrder },
  { rest: 'GET /api/v3/openOrders', wsApi: 'openOrders.status', method: openOrders },
  { rest: 'DELETE /api/v3/openOrders', wsApi: 'openOrders.cancelAll', method: cancelOpenOrders },
  {
    rest: 'POST /api/v3/order/cancelReplace',
    wsApi: 'order.cancelReplace',
    method: cancelReplace,
  },
  {
    rest: 'PUT /api/v3/order/amend/keepPriority',
    wsApi: 'order.amend.keepPriority',
    method: amendOrder,
  },
  { rest: 'GET /api/v3/order/amendments', wsApi: 'order.amendments', method: orderAmendments },
  { rest: 'GET /api/v3/allOrders', wsApi: 'allOrders', method: allOrders },
  { rest: 'GET /api/v3/myTrades', wsApi: 'myTrades', method: myTrades },
  {
    rest: 'GET /api/v3/myPreventedMatches',
    wsApi: 'myPreventedMatches',
    method: myPreventedMatches,
  },
  { rest: 'GET /api/v3/account', wsApi: 'account.status', method: accountInformation },
  {
    rest: 'GET /api/v3/account/commission',
    wsApi: 'account.commission',
    method: accountCommission,
  },
  { rest: 'GET /api/v3/rateLimit/order', wsApi: 'account.rateLimits.orders', method: orderCount },
];
