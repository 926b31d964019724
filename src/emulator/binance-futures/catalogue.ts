import { ping, serverTime } from '../binance/market-methods.js';
import type { Method } from '../binance/method.js';
import type { Routes } from '../binance/rest.js';
import {
  accountInformation,
  balances,
  commissionRate,
  leverageBracket,
  orderLimits,
  positionRisk,
  positionRiskV2,
} from './account-methods.js';
import type { FuturesBackend } from './backend.js';
import { cancelOrders, modifyOrders, placeOrders } from './batch-methods.js';
import { candles } from './candle-methods.js';
import { exchangeInfo } from './exchange-info.js';
import { fundingInfo, fundingRates } from './funding-methods.js';
import { allOrders, incomeHistory, userTrades } from './history-methods.js';
import { closeStream, keepStreamAlive, startStream } from './listen-key-methods.js';
import {
  aggregateTrades,
  depth,
  premiumIndex,
  recentTrades,
  tickerBook,
  tickerPrice,
} from './market-methods.js';
import { modifyOrder } from './modify-order.js';
import {
  cancelAllOrders,
  cancelOrder,
  openOrders,
  placeOrder,
  queryOpenOrder,
  queryOrder,
  testOrder,
} from './order-methods.js';
import {
  accountConfig,
  changeLeverage,
  changeMarginType,
  changePositionMode,
  positionMode,
  symbolConfig,
} from './settings-methods.js';

/** The REST API. Source: Binance USD-M Futures API. */
export const routes: Routes<FuturesBackend> = new Map<string, Method<FuturesBackend>>([
  ['GET /fapi/v1/ping', ping],
  ['GET /fapi/v1/time', serverTime],
  ['GET /fapi/v1/exchangeInfo', exchangeInfo],
  ['GET /fapi/v1/depth', depth],
  ['GET /fapi/v1/trades', recentTrades],
  ['GET /fapi/v1/aggTrades', aggregateTrades],
  ['GET /fapi/v1/klines', candles],
  ['GET /fapi/v1/premiumIndex', premiumIndex],
  ['GET /fapi/v1/fundingRate', fundingRates],
  ['GET /fapi/v1/fundingInfo', fundingInfo],
  ['GET /fapi/v1/ticker/price', tickerPrice],
  ['GET /fapi/v2/ticker/price', tickerPrice],
  ['GET /fapi/v1/ticker/bookTicker', tickerBook],
  ['POST /fapi/v1/order', placeOrder],
  ['POST /fapi/v1/order/test', testOrder],
  ['PUT /fapi/v1/order', modifyOrder],
  ['DELETE /fapi/v1/order', cancelOrder],
  ['DELETE /fapi/v1/allOpenOrders', cancelAllOrders],
  ['POST /fapi/v1/batchOrders', placeOrders],
  ['PUT /fapi/v1/batchOrders', modifyOrders],
  ['DELETE /fapi/v1/batchOrders', cancelOrders],
  ['GET /fapi/v1/order', queryOrder],
  ['GET /fapi/v1/openOrder', queryOpenOrder],
  ['GET /fapi/v1/openOrders', openOrders],
  ['GET /fapi/v1/allOrders', allOrders],
  ['GET /fapi/v1/userTrades', userTrades],
  ['GET /fapi/v1/rateLimit/order', orderLimits],
  ['GET /fapi/v2/account', accountInformation],
  ['GET /fapi/v3/account', accountInformation],
  ['GET /fapi/v2/balance', balances],
  ['GET /fapi/v3/balance', balances],
  ['GET /fapi/v2/positionRisk', positionRiskV2],
  ['GET /fapi/v3/positionRisk', positionRisk],
  ['GET /fapi/v1/symbolConfig', symbolConfig],
  ['GET /fapi/v1/accountConfig', accountConfig],
  ['POST /fapi/v1/leverage', changeLeverage],
  ['POST /fapi/v1/marginType', changeMarginType],
  ['GET /fapi/v1/positionSide/dual', positionMode],
  ['POST /fapi/v1/positionSide/dual', changePositionMode],
  ['GET /fapi/v1/leverageBracket', leverageBracket],
  ['GET /fapi/v1/commissionRate', commissionRate],
  ['GET /fapi/v1/income', incomeHistory],
  ['POST /fapi/v1/listenKey', startStream],
  ['PUT /fapi/v1/listenKey', keepStreamAlive],
  ['DELETE /fapi/v1/listenKey', closeStream],
]);
