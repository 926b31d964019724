import { Decimal, ZERO } from '../core/decimal.js';
import type { PublicTrade } from '../core/trade.js';
import type { TradingPair } from '../core/trading-pair.js';

/** What was traded between two times. All of it is exact, as trades are. */
export interface Candle {
  readonly pair: TradingPair;
  /** In ms since the epoch, by the exchange's clock: the begin of the period, or the first trade's time. */
  readonly openTime: number;
  /** In ms since the epoch: the end of the period, which is no part of it, or the last trade's time. */
  readonly closeTime: number;
  /** In quote per base, as the next three. */
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  /** In base units. */
  readonly volume: Decimal;
  /** In quote units. */
  readonly quoteVolume: Decimal;
  /** In base units: what takers bought; the rest they sold. */
  readonly buyVolume: Decimal;
  /** How many trades it is made of. */
  readonly trades: number;
  /** Whether it may lack trades: the stream began or ended within its time, or before it was full. */
  readonly isPartial: boolean;
}

/** Where a candle stands in time. */
export interface CandleTimes {
  readonly openTime: number;
  readonly closeTime: number;
}

/** A candle of no trade, which stands at a price. */
export const flatCandle = (pair: TradingPair, price: Decimal, times: CandleTimes): Candle => ({
  pair,
  ...times,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: ZERO,
  quoteVolume: ZERO,
  buyVolume: ZERO,
  trades: 0,
  isPartial: false,
});

/** The candle with one more trade in it; the times are left as they are. */
export const withTrade = (candle: Candle, { price, amount, side }: PublicTrade): Candle => ({
  ...candle,
  open: candle.trades === 0 ? price : candle.open,
  high: candle.trades === 0 ? price : Decimal.max(candle.high, price),
  low: candle.trades === 0 ? price : Decimal.min(candle.low, price),
  close: price,
  volume: candle.volume.plus(amount),
  quoteVolume: candle.quoteVolume.plus(price.times(amount)),
  buyVolume: side === 'buy' ? candle.buyVolume.plus(amount) : candle.buyVolume,
  trades: candle.trades + 1,
});
