import type { Demand, Taker } from './matching.js';
import type { EngineOrder, Listing } from './model.js';
import { restOf } from './order-state.js';

const demandOf = (order: EngineOrder, { amountStep }: Listing): Demand =>
  order.quoteAmount.isZero()
    ? { amount: restOf(order) }
    : { quoteAmount: order.quoteAmount, amountStep };

const rangeOf = (
  { side }: EngineOrder,
  { referencePrice, priceRange }: Listing,
): Taker['range'] => {
  const { down, up } = priceRange?.[side] ?? {};
  if (!referencePrice) return {};
  return {
    ...(down ? { min: referencePrice.multipliedBy(down) } : {}),
    ...(up ? { max: referencePrice.multipliedBy(up) } : {}),
  };
};

/** What the order wants of the book. */
export const takerOf = (order: EngineOrder, listing: Listing): Taker => ({
  accountId: order.accountId,
  side: order.side,
  limit: order.type === 'market' ? undefined : order.price,
  range: rangeOf(order, listing),
  demand: demandOf(order, listing),
  selfTrade: order.selfTrade,
});
