import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { Filters, limitsBy } from './filters.js';

/** What spot and futures both say of a market. */
const Market = kit.message('Market', {
  texts: { symbol: 'symbol', status: 'status', base: 'baseAsset', quote: 'quoteAsset' },
  lists: {
    orderTypes: ['orderTypes', kit.Text],
    filters: ['filters', t.type({ filterType: kit.Text })],
  },
});
type Market = kit.Told<typeof Market>;

/** @see Binance Spot API, rest-api.md, "Exchange information"; USDⓈ-M Futures API, "Exchange Information" */
const ExchangeInformation = kit.message('ExchangeInformation', {
  lists: { markets: ['symbols', t.unknown] },
  optional: { codecs: { limits: ['rateLimits', t.unknown] } },
});

/**
 * `{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}`
 *
 * @see Binance Spot API, enums.md, "Rate limiters"
 */
const StatedLimit = kit.message('StatedLimit', {
  texts: { type: 'rateLimitType', unit: 'interval' },
  ints: { count: 'intervalNum', limit: 'limit' },
});

const units: Readonly<Record<string, number>> = { SECOND: 1_000, MINUTE: 60_000, DAY: 86_400_000 };

/** Pools by what the exchange calls their kind and their interval's unit, as `ORDERS SECOND`. */
type StatedPools = Readonly<Record<string, string>>;

const statedLimits = (limits: unknown, pools: StatedPools): kit.ExchangeRules['limits'] =>
  Object.fromEntries(
    kit.readable(StatedLimit, limits).flatMap(({ type, unit, count, limit }) => {
      const pool = pools[`${type} ${unit}`];
      const interval = count * (units[unit] ?? NaN);
      return pool !== undefined && limit > 0 && interval > 0 ? [[pool, { limit, interval }]] : [];
    }),
  );

const filtersOf = ({ filters }: Market): t.Validation<Filters> =>
  Filters.decode(Object.fromEntries(filters.map((filter) => [filter.filterType, filter])));

/** What follows from what is the same of spot and of futures. */
const commonRule = ({ symbol, base, quote }: Market, filters: Filters) => ({
  pair: kit.tradingPair(base, quote),
  symbol,
  base,
  quote,
  ...limitsBy(filters),
});

/**
 * The markets of an exchange and what they accept.
 *
 * @param own - What one kind of market says besides.
 * @param rule - The rule of a market; none where it is no market of this kind.
 */
export const rulesBy = <Own>(
  call: kit.Call,
  pools: StatedPools,
  own: t.Type<Own, unknown>,
  rule: (market: Market & Own, common: ReturnType<typeof commonRule>) => readonly kit.TradingRule[],
): kit.Exchange['rules'] => {
  const readMarket = kit.understanding<Market & Own, unknown, readonly kit.TradingRule[]>(
    t.intersection([Market, own]),
    (market) =>
      map((filters: Filters) => rule(market, commonRule(market, filters)))(filtersOf(market)),
  );
  return {
    ...call,
    decode: kit.understanding(ExchangeInformation, ({ markets, limits }) =>
      kit.readMarkets(markets, 'symbol', readMarket, statedLimits(limits, pools)),
    ),
  };
};
