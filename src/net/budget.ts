import { advance, type RatePool, usedOf } from './rate-pool.js';
import type { ThrottleState } from './throttle-state.js';

/** What one pool grants. */
export interface PoolBudget {
  /** How many units are ours in any window of the pool. */
  readonly limit: number;
  /** How many of them are used up now, by us or, as the exchange reports, by others. */
  readonly used: number;
  readonly free: number;
  /** Until when the pool grants nothing, in ms by the scheduler's clock, where it is paused. */
  readonly pausedUntil?: number;
}

/** What each pool grants, by its name. */
export type Budget = Readonly<Record<string, PoolBudget>>;

const poolBudget = (pool: RatePool, allPausedUntil: number, now: number): PoolBudget => {
  const used = usedOf(pool);
  const pausedUntil = Math.max(pool.pausedUntil, allPausedUntil);
  return {
    limit: pool.limit,
    used,
    free: Math.max(0, pool.limit - used),
    ...(pausedUntil > now ? { pausedUntil } : {}),
  };
};

/** What each pool grants at this time. */
export const budgetOf = (state: ThrottleState, now: number): Budget =>
  Object.fromEntries(
    [...state.pools].map(([name, pool]) => [
      name,
      poolBudget(advance(pool, now), state.pausedUntil, now),
    ]),
  );

const samePool = (a: PoolBudget, b: PoolBudget | undefined): boolean =>
  a.limit === b?.limit && a.used === b.used && a.pausedUntil === b.pausedUntil;

/** Whether two budgets of the same pools grant the same. */
export const sameBudget = (a: Budget, b: Budget): boolean =>
  Object.entries(a).every(([name, pool]) => samePool(pool, b[name]));
