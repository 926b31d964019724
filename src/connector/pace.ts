import {
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  map,
  merge,
  of,
  repeat,
  switchMap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { LONG_POLL, SHORT_POLL, SILENT_AFTER } from './pulse.js';
import type { UserStream } from './user-stream.js';

/** When to ask. */
export interface PaceOptions {
  readonly user: Pick<UserStream, 'standing$' | 'heardAt'>;
  /** More reasons to ask. */
  readonly doubt$: Observable<unknown>;
  readonly scheduler: SchedulerLike;
}

/** Emits once nothing has come for a minute, and every 5 s from then on until something does. */
const whileSilent = (
  { heardAt }: PaceOptions['user'],
  scheduler: SchedulerLike,
): Observable<void> =>
  defer(() => {
    const since = scheduler.now();
    const silence = (): number => scheduler.now() - Math.max(since, heardAt());
    // Were the clock set back, it would be long until then.
    const nextIn = (): number =>
      silence() >= SILENT_AFTER ? SHORT_POLL : Math.min(SILENT_AFTER, SILENT_AFTER - silence());
    const look$ = defer(() => (silence() >= SILENT_AFTER ? of(undefined) : EMPTY));
    return look$.pipe(repeat({ delay: () => timer(nextIn(), scheduler) }));
  });

/**
 * Asks by REST: as soon as the account's stream came up or went down, then at the pace of one that is
 * down, or that tells of its account. One question at a time; what was asked for before the stream came up
 * or went down is not waited for. A stream that failed for good is down: it takes no order off the exchange.
 */
export const askAtPace = <T>(
  ask$: Observable<T>,
  { user, doubt$, scheduler }: PaceOptions,
): Observable<T> => {
  const up$ = merge(timer(0, LONG_POLL, scheduler), whileSilent(user, scheduler));
  return user.standing$.pipe(
    map(({ kind }) => kind === 'subscribed'),
    catchError(() => of(false)),
    distinctUntilChanged(),
    switchMap((isUp) =>
      merge(isUp ? up$ : timer(0, SHORT_POLL, scheduler), doubt$).pipe(exhaustMap(() => ask$)),
    ),
  );
};

/** How often REST is asked for what hardly ever changes, in ms. */
const SELDOM = 10 * 60_000;

/**
 * Asks by REST for what hardly ever changes, and is told by the account's stream where it does: as soon as the stream
 * came up or went down, then every 10 min. One question at a time.
 */
export const askSeldom = <T>(
  ask$: Observable<T>,
  { user, doubt$, scheduler }: PaceOptions,
): Observable<T> =>
  user.standing$.pipe(
    map(({ kind }) => kind),
    catchError(() => of('down')),
    distinctUntilChanged(),
    switchMap(() => merge(timer(0, SELDOM, scheduler), doubt$).pipe(exhaustMap(() => ask$))),
  );
