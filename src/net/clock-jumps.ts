import { defer, filter, interval, map, share, type Observable, type SchedulerLike } from 'rxjs';

/** How often the clock is looked at, in ms. */
const TICK = 5_000;
/** How much later or earlier than due a tick may come, in ms. */
const TOLERANCE = 10_000;

/**
 * By how many ms the clock jumped, each time that it did: the machine slept, or somebody set the clock.
 * What was measured or connected before cannot be trusted after it. Shared: one timer while anybody is
 * subscribed.
 */
export const clockJumps = (scheduler: SchedulerLike): Observable<number> =>
  defer(() => {
    let last = scheduler.now();
    return interval(TICK, scheduler).pipe(
      map(() => {
        const passed = scheduler.now() - last;
        last += passed;
        return passed - TICK;
      }),
      filter((jump) => Math.abs(jump) > TOLERANCE),
    );
  }).pipe(share());
