import { defer, filter, map, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { pipelineScheduler } from '../time/pipeline-scheduler.js';
import { slidingWindows, type Merging, type Window } from './window.js';

/** Statistics of the values in a window. */
export interface RollingStatistics {
  /** How many values there are in the window. */
  readonly count: number;
  /** Their mean, in the values' own unit. */
  readonly mean: number;
  /** Their standard deviation as a sample (divided by count - 1), in the values' own unit; NaN of one value. */
  readonly deviation: number;
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  /** The sum of the squared distances from the mean. */
  readonly squares: number;
}

/**
 * Two samples as one, without a difference of large squares.
 *
 * @see Chan, Golub, LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1979
 */
const moments: Merging<Moments> = {
  none: { count: 0, mean: 0, squares: 0 },
  merge: (a, b) => {
    if (a.count === 0) return b;
    if (b.count === 0) return a;
    const count = a.count + b.count;
    const distance = b.mean - a.mean;
    return {
      count,
      mean: a.mean + (distance * b.count) / count,
      squares: a.squares + b.squares + (distance * distance * a.count * b.count) / count,
    };
  },
};

/**
 * Mean and standard deviation of the last values, or of those of the last ms, at every value. By ms, a value
 * counts from its arrival on by the scheduler's clock, and that it left the window is told with the next value.
 * What is not a finite number is left out. Completes and errors with the source.
 *
 * ```text
 * 1---2---3----6---
 *    rolling({ count: 2 })
 * 1---1.5-2.5--4.5-   the mean
 * ```
 *
 * @throws RangeError where the window is not above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(
 *     midPrice(),
 *     rolling({ ms: 60_000 }),
 *   )
 *   .subscribe(({ mean, deviation }) => console.log(mean - 2 * deviation, mean + 2 * deviation));
 * ```
 */
export const rolling = (
  window: Window,
  scheduler: SchedulerLike = pipelineScheduler,
): OperatorFunction<number, RollingStatistics> => {
  const begin = slidingWindows(window, moments);
  return (source) =>
    defer(() => {
      const values = begin();
      return source.pipe(
        filter((value) => Number.isFinite(value)),
        map((mean) => values.push({ count: 1, mean, squares: 0 }, scheduler.now())),
        map(({ count, mean, squares }) => ({
          count,
          mean,
          deviation: Math.sqrt(squares / (count - 1)),
        })),
      );
    });
};
