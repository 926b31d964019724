import { isRight } from 'fp-ts/lib/Either.js';
import {
  catchError,
  combineLatest,
  concat,
  defer,
  filter,
  ignoreElements,
  map,
  merge,
  NEVER,
  of,
  switchMap,
  take,
  tap,
  throwError,
  type Observable,
} from 'rxjs';
import { decodeError, parseJson } from '../core/codecs.js';
import type { Signer, UserStreamEvent } from '../core/contract.js';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { TradingRules } from '../core/trading-rule.js';
import { emitEach } from '../net/emit-each.js';
import { heartbeat } from '../net/heartbeat.js';
import { shareStanding } from '../net/share-standing.js';
import { missingKeys } from '../net/signer.js';
import type { Connection } from '../net/socket.js';
import { withReconnect } from '../net/with-reconnect.js';
import { withRotation } from '../net/with-rotation.js';
import { within } from '../net/within.js';
import type { Context } from './context.js';
import { withStatus } from './with-status.js';

/** What one session tells of itself, besides what the account's stream tells. */
type SessionSignal = UserStreamSignal | { readonly kind: 'ending' };

/** What the account's stream tells, and `down` when it was lost. */
export type UserStreamSignal =
  | Exclude<UserStreamEvent, { readonly kind: 'refused' | 'ended' | 'ending' }>
  | { readonly kind: 'down'; readonly cause: ConnectorError };

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

/** After a refusal for the clock, the clock is measured first. */
const measured = (error: unknown, { clock }: Context): Observable<never> => {
  const error$ = throwError(() => error);
  return error instanceof ConnectorError && error.kind === 'clock_skew'
    ? concat(clock.refresh().pipe(ignoreElements()), error$)
    : error$;
};

const session = (
  { frame$, send }: Connection,
  { signer, rules, context }: { signer: Signer; rules: TradingRules; context: Context },
): Observable<SessionSignal> => {
  const { clock, report, userDoubt } = context;
  const { subscribe, decode, ping } = context.exchange.userStream;
  const { scheduler } = context.environment;
  const { heed, watch$ } = heartbeat({ scheduler, ask: () => send(ping()) });
  send(subscribe(signer, clock.now()));
  const read = (text: string): readonly UserStreamEvent[] => {
    heed(scheduler.now());
    const events = decode(parseJson(text), rules);
    if (isRight(events)) return events.right;
    report(decodeError('An account stream frame', events.left));
    return [];
  };
  const signal$ = frame$.pipe(
    emitEach(read),
    map((event) => {
      if (isSignal(event)) return event;
      throw endOf(event);
    }),
    catchError((error: unknown) => measured(error, context)),
    within(ACCEPT_WITHIN, scheduler, late),
  );
  return merge(signal$, watch$, userDoubt.raised$);
};

const standing = ({ kind }: SessionSignal): 'ready' | 'ending' | undefined => {
  if (kind === 'subscribed') return 'ready';
  return kind === 'ending' ? kind : undefined;
};

/** Whether a signal says how the stream stands. */
export const isStanding = ({ kind }: UserStreamSignal): boolean =>
  kind === 'subscribed' || kind === 'down';

/** Whoever comes later than the others hears first how the stream stands. */
const lastStanding = (
  standing: readonly UserStreamSignal[],
  signal: UserStreamSignal,
): readonly UserStreamSignal[] => (isStanding(signal) ? [signal] : standing);

/**
 * The account's own stream; shared. `subscribed` says that from here on nothing is missed until
 * `down`; what happened between the two has to be asked for. Where one socket replaces another without
 * a loss, neither is told, but what both sockets have told comes twice.
 */
export const userStream = (
  context: Context,
  rules$: Observable<TradingRules>,
): Observable<UserStreamSignal> => {
  const { domain, environment, clock, signer, keys, status, report, connect } = context;
  const { url, socket } = context.exchange.userStream;
  if (signer === undefined) return throwError(missingKeys);
  const { scheduler, random } = environment;
  const down = (cause: ConnectorError) => ({ kind: 'down', cause }) as const;
  const session$ = combineLatest([rules$.pipe(take(1)), clock.synchronized$]).pipe(
    switchMap(([rules]) =>
      connect(url(domain), socket).pipe(
        switchMap((connection) => session(connection, { signer, rules, context })),
      ),
    ),
    withRotation<SessionSignal>({
      scheduler,
      random,
      lifetime: socket.lifetime,
      standing,
      lost: down,
      onError: report,
    }),
    filter((signal) => signal.kind !== 'ending'),
    catchError((error: unknown) =>
      concat(
        of(down(toConnectorError(error, 'network'))),
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
  const clock$ = concat(clock.synchronized$, NEVER).pipe(withStatus(status, 'clock'));
  return merge(
    defer(() => session$),
    clock$.pipe(ignoreElements()),
    clock.keepSynchronized$,
  ).pipe(shareStanding(lastStanding));
};
