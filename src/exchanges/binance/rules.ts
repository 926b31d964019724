import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString } from '../../core/codecs.js';
import type { Endpoint } from '../../core/contract.js';
import { Decimal, ZERO } from '../../core/decimal.js';
import type { OrderType } from '../../core/order.js';
import { tradingPair } from '../../core/trading-pair.js';
import type { TradingRule } from '../../core/trading-rule.js';

const Filter = t.intersection([
  t.type({ filterType: t.string }),
  t.partial({
    minPrice: DecimalFromString,
    maxPrice: DecimalFromString,
    tickSize: DecimalFromString,
    minQty: DecimalFromString,
    maxQty: DecimalFromString,
    stepSize: DecimalFromString,
    minNotional: DecimalFromString,
  }),
]);
type Filter = t.TypeOf<typeof Filter>;

const MarketInformation = t.type(
  {
    symbol: t.string,
    status: t.string,
    baseAsset: t.string,
    quoteAsset: t.string,
    orderTypes: t.array(t.string),
    filters: t.array(Filter),
  },
  'MarketInformation',
);
type MarketInformation = t.TypeOf<typeof MarketInformation>;

/**
 * The markets of the exchange and what each accepts.
 *
 * @see Binance Spot API, rest-api.md, "Exchange information"; filters.md
 */
export const ExchangeInformation = t.type(
  { symbols: t.array(MarketInformation) },
  'ExchangeInformation',
);

const orderTypes: ReadonlyMap<string, OrderType> = new Map([
  ['LIMIT', 'limit'],
  ['LIMIT_MAKER', 'limit_maker'],
  ['MARKET', 'market'],
]);

/** A bound of zero means that the exchange does not check it. */
const upperBound = (bound: Decimal | undefined): Decimal =>
  bound === undefined || bound.isZero() ? new Decimal(Infinity) : bound;

const tradingRule = (market: MarketInformation): TradingRule => {
  const filter = (...types: readonly string[]): Partial<Filter> =>
    market.filters.find(({ filterType }) => types.includes(filterType)) ?? {};
  const price = filter('PRICE_FILTER');
  const lot = filter('LOT_SIZE');
  return {
    pair: tradingPair(market.baseAsset, market.quoteAsset),
    symbol: market.symbol,
    base: market.baseAsset,
    quote: market.quoteAsset,
    tradable: market.status === 'TRADING',
    orderTypes: market.orderTypes.flatMap((type) => orderTypes.get(type) ?? []),
    minPrice: price.minPrice ?? ZERO,
    maxPrice: upperBound(price.maxPrice),
    priceStep: price.tickSize ?? ZERO,
    minAmount: lot.minQty ?? ZERO,
    maxAmount: upperBound(lot.maxQty),
    amountStep: lot.stepSize ?? ZERO,
    minNotional: filter('NOTIONAL', 'MIN_NOTIONAL').minNotional ?? ZERO,
  };
};

/** `GET /api/v3/exchangeInfo` */
export const rules: Endpoint<void, readonly TradingRule[]> = {
  method: 'GET',
  path: '/api/v3/exchangeInfo',
  signed: false,
  priority: 'query',
  weights: { weight: 20, requests: 1 },
  params: () => ({}),
  decode: (body) =>
    map(({ symbols }: t.TypeOf<typeof ExchangeInformation>) => symbols.map(tradingRule))(
      ExchangeInformation.decode(body),
    ),
};
