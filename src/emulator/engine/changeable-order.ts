import { statusOf } from './listing.js';
import { EngineRejection, type EngineOrder } from './model.js';
import type { EngineState } from './state.js';

const openOrder = ({ historyOf }: EngineState, accountId: string, orderId: number): EngineOrder => {
  const order = historyOf(accountId).openOrder(orderId);
  if (!order) throw new EngineRejection('unknown_order');
  return order;
};

/** An order that can be canceled now; throws `EngineRejection` where there is none. */
export const cancelableOrder = (
  state: EngineState,
  accountId: string,
  orderId: number,
): EngineOrder => {
  const order = openOrder(state, accountId, orderId);
  const status = statusOf(state.marketOf(order.symbol).listing);
  if (status === 'trading' || status === 'cancel_only') return order;
  throw new EngineRejection('market_closed');
};

/** An order that can be changed now; throws `EngineRejection` where there is none. */
export const amendableOrder = (
  state: EngineState,
  accountId: string,
  orderId: number,
): EngineOrder => {
  const order = openOrder(state, accountId, orderId);
  if (statusOf(state.marketOf(order.symbol).listing) === 'trading') return order;
  throw new EngineRejection('market_closed');
};
