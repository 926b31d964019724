import {
  catchError,
  distinctUntilChanged,
  filter,
  map,
  merge,
  of,
  startWith,
  switchMap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { LONG_POLL, SHORT_POLL, SILENT_AFTER } from './pulse.js';
import { isStanding, type UserStreamSignal } from './user-stream.js';

/**
 * When to ask by REST: as soon as the account stream came up or went down, then at the pace of one that is
 * down, or that tells of its account. A stream that failed for good is down: it takes no order off the
 * exchange.
 */
export const pace = (
  user$: Observable<UserStreamSignal>,
  scheduler: SchedulerLike,
): Observable<void> => {
  const silent$ = user$.pipe(
    startWith(undefined),
    switchMap(() => timer(SILENT_AFTER, SHORT_POLL, scheduler)),
  );
  const up$ = merge(timer(0, LONG_POLL, scheduler), silent$);
  return user$.pipe(
    filter(isStanding),
    map(({ kind }) => kind === 'subscribed'),
    catchError(() => of(false)),
    distinctUntilChanged(),
    switchMap((isUp) => (isUp ? up$ : timer(0, SHORT_POLL, scheduler))),
    map(() => undefined),
  );
};
