import { ZERO, type Decimal } from '../../core/decimal.js';
import type { TapeTrade } from './tape.js';

/** What a run of trades comes to. */
export interface TradeSummary {
  readonly first: TapeTrade;
  readonly last: TapeTrade;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly amount: Decimal;
  readonly value: Decimal;
  /** What takers bought of it. */
  readonly bought: Decimal;
  readonly boughtValue: Decimal;
  readonly count: number;
}

const beginning = (first: TapeTrade): TradeSummary => ({
  first,
  last: first,
  high: first.price,
  low: first.price,
  amount: ZERO,
  value: ZERO,
  bought: ZERO,
  boughtValue: ZERO,
  count: 0,
});

/** The summary with one more trade. */
export const withTrade = (known: TradeSummary | undefined, trade: TapeTrade): TradeSummary => {
  const { high, low, ...summary } = known ?? beginning(trade);
  const { price, amount, buyerIsMaker } = trade;
  const value = price.multipliedBy(amount);
  return {
    first: summary.first,
    last: trade,
    high: price.gt(high) ? price : high,
    low: price.lt(low) ? price : low,
    amount: summary.amount.plus(amount),
    value: summary.value.plus(value),
    bought: buyerIsMaker ? summary.bought : summary.bought.plus(amount),
    boughtValue: buyerIsMaker ? summary.boughtValue : summary.boughtValue.plus(value),
    count: summary.count + 1,
  };
};

/** What trades come to; undefined where there are none. */
export const summaryOf = (trades: readonly TapeTrade[]): TradeSummary | undefined =>
  trades.reduce<TradeSummary | undefined>(withTrade, undefined);
