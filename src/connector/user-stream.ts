import { isRight } from 'fp-ts/lib/Either.js';
import {
  catchError,
  combineLatest,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  merge,
  NEVER,
  Observable,
  of,
  switchMap,
  take,
  tap,
  throwError,
  type OperatorFunction,
} from 'rxjs';
import { decodeError, parseJson } from '../core/codecs.js';
import type { UserStreamEvent } from '../core/contract.js';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { TradingRules } from '../core/trading-rule.js';
import { Broadcast } from '../net/broadcast.js';
import { heartbeat } from '../net/heartbeat.js';
import { shareStanding } from '../net/share-standing.js';
import { missingKeys } from '../net/signer.js';
import { withReconnect } from '../net/with-reconnect.js';
import { withRotation } from '../net/with-rotation.js';
import type { Context } from './context.js';
import { openUserStream, type OpenedStream } from './open-user-stream.js';
import { withStatus } from './with-status.js';

/** What one session tells of itself, besides what the account's stream tells. */
type SessionSignal = UserStreamSignal | { readonly kind: 'ending' };

/** What the account's stream tells, and `down` when it was lost. */
export type UserStreamSignal =
  | Exclude<UserStreamEvent, { readonly kind: 'refused' | 'ended' | 'ending' }>
  | { readonly kind: 'down'; readonly cause: ConnectorError };

/** What says how the account's stream stands. */
export type UserStreamStanding = Extract<
  UserStreamSignal,
  { readonly kind: 'subscribed' | 'down' }
>;

/**
 * The account's own stream. `subscribed` says that from here on nothing is missed until `down`; what
 * happened between the two has to be asked for. Where one socket replaces another without a loss, neither
 * is told, but what both sockets have told comes twice.
 */
export interface UserStream {
  /** All that it tells; shared. Whoever comes later than the others hears first how it stands. */
  readonly signal$: Observable<UserStreamSignal>;
  /** Of that how it stands. */
  readonly standing$: Observable<UserStreamStanding>;
  /** When it last told something but `down`, in ms since the epoch by this machine's clock; `-Infinity` for never. */
  readonly heardAt: () => number;
}

/** How long the exchange may take to accept the subscription, in ms. */
const ACCEPT_WITHIN = 10_000;

const ended = (): ConnectorError =>
  new ConnectorError('network', 'The exchange ended the account stream.');
const late = (): ConnectorError =>
  new ConnectorError('network', `The account stream was not accepted within ${ACCEPT_WITHIN} ms.`);

const isSignal = (event: UserStreamEvent): event is SessionSignal & UserStreamEvent =>
  event.kind !== 'ended' && event.kind !== 'refused';

/** What ends a session is its error. */
const endOf = (event: Exclude<UserStreamEvent, SessionSignal>): ConnectorError => {
  if (event.kind === 'ended') return ended();
  const { kind, message, ...facts } = event.failure;
  return new ConnectorError(kind, message, facts);
};

/** After a refusal for the clock, the clock is measured first; that it cannot be is not what ended the session. */
const measured = (error: unknown, { clock }: Context): Observable<never> => {
  const error$ = throwError(() => error);
  if (!(error instanceof ConnectorError) || error.kind !== 'clock_skew') return error$;
  const measured$ = clock.refresh().pipe(
    catchError(() => EMPTY),
    ignoreElements(),
  );
  return concat(measured$, error$);
};

/** Reads frames; one that cannot be read goes to `errors$`, and is dropped alone. */
const reader =
  (rules: TradingRules, { exchange: { userStream: source }, report }: Context) =>
  (text: string): readonly UserStreamEvent[] => {
    const scanned = source.scan?.(text, rules);
    if (scanned !== undefined) return scanned;
    const events = source.decode(parseJson(text), rules);
    if (isRight(events)) return events.right;
    report(decodeError('An account stream frame', events.left));
    return [];
  };

