import type { Engine, EngineEvent } from '../engine/model.js';
import { createRateLimits, type LimitRule, type RateLimits } from './rate-limits.js';

/** What the first fill of an order gives back to the order count. Source: faqs/order_count_decrement.md. */
const GIVEN_BACK = { maker: 5, taker: 1 } as const;

type OrderEvent = Extract<EngineEvent, { readonly type: 'order' }>;

const changeBy = ({ execution, order, trade }: OrderEvent): number => {
  if (execution === 'new') return 1;
  if (!trade?.amount.eq(order.executedAmount)) return 0;
  return -(trade.isMaker ? GIVEN_BACK.maker : GIVEN_BACK.taker);
};

/** What an account's orders are counted by. */
export interface OrderCountOptions {
  readonly rules: readonly LimitRule[];
  readonly now: () => number;
  readonly orderCounting: OrderCounting;
}

/**
 * What is counted: orders that are placed until they are filled, by what the engine tells, or calls, by
 * the methods themselves.
 */
export type OrderCounting = 'unfilled' | 'calls';

/** Counts an account's orders. Source: Binance Spot API, rest-api.md, Unfilled Order Count. */
export const createOrderCount = (
  engine: Engine,
  accountId: string,
  { rules, now, orderCounting }: OrderCountOptions,
): RateLimits => {
  const own = rules.filter(({ rateLimitType }) => rateLimitType === 'ORDERS');
  const limits = createRateLimits(own, now);
  if (orderCounting === 'calls') return limits;
  engine.listen((events) => {
    for (const event of events) {
      if (event.type !== 'order' || event.order.accountId !== accountId) continue;
      limits.count('ORDERS', changeBy(event));
    }
  });
  return limits;
};
