import type { EngineOrder } from '../engine/model.js';
import { isOpen } from '../engine/order-state.js';
import { refusal } from './api-error.js';
import type { AccountBackend } from './backend.js';
import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { namedOrder } from './named-order.js';
import { canceledJson } from './order-json.js';
import { optional, type Sent } from './params.js';
import { clientId, oneOf } from './readers.js';
import { orRefuse, rejection } from './rejections.js';

const restrictions = { ONLY_NEW: 'new', ONLY_PARTIALLY_FILLED: 'partially_filled' } as const;

const readRestriction = oneOf<keyof typeof restrictions>(
  ['ONLY_NEW', 'ONLY_PARTIALLY_FILLED'],
  () =>
    refusal(-1145, '`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.'),
);

const cancel = (backend: AccountBackend, { orderId }: EngineOrder, cancelId: string) => {
  const { engine, account } = backend;
  const order = orRefuse('cancel', () => engine.cancel(account.accountId, orderId, cancelId));
  return canceledJson(order, cancelId);
};

/** A cancel that was read, and has not been tried yet. */
export interface CancelRequest {
  readonly order: EngineOrder | undefined;
  readonly restriction: keyof typeof restrictions | undefined;
  readonly cancelId: string;
}

/** Reads what a cancel is restricted to, and its id, which is sent under the given name. */
export const readCancel = (
  backend: AccountBackend,
  sent: Sent,
  idName: string,
): Omit<CancelRequest, 'order'> => ({
  restriction: optional(sent, 'cancelRestrictions', readRestriction),
  cancelId: optional(sent, idName, clientId) ?? backend.makeClientId(),
});

/** Cancels an order, or throws the refusal. */
export const carryOutCancel = (backend: AccountBackend, request: CancelRequest) => {
  const { order, restriction, cancelId } = request;
  if (!order) throw rejection('cancel', 'unknown_order');
  if (isOpen(order) && restriction && restrictions[restriction] !== order.status) {
    throw refusal(-2011, 'Order was not canceled due to cancel restrictions.');
  }
  return cancel(backend, order, cancelId);
};

/** Cancels an order. Source: Binance Spot API, rest-api.md, Cancel order (TRADE). */
export const cancelOrder: SignedMethod = {
  security: 'TRADE',
  params: ['symbol', 'orderId', 'origClientOrderId', 'newClientOrderId', 'cancelRestrictions'],
  weight: 1,
  effect: 'cancel',
  run: (backend, sent) => {
    const order = namedOrder(backend, sent);
    return carryOutCancel(backend, { order, ...readCancel(backend, sent, 'newClientOrderId') });
  },
};

/**
 * Cancels all open orders of a market.
 *
 * Source: Binance Spot API, rest-api.md, Cancel All Open Orders on a Symbol (TRADE).
 */
export const cancelOpenOrders: SignedMethod = {
  security: 'TRADE',
  params: ['symbol'],
  weight: 1,
  effect: 'cancel',
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { symbol } = requiredMarket(backend, sent);
    const orders = engine.openOrders(account.accountId, symbol);
    if (orders.length === 0) throw rejection('cancel', 'unknown_order');
    return orders.map((order) => cancel(backend, order, backend.makeClientId()));
  },
};
