import {
  concat,
  defer,
  EMPTY,
  endWith,
  filter,
  map,
  of,
  repeat,
  startWith,
  switchMap,
  take,
  tap,
  timer,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { pipelineScheduler } from '../time/pipeline-scheduler.js';
import { positive } from './positive.js';

/**
 * Tells when a stream has told nothing for so many ms, and when it is back: `true` where it is stale, `false` at the
 * first value and at the first one after a silence. The silence before the first value counts from the
 * subscription on. Time is what passes on this machine, whatever its clock is set to. Completes with the source, without a last word; errors with it.
 *
 * A quiet market is stale too. What was lost, and not merely quiet, is told by `{ gaps: true }` and `status$`.
 *
 * ```text
 * -a--b----------c------
 *    staleness(5)
 * -f-------t-----f----t-
 * ```
 *
 * @throws RangeError where the ms are not above zero.
 *
 * @example
 * ```ts
 * const books$ = exchange.orderBook$('BTC-USDT');
 * books$
 *   .pipe(
 *     staleness(5_000),
 *     switchMap((isStale) => (isStale ? EMPTY : books$.pipe(midPrice()))),
 *   )
 *   .subscribe(console.log);
 * ```
 */
export const staleness = (
  ms: number,
  scheduler: SchedulerLike = pipelineScheduler,
): OperatorFunction<unknown, boolean> => {
  positive('A silence', ms);
  return (source) =>
    defer(() => {
      let heardAt = scheduler.now();
      let values = 0;
      let told: boolean | undefined;
      // Were the clock set back, it would be long until then.
      const left = (): number => Math.min(ms, Math.max(0, heardAt + ms - scheduler.now()));
      // One timer at a time, however many values there are.
      const silence$ = defer(() => {
        const before = values;
        return timer(left(), scheduler).pipe(filter(() => values === before));
      }).pipe(
        repeat(),
        take(1),
        map(() => true),
      );
      const news$ = source.pipe(
        tap(() => {
          values += 1;
          heardAt = scheduler.now();
        }),
        filter(() => told !== false),
        map(() => concat(of(false), silence$)),
      );
      return news$.pipe(
        startWith(silence$),
        endWith(EMPTY),
        switchMap((phase$) => phase$),
        tap((isStale) => (told = isStale)),
      );
    });
};
