import { Batch } from './batch.js';
import type { EngineOrder } from './model.js';
import { canceledOrder, expiredOrder, restOf } from './order-state.js';
import type { EngineState } from './state.js';

/** By what an order that rests ends: somebody's request, or the exchange itself. */
type End =
  | { readonly execution: 'canceled'; readonly cancelId: string }
  | { readonly execution: 'expired'; readonly cancelId?: undefined };

/** Takes an order out of its book. */
export const endOrder = (
  state: EngineState,
  order: EngineOrder,
  { execution, cancelId }: End,
): EngineOrder => {
  const { settlement, historyOf, publisher } = state;
  const market = state.marketOf(order.symbol);
  const batch = new Batch(market, state.now());
  const rest = restOf(order);
  const ended =
    execution === 'canceled'
      ? canceledOrder(order, batch.time)
      : expiredOrder(order, undefined, batch.time);
  settlement.release(market.listing, order, rest);
  historyOf(order.accountId).save(ended);
  batch.addOrder(execution, ended, cancelId === undefined ? {} : { cancelId });
  batch.addLevel(market.book.take(order.orderId, rest));
  publisher.publish(batch.close(settlement));
  return ended;
};
