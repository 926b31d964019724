import type { RateLimit } from '../core/contract.js';

/** How much of the limits is ours to use. */
export interface ThrottlePolicy {
  /** Our part of each limit, in (0, 1]; the rest is left to other programs on the same account. */
  readonly share: number;
  /** By what part each interval is stretched: the way to the exchange is not equally long each time. */
  readonly margin: number;
  /** The part of ours, in [0, 1), that queries and market data leave free for orders. */
  readonly reserve: number;
}

/** Units of nearly the same time, which count as if all were of `last`. */
interface Group {
  readonly first: number;
  readonly last: number;
  readonly units: number;
}

/** A pool of units of which each counts for a window of time after it was taken: plain data. */
export interface RatePool {
  readonly limit: number;
  /** What of the exchange's limit is not ours. */
  readonly others: number;
  /** What of ours is kept for orders. */
  readonly reserve: number;
  /** How long a unit counts, in ms. */
  readonly window: number;
  /** What we took, oldest first. */
  readonly taken: readonly Group[];
  /** The sum of `taken`. */
  readonly used: number;
  /** What others had used of ours at some time: of all reports those that no later one exceeds. */
  readonly foreign: readonly Group[];
  readonly pausedUntil: number;
}

/** Bounds the memory of a pool: about this many groups, however many calls it let through. */
const GROUPS_PER_WINDOW = 100;

/** A pool of which nothing was taken yet. */
export const ratePool = (
  { limit: total, interval }: RateLimit,
  { share, margin, reserve }: ThrottlePolicy,
): RatePool => {
  const limit = Math.max(1, Math.floor(total * share));
  return {
    limit,
    others: total - limit,
    reserve: Math.floor(limit * reserve),
    window: Math.ceil(interval * (1 + margin)),
    taken: [],
    used: 0,
    foreign: [],
    pausedUntil: -Infinity,
  };
};

/** What is still in the window. What lies ahead of a clock that was set back is taken to be of now. */
const recent = (groups: readonly Group[], window: number, now: number): readonly Group[] => {
  const newest = groups.at(-1);
  if (newest !== undefined && newest.last > now)
    return groups.map(({ first, last, units }) => ({
      first: Math.min(first, now),
      last: Math.min(last, now),
      units,
    }));
  const oldest = groups[0];
  if (oldest === undefined || oldest.last + window > now) return groups;
  const kept = groups.findIndex((group) => group.last + window > now);
  return groups.slice(kept === -1 ? groups.length : kept);
};

/** Whether a unit of this time joins the group. */
const isNear = (group: Group | undefined, time: number, window: number): group is Group =>
  group !== undefined && time - group.first < window / GROUPS_PER_WINDOW;

/**
 * The pool with another past. Written out: the engine keeps what is spread again and again as a
 * dictionary, and each order would take four times as long here.
 */
const withPast = (
  { limit, others, reserve, window, pausedUntil }: RatePool,
  { taken, used, foreign }: Pick<RatePool, 'taken' | 'used' | 'foreign'>,
): RatePool => ({ limit, others, reserve, window, taken, used, foreign, pausedUntil });

/** The pool at a later time: what has left the window is forgotten. */
export const advance = (pool: RatePool, now: number): RatePool => {
  const taken = recent(pool.taken, pool.window, now);
  const foreign = recent(pool.foreign, pool.window, now);
  if (taken === pool.taken && foreign === pool.foreign) return pool;
  const used = taken === pool.taken ? pool.used : taken.reduce((sum, { units }) => sum + units, 0);
  return withPast(pool, { taken, used, foreign });
};

/** Takes units out of an {@link advance}d pool. */
export const take = (pool: RatePool, units: number, now: number): RatePool => {
  const newest = pool.taken.at(-1);
  const taken = isNear(newest, now, pool.window)
    ? pool.taken.with(-1, { first: newest.first, last: now, units: newest.units + units })
    : [...pool.taken, { first: now, last: now, units }];
  return withPast(pool, { taken, used: pool.used + units, foreign: pool.foreign });
};

/** How much of an {@link advance}d pool is used up, by us and by others. */
export const usedOf = ({ used, foreign }: RatePool): number => used + (foreign[0]?.units ?? 0);

/** From when on an {@link advance}d pool has room for the units, if nobody takes of it before. */
export const roomAt = (pool: RatePool, units: number): number => {
  const { taken, foreign, limit, window, pausedUntil } = pool;
  let excess = usedOf(pool) + units - limit;
  if (excess <= 0) return pausedUntil;
  // Where a report leaves the window, the next one stands: only the difference is free then.
  const reports = foreign.map((report, i) => ({
    last: report.last,
    units: report.units - (foreign[i + 1]?.units ?? 0),
  }));
  const inOrder = [...taken, ...reports].sort((a, b) => a.last - b.last);
  const freeing = inOrder.find((group) => (excess -= group.units) <= 0) ?? inOrder.at(-1);
  return Math.max(pausedUntil, freeing === undefined ? pausedUntil : freeing.last + window);
};

/**
 * Accounts, in an {@link advance}d pool, for what others must have used when the exchange reported
 * its count, for one window from then on: at least what it had counted above all that we took.
 * Our calls that it counted in an earlier window, or had not counted yet, hide as many of theirs, so
 * the largest finding of the last window stands.
 *
 * With a `share`, others are welcome to what is not ours; only what they use beyond it narrows ours.
 */
export const withReport = (pool: RatePool, reported: number, at: number): RatePool => {
  const units = reported - pool.others - pool.used;
  if (units <= 0) return pool;
  const larger = pool.foreign.filter((earlier) => earlier.units > units);
  const newest = larger.at(-1);
  const last = Math.max(at, newest?.last ?? at);
  const foreign = isNear(newest, last, pool.window)
    ? larger.with(-1, { ...newest, last })
    : [...larger, { first: last, last, units }];
  return withPast(pool, { taken: pool.taken, used: pool.used, foreign });
};
