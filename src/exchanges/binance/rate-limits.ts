import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Int } from '../../core/codecs.js';
import type { RateLimit } from '../../core/contract.js';

/**
 * `{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}`
 *
 * @see Binance Spot API, rest-api.md, "Exchange information"; enums.md, "Rate limiters"
 */
const StatedLimit = t.type({
  rateLimitType: t.string,
  interval: t.string,
  intervalNum: Int,
  limit: Int,
});
type StatedLimit = t.TypeOf<typeof StatedLimit>;

/** The pool that a limit is about, and the length of its interval's unit in ms. */
const pools: ReadonlyMap<string, readonly [pool: string, unit: number]> = new Map([
  ['REQUEST_WEIGHT MINUTE', ['weight', 60_000]],
  ['RAW_REQUESTS MINUTE', ['requests', 60_000]],
  ['ORDERS SECOND', ['orders10s', 1_000]],
  ['ORDERS DAY', ['ordersDay', 86_400_000]],
]);

const poolOf = (stated: StatedLimit): readonly [string, RateLimit][] => {
  const { rateLimitType, interval, intervalNum, limit } = stated;
  const [pool, unit] = pools.get(`${rateLimitType} ${interval}`) ?? [];
  return pool === undefined || unit === undefined || limit < 1 || intervalNum < 1
    ? []
    : [[pool, { limit, interval: intervalNum * unit }]];
};

/** The limits that the exchange states, by pool; what cannot be read states nothing. */
export const statedLimits = (rateLimits: unknown): Readonly<Record<string, RateLimit>> =>
  Object.fromEntries(
    (Array.isArray(rateLimits) ? rateLimits : []).flatMap((limit) => {
      const stated = StatedLimit.decode(limit);
      return isRight(stated) ? poolOf(stated.right) : [];
    }),
  );
