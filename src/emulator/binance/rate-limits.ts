import { ApiError } from './api-error.js';
import { createIntervalCount, type IntervalCount } from './interval-count.js';

/** A limit as `GET /api/v3/exchangeInfo` tells it. */
export interface LimitRule {
  readonly rateLimitType: 'REQUEST_WEIGHT' | 'RAW_REQUESTS' | 'ORDERS';
  readonly interval: 'SECOND' | 'MINUTE' | 'DAY';
  readonly intervalNum: number;
  readonly limit: number;
}

/** A limit and what is used of it in the current interval. */
export interface LimitUsage extends LimitRule {
  readonly count: number;
}

/** Binance's limits. Source: Binance Spot API, rest-api.md, Exchange information and Rate limiters; CHANGELOG.md of 2026-04-02. */
export const defaultLimits: readonly LimitRule[] = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 50 },
  { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 160_000 },
  { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 300_000 },
];

/** The code of a refusal because of the order count. */
export const TOO_MANY_ORDERS = -1015;

const lengths = { SECOND: 1000, MINUTE: 60_000, DAY: 86_400_000 } as const;

/** How much something counts: the same in all intervals, or by interval, one where nothing is said. */
export type LimitCost = number | Readonly<Partial<Record<LimitRule['interval'], number>>>;

const costIn = ({ interval }: LimitRule, cost: LimitCost): number =>
  typeof cost === 'number' ? cost : (cost[interval] ?? 1);

/** What is used of the limits. */
export interface RateLimits {
  readonly usage: (type: LimitRule['rateLimitType']) => readonly LimitUsage[];
  /** Throws the refusal of a request that would go over a limit. */
  readonly check: (type: LimitRule['rateLimitType'], cost: LimitCost) => void;
  /** Counts; a negative cost gives back, though never below zero. */
  readonly count: (type: LimitRule['rateLimitType'], cost: LimitCost) => void;
}

const excess = (rule: LimitRule, retryAt: number): ApiError => {
  const per = `per ${rule.intervalNum} ${rule.interval}`;
  switch (rule.rateLimitType) {
    case 'ORDERS':
      return new ApiError(
        429,
        TOO_MANY_ORDERS,
        `Too many new orders; current limit is ${rule.limit} orders ${per}.`,
        retryAt,
      );
    case 'RAW_REQUESTS':
      return new ApiError(429, -1003, 'Too many requests queued.', retryAt);
    case 'REQUEST_WEIGHT':
      return new ApiError(
        429,
        -1003,
        `Too much request weight used; current limit is ${rule.limit} request weight ${per}. ` +
          'Please use WebSocket Streams for live updates to avoid polling the API.',
        retryAt,
      );
  }
};

interface Counter {
  readonly rule: LimitRule;
  readonly count: IntervalCount;
}

/**
 * Counters over intervals that follow the clock: a minute's count is zero again when the next
 * minute begins.
 *
 * Source: Binance Spot API, web-socket-api.md, How to interpret rate limits.
 */
export const createRateLimits = (rules: readonly LimitRule[], now: () => number): RateLimits => {
  const counters = rules.map((rule): Counter => {
    const length = lengths[rule.interval] * rule.intervalNum;
    return { rule, count: createIntervalCount(length, now) };
  });
  const of = (type: LimitRule['rateLimitType']): readonly Counter[] =>
    counters.filter(({ rule }) => rule.rateLimitType === type);
  return {
    usage: (type) => of(type).map(({ rule, count }) => ({ ...rule, count: count.used() })),
    check: (type, cost) => {
      const full = of(type).find(
        ({ rule, count }) => count.used() + costIn(rule, cost) > rule.limit,
      );
      if (full) throw excess(full.rule, full.count.endsAt());
    },
    count: (type, cost) => {
      for (const { rule, count } of of(type)) count.add(costIn(rule, cost));
    },
  };
};
