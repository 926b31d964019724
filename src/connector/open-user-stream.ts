import {
  ignoreElements,
  map,
  NEVER,
  repeat,
  retry,
  switchMap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type { ListenKeyStream, Signer } from '../core/contract.js';
import { toConnectorError } from '../core/errors.js';
import type { Connection } from '../net/socket.js';
import type { Context } from './context.js';
import { withPersistence } from './with-persistence.js';

/** A socket that tells the account's events, or does so once it was asked. */
export interface OpenedStream {
  readonly connection: Connection;
  /** What to ask it; left out where it tells at once. */
  readonly request?: string;
  /** Keeps up what it takes while subscribed; errors where that is gone. */
  readonly kept$: Observable<never>;
}

/** How soon a key that could not be kept alive is tried again, in ms: there is time for 30 attempts. */
const AGAIN_AFTER = 60_000;

/** What stands in the way of one attempt need not do so a minute later, unless the key is gone. */
const keptAlive = (
  { keepAlive, keepAliveEvery, keyIsGone }: ListenKeyStream,
  { rest, environment: { scheduler }, report }: Context,
): Observable<never> => {
  const extended$ = rest.call(keepAlive, undefined).pipe(
    retry({
      delay: (reason: unknown) => {
        const error = toConnectorError(reason, 'exchange');
        if (error.code !== undefined && keyIsGone.has(error.code)) return throwError(() => error);
        report(error);
        return timer(AGAIN_AFTER, scheduler);
      },
    }),
  );
  return timer(keepAliveEvery, scheduler).pipe(
    switchMap(() => extended$),
    repeat(),
    ignoreElements(),
  );
};

/** Opens the account's stream in the way of the exchange. */
export const openUserStream = (signer: Signer, context: Context): Observable<OpenedStream> => {
  const { exchange, domain, clock, connect, rest } = context;
  const { userStream } = exchange;
  switch (userStream.type) {
    case 'signedRequest':
      return connect(userStream.url(domain), userStream.socket).pipe(
        map((connection) => {
          const request = userStream.subscribe(signer, clock.now());
          return { connection, request, kept$: NEVER };
        }),
      );
    case 'listenKey':
      // No socket is asked for before: a ban ends by itself, as for all else that asks by REST.
      return rest.call(userStream.create, undefined).pipe(
        withPersistence(context),
        switchMap((key) => connect(userStream.url(domain, key), userStream.socket)),
        map((connection) => ({ connection, kept$: keptAlive(userStream, context) })),
      );
  }
};
