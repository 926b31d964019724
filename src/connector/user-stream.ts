import { isLeft } from 'fp-ts/lib/Either.js';
import {
  catchError,
  combineLatest,
  concat,
  defer,
  EMPTY,
  finalize,
  from,
  ignoreElements,
  merge,
  mergeMap,
  of,
  share,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { decodeError, parseJson } from '../core/codecs.js';
import type { Signer, UserStreamEvent } from '../core/contract.js';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { TradingRules } from '../core/trading-rule.js';
import { missingKeys } from '../net/signer.js';
import type { Connection } from '../net/socket.js';
import { withReconnect } from '../net/with-reconnect.js';
import type { Context } from './context.js';
import { withStatus } from './with-status.js';

/** What the account's stream tells, and `down` when it was lost. */
export type UserStreamSignal =
  | Exclude<UserStreamEvent, { readonly kind: 'refused' | 'ended' }>
  | { readonly kind: 'down'; readonly cause: ConnectorError };

/** How long the exchange may take to accept the subscription, in ms. */
const ACCEPT_WITHIN = 10_000;

const lost = (message: string): Observable<never> =>
  throwError(() => new ConnectorError('network', message));

/** Turns what ends a session into its error; a refusal for the clock measures the clock first. */
const pass = (event: UserStreamEvent, { clock }: Context): Observable<UserStreamSignal> => {
  if (event.kind === 'ended') return lost('The exchange ended the account stream.');
  if (event.kind !== 'refused') return of(event);
  const { kind, message, ...facts } = event.failure;
  const refusal = throwError(() => new ConnectorError(kind, message, facts));
  return kind === 'clock_skew' ? concat(clock.refresh().pipe(ignoreElements()), refusal) : refusal;
};

const session = (
  connection: Connection,
  { signer, rules, context }: { signer: Signer; rules: TradingRules; context: Context },
): Observable<UserStreamSignal> => {
  const { exchange, clock, environment, report, userDoubt } = context;
  connection.send(exchange.userStream.subscribe(signer, clock.now()));
  const signal$ = connection.frame$.pipe(
    mergeMap((text) => {
      const events = exchange.userStream.decode(parseJson(text), rules);
      if (isLeft(events)) {
        report(decodeError('An account stream frame', events.left));
        return EMPTY;
      }
      return from(events.right).pipe(mergeMap((event) => pass(event, context)));
    }),
    timeout({
      first: ACCEPT_WITHIN,
      scheduler: environment.scheduler,
      with: () => lost(`The account stream was not accepted within ${ACCEPT_WITHIN} ms.`),
    }),
  );
  return merge(signal$, userDoubt.raised$);
};

/** Whether a signal says how the stream stands. */
export const isStanding = ({ kind }: UserStreamSignal): boolean =>
  kind === 'subscribed' || kind === 'down';

/** Shares the stream. Whoever comes later than the others hears first how it stands. */
const shareStanding = (): MonoTypeOperatorFunction<UserStreamSignal> => (source) => {
  let standing: UserStreamSignal | undefined;
  const shared$ = source.pipe(
    tap((signal) => {
      if (isStanding(signal)) standing = signal;
    }),
    finalize(() => (standing = undefined)),
    share(),
  );
  return defer(() => (standing === undefined ? shared$ : concat(of(standing), shared$)));
};

/**
 * The account's own stream; shared. `subscribed` says that from here on nothing is missed until
 * `down`; what happened between the two has to be asked for.
 */
export const userStream = (
  context: Context,
  rules$: Observable<TradingRules>,
): Observable<UserStreamSignal> => {
  const { exchange, domain, environment, clock, signer, status, report } = context;
  if (signer === undefined) return throwError(missingKeys);
  const { scheduler, random, socket } = environment;
  const session$ = combineLatest([rules$.pipe(take(1)), clock.synchronized$]).pipe(
    switchMap(([rules]) =>
      socket(exchange.userStream.url(domain)).pipe(
        switchMap((connection) => session(connection, { signer, rules, context })),
      ),
    ),
    catchError((error: unknown) =>
      concat(
        of({ kind: 'down', cause: toConnectorError(error, 'network') } as const),
        throwError(() => error),
      ),
    ),
    withReconnect({ scheduler, random, onError: report }),
    withStatus(status, 'userStream', ({ kind }) => kind !== 'down'),
  );
  return merge(
    defer(() => session$),
    clock.keepSynchronized$,
  ).pipe(shareStanding());
};
