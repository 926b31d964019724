import type { PublicTrade } from '../core/trade.js';
import { flatCandle, withTrade, type Candle, type CandleTimes } from './candle.js';

/** How candles of periods are made. */
export interface PeriodCandlesOptions {
  /** How long each lasts, in ms. */
  readonly period: number;
  /** Whether there are candles of periods without trades. */
  readonly empty: boolean;
}

/** The candles of the periods of one pair, one after the other: what is closed is returned. */
export class PeriodCandles {
  private open: Candle | undefined;
  /** Before this time there are no candles to come. */
  private closedUntil = -Infinity;

  constructor(private readonly options: PeriodCandlesOptions) {}

  /** The end of the candle in the making; undefined where there is none. */
  get closeTime(): number | undefined {
    return this.open?.closeTime;
  }

  /** Takes a trade in, unless its candle is closed. */
  add(trade: PublicTrade): readonly Candle[] {
    const times = this.timesOf(trade.time);
    if (times.openTime < (this.open?.openTime ?? this.closedUntil)) return [];
    const closed = this.closeUntil(times.openTime);
    this.open ??= {
      ...flatCandle(trade.pair, trade.price, times),
      isPartial: this.closedUntil === -Infinity,
    };
    this.open = withTrade(this.open, trade);
    return closed;
  }

  /** Closes the candle in the making. */
  close(): readonly Candle[] {
    if (this.open === undefined) return [];
    const { open: candle } = this;
    const { pair, close, closeTime } = candle;
    this.closedUntil = closeTime;
    this.open = this.options.empty ? flatCandle(pair, close, this.timesOf(closeTime)) : undefined;
    return [candle];
  }

  /** Ends it all: the candle in the making is as good as it gets. */
  end(): readonly Candle[] {
    const last = this.open;
    this.open = undefined;
    return last === undefined || last.trades === 0 ? [] : [{ ...last, isPartial: true }];
  }

  private closeUntil(time: number): readonly Candle[] {
    const closed: Candle[] = [];
    while (this.open !== undefined && this.open.closeTime <= time) closed.push(...this.close());
    return closed;
  }

  private timesOf(time: number): CandleTimes {
    const { period } = this.options;
    const openTime = Math.floor(time / period) * period;
    return { openTime, closeTime: openTime + period };
  }
}
