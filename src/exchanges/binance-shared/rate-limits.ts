import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { ints, texts } from '../../core/codecs.js';
import type { Exchange, RateLimit } from '../../core/contract.js';

/**
 * `{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}`
 *
 * @see Binance Spot API, rest-api.md, "Exchange information"; enums.md, "Rate limiters"
 */
const StatedLimit = t.type({
  ...texts('rateLimitType', 'interval'),
  ...ints('intervalNum', 'limit'),
});
type StatedLimit = t.TypeOf<typeof StatedLimit>;

/** Pools by what the exchange calls their kind and their interval's unit, as `ORDERS SECOND`. */
export type StatedPools = Readonly<Record<string, string>>;

const units: Readonly<Record<string, number>> = { SECOND: 1_000, MINUTE: 60_000, DAY: 86_400_000 };

const poolOf = (pools: StatedPools, stated: StatedLimit): readonly [string, RateLimit][] => {
  const { rateLimitType, interval, intervalNum, limit } = stated;
  const pool = pools[`${rateLimitType} ${interval}`];
  const unit = units[interval];
  return pool === undefined || unit === undefined || limit < 1 || intervalNum < 1
    ? []
    : [[pool, { limit, interval: intervalNum * unit }]];
};

/** The limits that the exchange states, by pool; what cannot be read states nothing. */
export const statedLimits = (
  rateLimits: unknown,
  pools: StatedPools,
): Readonly<Record<string, RateLimit>> =>
  Object.fromEntries(
    (Array.isArray(rateLimits) ? rateLimits : []).flatMap((limit) => {
      const stated = StatedLimit.decode(limit);
      return isRight(stated) ? poolOf(pools, stated.right) : [];
    }),
  );

/**
 * Reads what was used from headers.
 *
 * @param pools - By header, in lower case.
 * @see Binance Spot API, rest-api.md, "IP Limits", "Unfilled Order Count"
 */
export const usageBy =
  (pools: Readonly<Record<string, string>>): Exchange['usage'] =>
  (headers) =>
    Object.fromEntries(
      Object.entries(pools).flatMap(([header, pool]) => {
        const used = headers[header] ?? '';
        return /^\d+$/.test(used) ? [[pool, Number(used)]] : [];
      }),
    );
