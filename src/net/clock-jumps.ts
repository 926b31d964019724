import { defer, filter, interval, map, share, type Observable } from 'rxjs';
import type { Environment } from './environment.js';

/** How often the machine's clock is looked at, in ms. */
const TICK = 5_000;
/** How much later or earlier than due a tick may come, in ms. */
const TOLERANCE = 10_000;

/**
 * By how many ms the machine's clock jumped, each time that it did: the machine slept, or somebody set the clock.
 * What was measured or connected before cannot be trusted after it. Shared: one timer while anybody is
 * subscribed.
 */
export const clockJumps = ({
  scheduler,
  wallClock,
}: Pick<Environment, 'scheduler' | 'wallClock'>): Observable<number> =>
  defer(() => {
    let last = wallClock();
    return interval(TICK, scheduler).pipe(
      map(() => {
        const passed = wallClock() - last;
        last += passed;
        return passed - TICK;
      }),
      filter((jump) => Math.abs(jump) > TOLERANCE),
    );
  }).pipe(share());
