import {
  catchError,
  distinctUntilChanged,
  filter,
  map,
  of,
  switchMap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { isStanding, type UserStreamSignal } from './user-stream.js';

/** How often REST confirms what a healthy account stream tells, in ms. */
const LONG_POLL = 120_000;
/** How often REST stands in for an account stream that is down, in ms. */
const SHORT_POLL = 5_000;

/**
 * When to ask by REST: as soon as the account stream came up or went down, then at its pace. A stream
 * that failed for good is down: it takes no order off the exchange.
 */
export const pace = (
  user$: Observable<UserStreamSignal>,
  scheduler: SchedulerLike,
): Observable<void> =>
  user$.pipe(
    filter(isStanding),
    map(({ kind }) => (kind === 'subscribed' ? LONG_POLL : SHORT_POLL)),
    catchError(() => of(SHORT_POLL)),
    distinctUntilChanged(),
    switchMap((period) => timer(0, period, scheduler)),
    map(() => undefined),
  );
