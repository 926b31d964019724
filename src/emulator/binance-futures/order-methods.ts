import { ZERO } from '../../core/decimal.js';
import { refusal } from '../binance/api-error.js';
import { optionalMarket, requiredMarket } from '../binance/markets.js';
import type { SignedMethod } from '../binance/method.js';
import { optional, type Sent } from '../binance/params.js';
import { integer } from '../binance/readers.js';
import type { EngineOrder, Listing } from '../engine/model.js';
import { isOpen } from '../engine/order-state.js';
import type { FuturesAccountBackend, FuturesBackend } from './backend.js';
import { clientId, NEW_ORDER_PARAMS, readNewOrder } from './new-order.js';
import { ackJson, orderJson } from './order-json.js';
import { orRefuse, unknownOrder } from './rejections.js';

type Method = SignedMethod<FuturesBackend>;

// Source for all: Binance USD-M Futures API, Trade Endpoints.

/** How a request names an order. */
export const ORDER_NAMES = ['symbol', 'orderId', 'origClientOrderId'];

/** The account's order that a request names; undefined where there is none. */
export const namedOrder = (backend: FuturesAccountBackend, sent: Sent): EngineOrder | undefined => {
  const { engine, account } = backend;
  const { symbol } = requiredMarket(backend, sent);
  const orderId = optional(sent, 'orderId', integer);
  if (orderId !== undefined) return engine.order(account.accountId, symbol, { orderId });
  const clientOrderId = optional(sent, 'origClientOrderId', clientId);
  if (clientOrderId !== undefined)
    return engine.order(account.accountId, symbol, { clientOrderId });
  throw refusal(
    -1102,
    "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
  );
};

/** An order as it was when it came: an acknowledgement tells nothing of its fills. */
const asItCame = (order: EngineOrder): EngineOrder => ({
  ...order,
  status: 'new',
  executedAmount: ZERO,
  executedQuote: ZERO,
  updatedAt: order.createdAt,
});

/** Places an order. */
export const placeOrder: Method = {
  security: 'TRADE',
  params: NEW_ORDER_PARAMS,
  weight: 0,
  effect: 'place',
  orders: 1,
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { listing, request, responseType } = readNewOrder(backend, sent);
    const { order } = orRefuse(() => engine.place(account.accountId, request));
    return ackJson(listing, responseType === 'ACK' ? asItCame(order) : order);
  },
};

/** Checks a placement without carrying it out. */
export const testOrder: Method = {
  security: 'TRADE',
  params: NEW_ORDER_PARAMS,
  weight: 1,
  run: (backend, sent) => {
    readNewOrder(backend, sent);
    return {};
  },
};

/** The market of an order. */
export const listingOf = (backend: FuturesBackend, { symbol }: EngineOrder): Listing => {
  const listing = backend.engine.listings.get(symbol);
  if (!listing) throw refusal(-1121, 'Invalid symbol.');
  return listing;
};

const cancel = (backend: FuturesAccountBackend, { orderId }: EngineOrder): EngineOrder =>
  // A cancel has no id of its own here.
  orRefuse(() => backend.engine.cancel(backend.account.accountId, orderId, ''));

/** Cancels an order. */
export const cancelOrder: Method = {
  security: 'TRADE',
  params: ORDER_NAMES,
  weight: 1,
  effect: 'cancel',
  isCharged: true,
  run: (backend, sent) => {
    const order = namedOrder(backend, sent);
    if (!order) throw unknownOrder();
    return ackJson(listingOf(backend, order), cancel(backend, order));
  },
};

/** Cancels all open orders of a market, though there be none. */
export const cancelAllOrders: Method = {
  security: 'TRADE',
  params: ['symbol'],
  weight: 1,
  effect: 'cancel',
  isCharged: true,
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { symbol } = requiredMarket(backend, sent);
    for (const order of engine.openOrders(account.accountId, symbol)) cancel(backend, order);
    return { code: 200, msg: 'The operation of cancel all open order is done.' };
  },
};

const shown = (backend: FuturesAccountBackend, order: EngineOrder | undefined) => {
  if (!order) throw refusal(-2013, 'Order does not exist.');
  return orderJson(listingOf(backend, order), order);
};

/** Shows an order. */
export const queryOrder: Method = {
  security: 'USER_DATA',
  params: ORDER_NAMES,
  weight: 1,
  run: (backend, sent) => shown(backend, namedOrder(backend, sent)),
};

/** Shows an order that is open. */
export const queryOpenOrder: Method = {
  security: 'USER_DATA',
  params: ORDER_NAMES,
  weight: 1,
  run: (backend, sent) => {
    const order = namedOrder(backend, sent);
    return shown(backend, order && isOpen(order) ? order : undefined);
  },
};

/** Shows the open orders of a market, or of all. */
export const openOrders: Method = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: (sent) => (sent.has('symbol') ? 1 : 40),
  run: (backend, sent) => {
    const { engine, account } = backend;
    const market = optionalMarket(backend, sent);
    const orders = engine.openOrders(account.accountId, market?.symbol);
    return orders.map((order) => orderJson(listingOf(backend, order), order));
  },
};
