import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, Int } from '../../core/codecs.js';
import type { Endpoint } from '../../core/contract.js';
import { Decimal, ZERO } from '../../core/decimal.js';
import {
  selfTradePreventions,
  type OrderType,
  type SelfTradePrevention,
} from '../../core/order.js';
import { tradingPair } from '../../core/trading-pair.js';
import type { MarketOrderLimits, TradingRule } from '../../core/trading-rule.js';
import { selfTradeWords } from './orders.js';

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
    maxNotional: DecimalFromString,
    applyToMarket: t.boolean,
    applyMinToMarket: t.boolean,
    applyMaxToMarket: t.boolean,
    maxNumOrders: Int,
  }),
]);
type Filter = t.TypeOf<typeof Filter>;

const MarketInformation = t.intersection(
  [
    t.type({
      symbol: t.string,
      status: t.string,
      baseAsset: t.string,
      quoteAsset: t.string,
      orderTypes: t.array(t.string),
      filters: t.array(Filter),
    }),
    t.partial({
      quoteAssetPrecision: Int,
      quoteOrderQtyMarketAllowed: t.boolean,
      allowedSelfTradePreventionModes: t.array(t.string),
    }),
  ],
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

const selfTradeModes: ReadonlyMap<string, SelfTradePrevention> = new Map(
  selfTradePreventions.map((mode) => [selfTradeWords[mode], mode]),
);

const filterOf = (market: MarketInformation, ...types: readonly string[]): Partial<Filter> =>
  market.filters.find(({ filterType }) => types.includes(filterType)) ?? {};

/** The decimals of an amount in quote units where a market does not tell. */
const USUAL_PRECISION = 8;

/**
 * Market orders keep both lot sizes, of which MARKET_LOT_SIZE may leave the step to the other; `NOTIONAL`
 * and the older `MIN_NOTIONAL` say whether they hold for them.
 */
const marketLimits = (market: MarketInformation): MarketOrderLimits => {
  const lot = filterOf(market, 'LOT_SIZE');
  const own = filterOf(market, 'MARKET_LOT_SIZE');
  const notional = filterOf(market, 'NOTIONAL', 'MIN_NOTIONAL');
  const hasMinimum = notional.applyMinToMarket ?? notional.applyToMarket ?? true;
  const hasMaximum = notional.applyMaxToMarket ?? false;
  return {
    minAmount: Decimal.max(lot.minQty ?? ZERO, own.minQty ?? ZERO),
    maxAmount: Decimal.min(upperBound(lot.maxQty), upperBound(own.maxQty)),
    amountStep: Decimal.max(lot.stepSize ?? ZERO, own.stepSize ?? ZERO),
    minNotional: (hasMinimum ? notional.minNotional : undefined) ?? ZERO,
    maxNotional: upperBound(hasMaximum ? notional.maxNotional : undefined),
    byQuoteAmount: market.quoteOrderQtyMarketAllowed ?? false,
    quoteAmountStep: new Decimal(1).shiftedBy(-(market.quoteAssetPrecision ?? USUAL_PRECISION)),
  };
};

const tradingRule = (market: MarketInformation): TradingRule => {
  const price = filterOf(market, 'PRICE_FILTER');
  const lot = filterOf(market, 'LOT_SIZE');
  const notional = filterOf(market, 'NOTIONAL', 'MIN_NOTIONAL');
  const { maxNumOrders: maxOpenOrders } = filterOf(market, 'MAX_NUM_ORDERS');
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
    minNotional: notional.minNotional ?? ZERO,
    maxNotional: upperBound(notional.maxNotional),
    market: marketLimits(market),
    selfTradePrevention: (market.allowedSelfTradePreventionModes ?? []).flatMap(
      (mode) => selfTradeModes.get(mode) ?? [],
    ),
    ...(maxOpenOrders === undefined ? {} : { maxOpenOrders }),
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
