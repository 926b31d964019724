import type { Placement, PlaceRequest } from '../engine/model.js';
import { refusal } from './api-error.js';
import type { AccountBackend } from './backend.js';
import { orderCommission } from './commission-methods.js';
import { optionalMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { namedOrder } from './named-order.js';
import { NEW_ORDER_PARAMS, readNewOrder } from './new-order.js';
import { orderJson, placementJson } from './order-json.js';
import { optional } from './params.js';
import { flag } from './readers.js';
import { orRefuse } from './rejections.js';

/** Whether nobody offers what an order wants to take. */
const isEmpty = ({ engine }: AccountBackend, { symbol, side }: PlaceRequest): boolean => {
  const { bids, asks } = engine.depth(symbol, 1);
  return (side === 'buy' ? asks : bids).length === 0;
};

/** Places an order that was read and checked, or throws the refusal. */
export const place = (backend: AccountBackend, request: PlaceRequest): Placement => {
  if (request.quoteAmount && isEmpty(backend, request)) {
    throw refusal(-2010, 'Order book liquidity is less than symbol minimum quantity.');
  }
  const { engine, account } = backend;
  return orRefuse('place', () => engine.place(account.accountId, request));
};

// Source for all: Binance Spot API, rest-api.md, Trading endpoints.

/** Places an order. */
export const placeOrder: SignedMethod = {
  security: 'TRADE',
  params: NEW_ORDER_PARAMS,
  weight: 1,
  effect: 'place',
  run: (backend, sent) => {
    const { request, responseType } = readNewOrder(backend, sent);
    return placementJson(place(backend, request), responseType);
  },
};

/** Checks a placement without carrying it out. */
export const testOrder: SignedMethod = {
  security: 'TRADE',
  params: [...NEW_ORDER_PARAMS, 'computeCommissionRates'],
  weight: (sent) => (sent.get('computeCommissionRates') === 'true' ? 20 : 1),
  run: (backend, sent) => {
    const tellsRates = optional(sent, 'computeCommissionRates', flag) ?? false;
    const { listing, request } = readNewOrder(backend, sent);
    return tellsRates ? orderCommission(backend, listing, request.side) : {};
  },
};

/** Shows an order. */
export const queryOrder: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'origClientOrderId'],
  weight: 4,
  run: (backend, sent) => {
    const order = namedOrder(backend, sent);
    if (!order) throw refusal(-2013, 'Order does not exist.');
    return orderJson(order);
  },
};

/** Shows the open orders of a market, or of all. */
export const openOrders: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: (sent) => (sent.has('symbol') ? 6 : 80),
  run: (backend, sent) => {
    const market = optionalMarket(backend, sent);
    const { engine, account } = backend;
    return engine.openOrders(account.accountId, market?.symbol).map(orderJson);
  },
};
