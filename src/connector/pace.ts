import {
  catchError,
  distinctUntilChanged,
  exhaustMap,
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

/** When to ask. */
export interface PaceOptions {
  readonly user$: Observable<UserStreamSignal>;
  /** More reasons to ask. */
  readonly doubt$: Observable<unknown>;
  readonly scheduler: SchedulerLike;
}

/**
 * Asks by REST: as soon as the account's stream came up or went down, then at the pace of one that is
 * down, or that tells of its account. One question at a time; what was asked for before the stream came up
 * or went down is not waited for. A stream that failed for good is down: it takes no order off the exchange.
 */
export const askAtPace = <T>(
  ask$: Observable<T>,
  { user$, doubt$, scheduler }: PaceOptions,
): Observable<T> => {
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
    switchMap((isUp) =>
      merge(isUp ? up$ : timer(0, SHORT_POLL, scheduler), doubt$).pipe(exhaustMap(() => ask$)),
    ),
  );
};
