import type { EngineOrder } from '../engine/model.js';
import { refusal } from './api-error.js';
import type { AccountBackend } from './backend.js';
import { requiredMarket } from './markets.js';
import { optional, type Sent } from './params.js';
import { clientId, integer } from './readers.js';

/** The parameters that name an order. */
export interface OrderNames {
  readonly id: string;
  readonly clientId: string;
}

const usualNames: OrderNames = { id: 'orderId', clientId: 'origClientOrderId' };

/** The account's order that a request names; undefined where there is none. */
export const namedOrder = (
  backend: AccountBackend,
  sent: Sent,
  names: OrderNames = usualNames,
): EngineOrder | undefined => {
  const { engine, account } = backend;
  const { symbol } = requiredMarket(backend, sent);
  const orderId = optional(sent, names.id, integer);
  const clientOrderId = optional(sent, names.clientId, clientId);
  if (orderId === undefined) {
    if (clientOrderId !== undefined) {
      return engine.order(account.accountId, symbol, { clientOrderId });
    }
    throw refusal(
      -1102,
      `Param '${names.clientId}' or '${names.id}' must be sent, but both were empty/null!`,
    );
  }
  const order = engine.order(account.accountId, symbol, { orderId });
  if (order && clientOrderId !== undefined && clientOrderId !== order.clientOrderId) {
    throw refusal(-2039, 'Client order ID is not correct for this order ID.');
  }
  return order;
};
