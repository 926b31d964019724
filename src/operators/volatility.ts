import { defer, filter, map, pairwise, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { pipelineScheduler } from '../time/pipeline-scheduler.js';
import { slidingWindows, type Merging, type Window } from './window.js';

const sum: Merging<number> = { none: 0, merge: (a, b) => a + b };

/**
 * The realised volatility of prices over a window: the root of the sum of squared log returns, from each price to
 * the next, at every price from the second on. It is a fraction, for the time of the window: 0.01 says that prices
 * move by about 1 % in it. For a year, multiply by √(year / window). `count` counts returns; by ms, a
 * return counts from its arrival on by the scheduler's clock. What is not a finite number above zero is left out.
 * Completes and errors with the source.
 *
 * Prices of every tick make it too large, since they jump to and fro between bid and ask: take mid prices, and
 * samples of them (`sampleTime`).
 *
 * ```text
 * 100---101-------100-------100---
 *    volatility({ count: 2 })
 * ------0.00995---0.01407---0.00995-
 * ```
 *
 * @throws RangeError where the window is not above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(midPrice(), sampleTime(1_000), volatility({ ms: 300_000 }))
 *   .subscribe(console.log);
 * ```
 */
export const volatility = (
  window: Window,
  scheduler: SchedulerLike = pipelineScheduler,
): OperatorFunction<number, number> => {
  const begin = slidingWindows(window, sum);
  return (source) =>
    defer(() => {
      const squares = begin();
      return source.pipe(
        filter((price) => price > 0 && price < Infinity),
        pairwise(),
        map(([before, after]) => Math.log(after / before) ** 2),
        map((square) => Math.sqrt(squares.push(square, scheduler.now()))),
      );
    });
};
