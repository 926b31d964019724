import { separate } from 'fp-ts/lib/Array.js';
import { chain, left, map, mapLeft, right, type Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeError, texts } from '../../core/codecs.js';
import type { Endpoint, ExchangeRules } from '../../core/contract.js';
import { tradingPair } from '../../core/trading-pair.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { question, type Terms } from './calls.js';
import { Filters, limitsBy } from './filters.js';
import { statedLimits, type StatedPools } from './rate-limits.js';

/**
 * What spot and futures both say of a market.
 *
 * @see Binance Spot API, rest-api.md, "Exchange information"; USDⓈ-M Futures API, "Exchange Information"
 */
const Market = t.type({
  ...texts('symbol', 'status', 'baseAsset', 'quoteAsset'),
  orderTypes: t.array(t.string),
  filters: t.array(t.type({ filterType: t.string })),
});
type Market = t.TypeOf<typeof Market>;

/** Each market is read by itself: one that cannot be read says nothing of the others. */
const ExchangeInformation = t.intersection(
  [t.type({ symbols: t.array(t.unknown) }), t.partial({ rateLimits: t.unknown })],
  'ExchangeInformation',
);

/** What is read of each market, and of the limits. */
export interface RulesTerms<Own> extends Terms {
  readonly pools: StatedPools;
  /** What one kind of market says besides. */
  readonly own: t.Type<Own, unknown>;
  /** The rule of a market; none where it is no market of this kind. */
  readonly rule: (market: Market & Own, common: CommonRule) => readonly TradingRule[];
}

/** What follows from what is the same of spot and of futures. */
export type CommonRule = ReturnType<typeof commonRule>;

const commonRule = ({ symbol, baseAsset, quoteAsset }: Market, filters: Filters) => ({
  pair: tradingPair(baseAsset, quoteAsset),
  symbol,
  base: baseAsset,
  quote: quoteAsset,
  ...limitsBy(filters),
});

const byType = ({ filters }: Market): unknown =>
  Object.fromEntries(filters.map((filter) => [filter.filterType, filter]));

/** A market that cannot be read: its name, and why. */
interface Unreadable {
  readonly name: string;
  readonly errors: t.Errors;
}

const nameOf = (market: unknown): string =>
  t.type({ symbol: t.string }).is(market) ? `Market ${market.symbol}` : 'A market without a symbol';

/** The markets of an exchange and what they accept. */
export const rulesBy = <Own>({
  pools,
  own,
  rule,
  ...terms
}: RulesTerms<Own>): Endpoint<void, ExchangeRules> => {
  const Known = t.intersection([Market, own], 'MarketInformation');
  const readMarket = (market: unknown): Either<Unreadable, readonly TradingRule[]> =>
    mapLeft((errors: t.Errors) => ({ name: nameOf(market), errors }))(
      chain((known: Market & Own) =>
        map((filters: Filters) => rule(known, commonRule(known, filters)))(
          Filters.decode(byType(known)),
        ),
      )(Known.decode(market)),
    );
  /** Where not one of many markets can be read, the answer is none of the documented kind. */
  const told = (information: t.TypeOf<typeof ExchangeInformation>): t.Validation<ExchangeRules> => {
    const { left: unreadable, right: read } = separate(information.symbols.map(readMarket));
    const [first] = unreadable;
    if (first !== undefined && read.length === 0) return left(first.errors);
    return right({
      rules: read.flat(),
      problems: unreadable.map(({ name, errors }) => decodeError(name, errors)),
      limits: statedLimits(information.rateLimits, pools),
    });
  };
  return { ...question, ...terms, decode: (body) => chain(told)(ExchangeInformation.decode(body)) };
};