const session = (
  { connection: { frame$, send }, request, kept$ }: OpenedStream,
  { rules, context }: { rules: TradingRules; context: Context },
): Observable<SessionSignal> => {
  const { userDoubt } = context;
  const { ping } = context.exchange.userStream;
  const { scheduler } = context.environment;
  const { heed, watch$ } = heartbeat({ scheduler, ask: () => send(ping()) });
  if (request !== undefined) send(request);
  const read = reader(rules, context);
  // One observable, where operators would be a chain of six: each event of the account passes here.
  const signal$ = new Observable<SessionSignal>((subscriber) => {
    const fail = (error: unknown): void => subscriber.error(error);
    const patience = scheduler.schedule(() => fail(late()), ACCEPT_WITHIN);
    const hear = (text: string): void => {
      heed(scheduler.now());
      try {
        for (const event of read(text)) {
          if (!isSignal(event)) throw endOf(event);
          if (event.kind === 'subscribed') patience.unsubscribe();
          subscriber.next(event);
        }
      } catch (error) {
        fail(error);
      }
    };
    if (request === undefined) {
      patience.unsubscribe();
      subscriber.next({ kind: 'subscribed' });
    }
    subscriber.add(patience);
    subscriber.add(frame$.subscribe(hear));
    return merge(watch$, kept$, userDoubt.raised$).subscribe(subscriber);
  });
  return signal$.pipe(catchError((error: unknown) => measured(error, context)));
};

const standing = ({ kind }: SessionSignal): 'ready' | 'ending' | undefined => {
  if (kind === 'subscribed') return 'ready';
  return kind === 'ending' ? kind : undefined;
};

const isStanding = (signal: SessionSignal): signal is UserStreamStanding =>
  signal.kind === 'subscribed' || signal.kind === 'down';

/** Only the last one stands. */
const lastStanding = (_: unknown, signal: UserStreamStanding): readonly UserStreamStanding[] => [
  signal,
];

/** Passes on how a stream stands, and hands its news to `tell`: they need not pass by the operators that follow. */
const standingOf =
  (tell: (news: UserStreamSignal) => void): OperatorFunction<SessionSignal, UserStreamStanding> =>
  (session$) =>
    new Observable((subscriber) =>
      session$.subscribe({
        next: (signal) => {
          if (isStanding(signal)) subscriber.next(signal);
          else if (signal.kind !== 'ending') tell(signal);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );

/** How the sessions stand that follow each other without an end; `tell` gets their news. */
const sessions = (
  context: Context,
  rules$: Observable<TradingRules>,
  tell: (news: UserStreamSignal) => void,
): Observable<UserStreamStanding> => {
  const { environment, clock, signer, keys, status, report } = context;
  if (signer === undefined) return throwError(missingKeys);
  const { scheduler, random } = environment;
  const { lifetime } = context.exchange.userStream.socket;
  const lost = (cause: ConnectorError) => ({ kind: 'down', cause }) as const;
  return combineLatest([rules$.pipe(take(1)), clock.synchronized$]).pipe(
    switchMap(([rules]) =>
      openUserStream(signer, context).pipe(
        switchMap((opened) => session(opened, { rules, context })),
      ),
    ),
    withRotation<SessionSignal>({ scheduler, random, lifetime, standing, lost, onError: report }),
    standingOf(tell),
    catchError((error: unknown) =>
      concat(
        of(lost(toConnectorError(error, 'network'))),
        throwError(() => error),
      ),
    ),
    tap(({ kind }) => {
      if (kind === 'subscribed') keys.taken();
    }),
    withReconnect({ scheduler, random, onError: report }),
    keys.tryAgain(),
    withStatus(status, 'userStream', ({ kind }) => kind !== 'down'),
  );
};

/** The account's own stream, see {@link UserStream}. */
export const userStream = (context: Context, rules$: Observable<TradingRules>): UserStream => {
  const { clock, environment, signer, status, meter } = context;
  const news = new Broadcast<UserStreamSignal>();
  let heardAt = -Infinity;
  const heed = ({ kind }: UserStreamSignal): void => {
    if (kind !== 'down') heardAt = environment.scheduler.now();
  };
  const session$ = sessions(context, rules$, (signal) => {
    heed(signal);
    if (meter.countsMessages()) {
      const time = 'time' in signal ? signal.time : undefined;
      meter.message({ channel: 'userStream', time, at: heardAt });
    }
    news.next(signal);
  });
  const clock$ = concat(clock.synchronized$, NEVER).pipe(withStatus(status, 'clock'));
  const kept$ = merge(
    defer(() => session$),
    clock$.pipe(ignoreElements()),
    clock.keepSynchronized$,
  );
  const standing$ = (signer === undefined ? session$ : kept$).pipe(
    tap<UserStreamStanding>(heed),
    shareStanding(lastStanding),
  );
  const signal$ = new Observable<UserStreamSignal>((subscriber) => {
    subscriber.add(news.value$.subscribe(subscriber));
    return standing$.subscribe(subscriber);
  });
  return { signal$, standing$, heardAt: () => heardAt };
};
