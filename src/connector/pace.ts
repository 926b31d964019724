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
import { LONG_POLL, SHORT_POLL } from './pulse.js';
import { isStanding, type UserStreamSignal } from './user-stream.js';

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
