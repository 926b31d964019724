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
  /** Whether fills give back. */
  readonly givesBack: boolean;
}

/** Counts an account's unfilled orders. Source: Binance Spot API, rest-api.md, Unfilled Order Count. */
export const createOrderCount = (
  engine: Engine,
  accountId: string,
  { rules, now, givesBack }: OrderCountOptions,
): RateLimits => {
  const own = rules.filter(({ rateLimitType }) => rateLimitType === 'ORDERS');
  const limits = createRateLimits(own, now);
  engine.listen((events) => {
    for (const event of events) {
      if (event.type !== 'order' || event.order.accountId !== accountId) continue;
      const change = changeBy(event);
      if (change > 0 || givesBack) limits.count('ORDERS', change);
    }
  });
  return limits;
};
