import { Decimal, ZERO } from '../../../core/decimal.js';
import type { PerpetualTerms } from './model.js';
import { roundMoney } from './position.js';

/** What the prices and rates of perpetuals are made from. */
export interface PricesOptions {
  readonly now: () => number;
  /** Index prices to begin with, by symbol. */
  readonly indexPrices: ReadonlyMap<string, Decimal>;
  /** Time between two fundings, in ms; the first one is at a multiple of it since the epoch. */
  readonly fundingInterval: number;
}

/** The prices and rates of perpetuals. */
export interface Prices {
  readonly terms: (symbol: string) => PerpetualTerms;
  readonly mark: (symbol: string) => Decimal;
  readonly setIndex: (symbol: string, price: Decimal) => void;
  readonly setMark: (symbol: string, price: Decimal | undefined) => void;
  readonly setRate: (symbol: string, rate: Decimal | undefined) => void;
}

/** What is paid where mark and index price agree. Source: Binance Futures FAQ, funding rates: 0.01 % each 8 h. */
const INTEREST_RATE: Decimal = new Decimal('0.0001');

/** How far the interest may move the rate. Source: the same. */
const CLAMP = new Decimal('0.0005');

/**
 * Premium and clamped interest, as on Binance, but for the premium of this moment: the exchange takes its
 * average over the interval.
 */
const rateOf = (mark: Decimal, index: Decimal): Decimal => {
  const premium = mark.minus(index).dividedBy(index);
  const interest = Decimal.min(CLAMP, Decimal.max(CLAMP.negated(), INTEREST_RATE.minus(premium)));
  return roundMoney(premium.plus(interest));
};

/** Mark prices that are index prices, and rates that follow from them. */
export const createPrices = ({ now, indexPrices, fundingInterval }: PricesOptions): Prices => {
  const indices = new Map(indexPrices);
  const marks = new Map<string, Decimal>();
  const rates = new Map<string, Decimal>();
  const index = (symbol: string): Decimal => indices.get(symbol) ?? ZERO;
  const mark = (symbol: string): Decimal => marks.get(symbol) ?? index(symbol);

  const set = (values: Map<string, Decimal>, symbol: string, value: Decimal | undefined): void => {
    if (value === undefined) values.delete(symbol);
    else values.set(symbol, value);
  };
  return {
    mark,
    terms: (symbol) => {
      const indexPrice = index(symbol);
      const markPrice = mark(symbol);
      return {
        indexPrice,
        markPrice,
        fundingRate:
          rates.get(symbol) ?? (indexPrice.isZero() ? ZERO : rateOf(markPrice, indexPrice)),
        interestRate: INTEREST_RATE,
        nextFundingTime: (Math.floor(now() / fundingInterval) + 1) * fundingInterval,
      };
    },
    setIndex: (symbol, price) => indices.set(symbol, price),
    setMark: (symbol, price) => set(marks, symbol, price),
    setRate: (symbol, rate) => set(rates, symbol, rate),
  };
};
