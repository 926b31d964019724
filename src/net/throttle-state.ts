import type { Priority, RateLimit } from '../core/contract.js';
import {
  advance,
  type RatePool,
  ratePool,
  roomAt,
  take,
  type ThrottlePolicy,
  withReport,
} from './rate-pool.js';

/** What a call takes of each pool, and how urgent it is. */
export interface PermitRequest {
  /** Units by the name of the pool. */
  readonly weights: Readonly<Record<string, number>>;
  readonly priority: Priority;
}

/** A call that has not been let through yet; the lower `sequence` came first. */
export interface WaitingCall extends PermitRequest {
  readonly sequence: number;
}

/** What was let through of late, and what is paused: plain data, replaced and never changed. */
export interface ThrottleState {
  readonly pools: ReadonlyMap<string, RatePool>;
  readonly pausedUntil: number;
}

/** Which call may leave now; if none may, when to look again (`Infinity`: no time is known). */
export interface Decision<Call> {
  readonly state: ThrottleState;
  readonly granted: Call | undefined;
  readonly wakeAt: number;
}

/** How many units the exchange says it has counted in its own current window. */
export interface UsageReport {
  readonly pool: string;
  readonly used: number;
  /** By our clock, in ms. */
  readonly at: number;
}

const urgency: Readonly<Record<Priority, number>> = {
  cancel: 0,
  place: 1,
  query: 2,
  market_data: 3,
};

/** A state in which nothing was let through yet. */
export const throttleState = (
  limits: Readonly<Record<string, RateLimit>>,
  policy: ThrottlePolicy,
): ThrottleState => {
  const pools = Object.entries(limits).map(
    ([name, limit]) => [name, ratePool(limit, policy)] as const,
  );
  return { pools: new Map(pools), pausedUntil: -Infinity };
};

const poolOf = (state: ThrottleState, name: string): RatePool => {
  const pool = state.pools.get(name);
  if (pool === undefined) throw new RangeError(`There is no rate limit named ${name}.`);
  return pool;
};

/** From when on a call has room in a pool of which so many units are held for others. */
const roomFor = (pool: RatePool, units: number): number =>
  units <= pool.limit ? roomAt(pool, units) : Infinity;

const withPool = (state: ThrottleState, name: string, pool: RatePool): ThrottleState => ({
  ...state,
  pools: new Map(state.pools).set(name, pool),
});

const advanceAll = (state: ThrottleState, now: number): ThrottleState => ({
  ...state,
  pools: new Map([...state.pools].map(([name, pool]) => [name, advance(pool, now)])),
});

const takeAll = (state: ThrottleState, { weights }: PermitRequest, now: number): ThrottleState => {
  const pools = new Map(state.pools);
  for (const [name, units] of Object.entries(weights))
    pools.set(name, take(poolOf(state, name), units, now));
  return { ...state, pools };
};

/** What of the pool a call must leave free. */
const withheld = (pool: RatePool, priority: Priority): number =>
  priority === 'cancel' || priority === 'place' ? 0 : pool.reserve;

/**
 * Lets at most one of the waiting calls through.
 *
 * The more urgent goes first, and among equals the first to come. A call that waits for a pool keeps
 * that pool from all behind it, lest small calls starve a large one. The other pools stay open to them,
 * but for what it needs there itself: it goes when the last of its pools opens, not after one more round.
 */
export const decide = <Call extends WaitingCall>(
  before: ThrottleState,
  waiting: readonly Call[],
  now: number,
): Decision<Call> => {
  const state = advanceAll(before, now);
  const opensAt = new Map<string, number>();
  const held = new Map<string, number>();
  let wakeAt = Infinity;
  const inOrder = waiting.toSorted(
    (a, b) => urgency[a.priority] - urgency[b.priority] || a.sequence - b.sequence,
  );
  for (const call of inOrder) {
    let readyAt = state.pausedUntil;
    for (const [name, weight] of Object.entries(call.weights)) {
      const pool = poolOf(state, name);
      const others = held.get(name) ?? 0;
      const room = roomFor(pool, weight + withheld(pool, call.priority) + others);
      const opens = Math.max(room, opensAt.get(name) ?? room);
      held.set(name, others + weight);
      opensAt.set(name, opens);
      readyAt = Math.max(readyAt, opens);
    }
    if (readyAt <= now) return { state: takeAll(state, call, now), granted: call, wakeAt: now };
    wakeAt = Math.min(wakeAt, readyAt);
  }
  return { state, granted: undefined, wakeAt };
};

/**
 * The state after a call that leaves at once, where nobody waits; undefined where it has to wait. The
 * same as {@link decide} for one call, without what it takes to compare several: each order passes here.
 */
export const letThrough = (
  state: ThrottleState,
  { weights, priority }: PermitRequest,
  now: number,
): ThrottleState | undefined => {
  if (state.pausedUntil > now) return undefined;
  const pools = new Map(state.pools);
  for (const name of Object.keys(weights)) {
    const weight = weights[name] ?? 0;
    const pool = advance(poolOf(state, name), now);
    const hasRoom = weight >= 0 && roomFor(pool, weight + withheld(pool, priority)) <= now;
    if (!hasRoom) return undefined;
    pools.set(name, take(pool, weight, now));
  }
  return { pools, pausedUntil: state.pausedUntil };
};

/** The name of a pool that can never grant the request, however long it waits; throws for an unknown pool. */
export const impossiblePool = (
  state: ThrottleState,
  { weights, priority }: PermitRequest,
): string | undefined => {
  const isImpossible = (name: string): boolean => {
    const pool = poolOf(state, name);
    const weight = weights[name] ?? 0;
    return !(weight >= 0 && weight + withheld(pool, priority) <= pool.limit);
  };
  return Object.keys(weights).find(isImpossible);
};

/** Grants nothing of the pool (of any, if undefined) before the time; an earlier pause is not shortened. */
export const pause = (
  state: ThrottleState,
  name: string | undefined,
  until: number,
): ThrottleState => {
  if (name === undefined) return { ...state, pausedUntil: Math.max(state.pausedUntil, until) };
  const pool = poolOf(state, name);
  return withPool(state, name, { ...pool, pausedUntil: Math.max(pool.pausedUntil, until) });
};

/** Narrows a pool by what somebody else must have used of it; the same state where nobody did. */
export const correct = (
  state: ThrottleState,
  { pool: name, used, at }: UsageReport,
  now: number,
): ThrottleState => {
  const pool = advance(poolOf(state, name), now);
  const narrowed = withReport(pool, used, at);
  return narrowed === pool ? state : withPool(state, name, narrowed);
};

/** Puts a pool under the limit of another; what was taken of it, and its pause, stay. */
export const relimit = (state: ThrottleState, name: string, to: RatePool): ThrottleState => {
  const { taken, used, foreign, pausedUntil } = poolOf(state, name);
  return withPool(state, name, { ...to, taken, used, foreign, pausedUntil });
};
