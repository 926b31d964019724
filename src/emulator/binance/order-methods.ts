import {
  EngineRejection,
  type EngineOrder,
  type PlaceRequest,
  type RejectReason,
} from '../engine/model.js';
import { type ApiError, refusal } from './api-error.js';
import type { AccountBackend } from './backend.js';
import { orderCommission } from './commission-methods.js';
import { optionalMarket, requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { NEW_ORDER_PARAMS, readNewOrder } from './new-order.js';
import { canceledJson, orderJson, placementJson } from './order-json.js';
import { optional, type Sent } from './params.js';
import { clientId, flag, integer, oneOf } from './readers.js';

/** Source: Binance Spot API, errors.md, Messages for -1010, -2010 and -2011. */
const rejections: Readonly<Record<RejectReason, readonly [code: number, message: string]>> = {
  insufficient_balance: [-2010, 'Account has insufficient balance for requested action.'],
  would_match: [-2010, 'Order would immediately match and take.'],
  duplicate_client_order_id: [-2010, 'Duplicate order sent.'],
  unknown_order: [-2011, 'Unknown order sent.'],
};

const rejection = (reason: RejectReason): ApiError => refusal(...rejections[reason]);

const orRefuse = <T>(command: () => T): T => {
  try {
    return command();
  } catch (error) {
    throw error instanceof EngineRejection ? rejection(error.reason) : error;
  }
};

/** Whether nobody offers what an order wants to take. */
const isEmpty = ({ engine }: AccountBackend, { symbol, side }: PlaceRequest): boolean => {
  const { bids, asks } = engine.depth(symbol, 1);
  return (side === 'buy' ? asks : bids).length === 0;
};

// Source for all: Binance Spot API, rest-api.md, Trading endpoints.

/** Places an order. */
export const placeOrder: SignedMethod = {
  security: 'TRADE',
  params: NEW_ORDER_PARAMS,
  weight: 1,
  effect: 'place',
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { accountId } = account;
    const { request, responseType } = readNewOrder(backend, sent);
    if (request.quoteAmount && isEmpty(backend, request)) {
      throw refusal(-2010, 'Order book liquidity is less than symbol minimum quantity.');
    }
    return placementJson(
      orRefuse(() => engine.place(accountId, request)),
      responseType,
    );
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

/** The order that a request names; undefined where there is none. */
const namedOrder = (backend: AccountBackend, sent: Sent): EngineOrder | undefined => {
  const { engine, account } = backend;
  const { accountId } = account;
  const { symbol } = requiredMarket(backend, sent);
  const orderId = optional(sent, 'orderId', integer);
  const clientOrderId = optional(sent, 'origClientOrderId', clientId);
  if (orderId === undefined) {
    if (clientOrderId !== undefined) return engine.order(accountId, symbol, { clientOrderId });
    throw refusal(
      -1102,
      "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
    );
  }
  const order = engine.order(accountId, symbol, { orderId });
  if (order && clientOrderId !== undefined && clientOrderId !== order.clientOrderId) {
    throw refusal(-2039, 'Client order ID is not correct for this order ID.');
  }
  return order;
};

const restrictions = { ONLY_NEW: 'new', ONLY_PARTIALLY_FILLED: 'partially_filled' } as const;

const readRestriction = oneOf<keyof typeof restrictions>(
  ['ONLY_NEW', 'ONLY_PARTIALLY_FILLED'],
  () =>
    refusal(-1145, '`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.'),
);

const cancel = (backend: AccountBackend, { orderId }: EngineOrder, cancelId: string): unknown =>
  canceledJson(
    orRefuse(() => backend.engine.cancel(backend.account.accountId, orderId, cancelId)),
    cancelId,
  );

/** Cancels an order. */
export const cancelOrder: SignedMethod = {
  security: 'TRADE',
  params: ['symbol', 'orderId', 'origClientOrderId', 'newClientOrderId', 'cancelRestrictions'],
  weight: 1,
  effect: 'cancel',
  run: (backend, sent) => {
    const order = namedOrder(backend, sent);
    const restriction = optional(sent, 'cancelRestrictions', readRestriction);
    const cancelId = optional(sent, 'newClientOrderId', clientId) ?? backend.makeClientId();
    if (!order) throw rejection('unknown_order');
    const isOpen = order.status === 'new' || order.status === 'partially_filled';
    if (isOpen && restriction && restrictions[restriction] !== order.status) {
      throw refusal(-2011, 'Order was not canceled due to cancel restrictions.');
    }
    return cancel(backend, order, cancelId);
  },
};

/** Cancels all open orders of a market. */
export const cancelOpenOrders: SignedMethod = {
  security: 'TRADE',
  params: ['symbol'],
  weight: 1,
  effect: 'cancel',
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { accountId } = account;
    const { symbol } = requiredMarket(backend, sent);
    const orders = engine.openOrders(accountId, symbol);
    if (orders.length === 0) throw rejection('unknown_order');
    return orders.map((order) => cancel(backend, order, backend.makeClientId()));
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
    return backend.engine.openOrders(backend.account.accountId, market?.symbol).map(orderJson);
  },
};
