import {
  catchError,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  mergeMap,
  of,
  Subject,
  take,
  tap,
  throwError,
  type Observable,
} from 'rxjs';
import { applySetting, unknownSetting, type SettingState } from '../account/setting.js';
import { toConnectorError } from '../core/errors.js';
import { emitEach } from '../net/emit-each.js';
import { shareLatest } from '../net/share-latest.js';
import type { Context } from './context.js';
import { askSeldom } from './pace.js';
import type { UserStream, UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';

/** A setting of the account, which the exchange keeps. */
export interface AccountSetting<T> {
  /** At once, then when it changes; shared, replays the latest. */
  readonly value$: Observable<T>;
  /** As it was known last; nothing where it is not known, or is in doubt. */
  readonly now: () => T | undefined;
  /** As it was known last, else as REST tells it. Emits once and completes. */
  readonly known$: Observable<T>;
  /** Sets it at each subscription. Emits what holds then, once, and completes. */
  readonly set: (value: T) => Observable<T>;
  /** What is known of it has turned out to be wrong. */
  readonly doubt: () => void;
}

/** How a setting is read, told and set. */
export interface AccountSettingOptions<T> {
  readonly context: Context;
  readonly user: UserStream;
  readonly read$: Observable<T>;
  /** Emits what the exchange answers that it is now. */
  readonly write: (value: T) => Observable<T>;
  /** What a signal of the account's stream says of it, and when, by the exchange's clock. */
  readonly toldBy: (
    signal: UserStreamSignal,
  ) => { readonly value: T; readonly time: number } | undefined;
  /** The codes of refusals that say that it is that already. */
  readonly alreadySo: ReadonlySet<number | string>;
}

/** A setting of which nothing is known yet. */
export const accountSetting = <T>({
  context,
  user,
  read$,
  write,
  toldBy,
  alreadySo,
}: AccountSettingOptions<T>): AccountSetting<T> => {
  const { scheduler } = context.environment;
  const doubts = new Subject<void>();
  const changes = new Subject<void>();
  let state: SettingState<T> = unknownSetting;

  const known = (): readonly T[] => (state.value === undefined ? [] : [state.value]);
  const asked$ = defer(() => {
    const requestedAt = scheduler.now();
    return read$.pipe(
      tap((value) => (state = applySetting(state, { type: 'rest', value, requestedAt }))),
    );
  });
  const hear = (signal: UserStreamSignal): readonly T[] => {
    const told = toldBy(signal);
    if (told === undefined) return [];
    state = applySetting(state, { type: 'stream', ...told, receivedAt: scheduler.now() });
    return known();
  };
  const kept$ = asked$.pipe(withPersistence(context));
  const value$ = merge(
    changes.pipe(mergeMap(known)),
    user.signal$.pipe(emitEach(hear)),
    askSeldom(kept$, { user, doubt$: doubts, scheduler }).pipe(mergeMap(known)),
  ).pipe(distinctUntilChanged(), shareLatest());

  const answered = (value: T): void => {
    state = applySetting(state, { type: 'set', value, answeredAt: scheduler.now() });
    changes.next();
  };
  const doubt = (): void => {
    state = unknownSetting;
    doubts.next();
  };
  /**
   * Whether it was set in spite of the failure is the exchange's to say: what it says takes nothing back that was set
   * or told since it was asked. Where it cannot be asked now, nothing is known until it can.
   */
  const resolved = (wanted: T, error: unknown): Observable<T> => {
    const failure = toConnectorError(error, 'exchange', { outcome: 'unknown' });
    if (failure.code !== undefined && alreadySo.has(failure.code))
      return of(wanted).pipe(tap(answered));
    const error$ = throwError(() => failure);
    if (failure.outcome === 'refused') {
      doubts.next();
      return error$;
    }
    return asked$.pipe(
      tap({ next: () => changes.next(), error: doubt }),
      catchError(() => error$),
      mergeMap((value) => (value === wanted ? of(value) : error$)),
    );
  };

  return {
    value$,
    now: () => state.value,
    known$: defer(() => {
      const at = state.value;
      return at === undefined
        ? asked$.pipe(
            map(() => state.value),
            filter((value) => value !== undefined),
            take(1),
          )
        : of(at);
    }),
    set: (value) =>
      defer(() => write(value)).pipe(
        tap(answered),
        catchError((error: unknown) => resolved(value, error)),
      ),
    doubt,
  };
};
