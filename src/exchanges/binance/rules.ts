import { separate } from 'fp-ts/lib/Array.js';
import { chain, left, map, mapLeft, right, type Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeError, Int } from '../../core/codecs.js';
import type { Endpoint, ExchangeRules } from '../../core/contract.js';
import { Decimal, ZERO } from '../../core/decimal.js';
import {
  selfTradePreventions,
  type OrderType,
  type SelfTradePrevention,
} from '../../core/order.js';
import { tradingPair } from '../../core/trading-pair.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { byType, Filters, marketLimits, orderLimits, upperBound } from './filters.js';
import { selfTradeWords } from './orders.js';
import { statedLimits } from './rate-limits.js';

/**
 * One market and what it accepts.
 *
 * @see Binance Spot API, rest-api.md, "Exchange information"; filters.md
 */
const MarketInformation = t.intersection(
  [
    t.type({
      symbol: t.string,
      status: t.string,
      baseAsset: t.string,
      quoteAsset: t.string,
      orderTypes: t.array(t.string),
      filters: t.array(t.type({ filterType: t.string })),
    }),
    t.partial({
      isSpotTradingAllowed: t.boolean,
      permissionSets: t.array(t.array(t.string)),
      quoteAssetPrecision: Int,
      quoteOrderQtyMarketAllowed: t.boolean,
      allowedSelfTradePreventionModes: t.array(t.string),
    }),
  ],
  'MarketInformation',
);
type MarketInformation = t.TypeOf<typeof MarketInformation>;

/** Each market is read by itself: one that cannot be read says nothing of the others. */
const ExchangeInformation = t.intersection(
  [t.type({ symbols: t.array(t.unknown) }), t.partial({ rateLimits: t.unknown })],
  'ExchangeInformation',
);
type ExchangeInformation = t.TypeOf<typeof ExchangeInformation>;

const orderTypes: ReadonlyMap<string, OrderType> = new Map([
  ['LIMIT', 'limit'],
  ['LIMIT_MAKER', 'limit_maker'],
  ['MARKET', 'market'],
]);

const selfTradeModes: ReadonlyMap<string, SelfTradePrevention> = new Map(
  selfTradePreventions.map((mode) => [selfTradeWords[mode], mode]),
);

/** The decimals of an amount in quote units where a market does not tell. */
const USUAL_PRECISION = 8;

/** An account needs one permission of each set; SPOT is the one that every account has. */
const isTradable = (market: MarketInformation): boolean => {
  const { status, isSpotTradingAllowed = true, permissionSets = [] } = market;
  return (
    status === 'TRADING' &&
    isSpotTradingAllowed &&
    permissionSets.every((permissions) => permissions.includes('SPOT'))
  );
};

const tradingRule = (market: MarketInformation, filters: Filters): TradingRule => {
  const { PRICE_FILTER: price = {}, MAX_NUM_ORDERS: { maxNumOrders: maxOpenOrders } = {} } =
    filters;
  const { quoteAssetPrecision = USUAL_PRECISION, quoteOrderQtyMarketAllowed = false } = market;
  return {
    pair: tradingPair(market.baseAsset, market.quoteAsset),
    symbol: market.symbol,
    base: market.baseAsset,
    quote: market.quoteAsset,
    tradable: isTradable(market),
    orderTypes: market.orderTypes.flatMap((type) => orderTypes.get(type) ?? []),
    minPrice: price.minPrice ?? ZERO,
    maxPrice: upperBound(price.maxPrice),
    priceStep: price.tickSize ?? ZERO,
    ...orderLimits(filters),
    market: {
      ...marketLimits(filters),
      byQuoteAmount: quoteOrderQtyMarketAllowed,
      quoteAmountStep: new Decimal(1).shiftedBy(-quoteAssetPrecision),
    },
    selfTradePrevention: (market.allowedSelfTradePreventionModes ?? []).flatMap(
      (mode) => selfTradeModes.get(mode) ?? [],
    ),
    ...(maxOpenOrders === undefined ? {} : { maxOpenOrders }),
  };
};

/** A market that cannot be read: its name, and why. */
interface Unreadable {
  readonly name: string;
  readonly errors: t.Errors;
}

const nameOf = (market: unknown): string =>
  t.type({ symbol: t.string }).is(market) ? `Market ${market.symbol}` : 'A market without a symbol';

const readMarket = (market: unknown): Either<Unreadable, TradingRule> => {
  const rule = chain((known: MarketInformation) =>
    map((filters: Filters) => tradingRule(known, filters))(Filters.decode(byType(known.filters))),
  )(MarketInformation.decode(market));
  return mapLeft((errors: t.Errors) => ({ name: nameOf(market), errors }))(rule);
};

/** Where not one of many markets can be read, the answer is none of the documented kind. */
const exchangeRules = (information: ExchangeInformation): t.Validation<ExchangeRules> => {
  const { left: unreadable, right: rules } = separate(information.symbols.map(readMarket));
  const [first] = unreadable;
  if (first !== undefined && rules.length === 0) return left(first.errors);
  return right({
    rules,
    problems: unreadable.map(({ name, errors }) => decodeError(name, errors)),
    limits: statedLimits(information.rateLimits),
  });
};

/** `GET /api/v3/exchangeInfo` */
export const rules: Endpoint<void, ExchangeRules> = {
  method: 'GET',
  path: '/api/v3/exchangeInfo',
  signed: false,
  priority: 'query',
  weights: { weight: 20, requests: 1 },
  params: () => ({}),
  decode: (body) => chain(exchangeRules)(ExchangeInformation.decode(body)),
};
