import { defer, filter, map, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { pipelineScheduler } from '../time/pipeline-scheduler.js';
import { positive } from './positive.js';

/** How fast an average forgets. */
export type EmaMemory =
  /** By values: each new one weighs 2 / (count + 1), as in charts. At least 1. */
  | { readonly count: number; readonly halfLife?: never }
  /** By time: after so many ms, what was before weighs half. */
  | { readonly halfLife: number; readonly count?: never };

type Average = (value: number) => number;

const byCount = (count: number): Average => {
  const weight = 2 / (count + 1);
  let average: number | undefined;
  return (value) => {
    average = average === undefined ? value : average + weight * (value - average);
    return average;
  };
};

const byTime = (halfLife: number, scheduler: SchedulerLike): Average => {
  let state: { readonly average: number; readonly value: number; readonly at: number } | undefined;
  return (value) => {
    const at = scheduler.now();
    const { average, value: held, at: since } = state ?? { average: value, value, at };
    // A clock that was set back makes no value count more than once.
    const kept = 2 ** -(Math.max(0, at - since) / halfLife);
    const next = held + (average - held) * kept;
    state = { average: next, value, at };
    return next;
  };
};

/**
 * The exponential moving average, at every value, in the values' own unit; it begins with the first one.
 *
 * By `count`, every value weighs the same, however long it stood. By `halfLife` (in ms, by the scheduler's clock), a
 * value weighs as long as it stood: a new one has no weight yet when it arrives, and one that is told twice
 * changes nothing. That suits streams that tell changes, such as mid prices. What is not a finite
 * number is left out. Completes and errors with the source.
 *
 * ```text
 * 1---2---3---4---
 *    ema({ count: 3 })
 * 1---1.5-2.25-3.125-
 * ```
 *
 * @throws RangeError where the count is below 1, or the half-life not above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(midPrice(), ema({ halfLife: 10_000 }))
 *   .subscribe(console.log);
 * ```
 */
export const ema = (
  { count, halfLife }: EmaMemory,
  scheduler: SchedulerLike = pipelineScheduler,
): OperatorFunction<number, number> => {
  if (count === undefined) positive('A half-life', halfLife);
  else if (!(count >= 1 && count < Infinity))
    throw new RangeError(`A count of values must be 1 or more, not ${count}.`);
  return (source) =>
    defer(() =>
      source.pipe(
        filter((value) => Number.isFinite(value)),
        map(count === undefined ? byTime(halfLife, scheduler) : byCount(count)),
      ),
    );
};
