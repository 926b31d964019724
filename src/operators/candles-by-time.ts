import {
  concat,
  defer,
  EMPTY,
  merge,
  mergeMap,
  of,
  repeat,
  Subject,
  switchMap,
  timer,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import type { PublicTrade } from '../core/trade.js';
import { pipelineScheduler } from '../time/pipeline-scheduler.js';
import type { Candle } from './candle.js';
import { PeriodCandles } from './period-candles.js';
import { wholeNumber } from './positive.js';

/** How candles by time are made. */
export interface TimeCandlesOptions {
  /**
   * How long after its end a candle waits for trades that are still on their way, in ms, where no later trade
   * closes it: since its end by the exchange's clock, and since the last trade came.
   * @defaultValue 1,000
   */
  readonly grace?: number;
  /**
   * Whether periods without trades have candles too, from the first trade on: flat ones, at the last price, with
   * a volume of 0. Without them such a period is left out.
   * @defaultValue `false`
   */
  readonly empty?: boolean;
}

/**
 * A candle of each `period` (in ms) in which trades of a pair were made. Prices and volumes are exact decimals.
 *
 * Which candle a trade belongs to is said by the trade's own time; periods begin at multiples of `period` since the
 * epoch, as those of exchanges do up to a day. A candle is emitted once, when it is over: with the first trade of
 * a later one, or else by the scheduler, see {@link TimeCandlesOptions.grace}. So a candle is told in a quiet
 * market too. What time it is at the exchange is reckoned from the last trade: its own time, and what has passed
 * since it came. So no machine's clock closes a candle early, and a trade that was late makes it close as late. A trade
 * whose candle is told already is left out of all of them: that happens where trades are refilled later than the
 * grace.
 *
 * The first candle is partial, since the subscription began within it. When the source completes, the candle in the
 * making is emitted as partial; errors with the source.
 *
 * ```text
 * trades' times   1--4-----11--------------32-|
 *                    candlesByTime(10)
 *                 ---------a-----------b------(c|)   a: 0 to 10, b: 10 to 20, c: 30 to 40
 * ```
 *
 * @throws RangeError where the period is not a whole number above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .trades$('BTC-USDT')
 *   .pipe(
 *     candlesByTime(60_000),
 *     filter(({ isPartial }) => !isPartial),
 *   )
 *   .subscribe(({ open, high, low, close }) => console.log(open, high, low, close));
 * ```
 */
export const candlesByTime = (
  period: number,
  { grace = 1_000, empty = false }: TimeCandlesOptions = {},
  scheduler: SchedulerLike = pipelineScheduler,
): OperatorFunction<PublicTrade, Candle> => {
  wholeNumber('A period', period);
  return (source) =>
    defer(() => {
      const candles = new PeriodCandles({ period, empty });
      let last = { time: -Infinity, heardAt: -Infinity };
      const isOpen$ = new Subject<boolean>();

      const add = (trade: PublicTrade): readonly Candle[] => {
        last = { time: trade.time, heardAt: scheduler.now() };
        const wasOpen = candles.closeTime !== undefined;
        const closed = candles.add(trade);
        if (!wasOpen) isOpen$.next(true);
        return closed;
      };
      const end = (): readonly Candle[] => {
        isOpen$.next(false);
        isOpen$.complete();
        return candles.end();
      };

      const left = (): number =>
        Math.max((candles.closeTime ?? -Infinity) - last.time, 0) +
        grace -
        (scheduler.now() - last.heardAt);
      // One timer at a time, which may find that later trades have closed its candle.
      const watch$ = defer(() => timer(Math.max(0, left()), scheduler)).pipe(
        mergeMap(() => (left() > 0 ? EMPTY : candles.close())),
        repeat({ delay: () => (candles.closeTime === undefined ? EMPTY : of(true)) }),
      );
      return merge(
        isOpen$.pipe(switchMap((isOpen) => (isOpen ? watch$ : EMPTY))),
        concat(source.pipe(mergeMap(add)), defer(end)),
      );
    });
};
