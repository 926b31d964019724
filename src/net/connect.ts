import { map, merge, mergeMap, type Observable, type SchedulerLike } from 'rxjs';
import type { SocketTerms } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { Connection, Socket } from './socket.js';
import type { Throttler } from './throttler.js';
import { within } from './within.js';

/**
 * Opens a socket at each subscription as soon as the exchange's limits permit it, see {@link Socket}.
 * Errors also when the clock jumps: a socket that slept is dead, whether it knows or not.
 */
export type Connect = (url: string, terms: SocketTerms) => Observable<Connection>;

/** What {@link createConnect} works with. */
export interface ConnectOptions {
  readonly socket: Socket;
  readonly scheduler: SchedulerLike;
  readonly throttler: Throttler;
  readonly clockJump$: Observable<number>;
}

/** How long a socket may take to open, in ms. */
const OPEN_WITHIN = 10_000;

const jumped = (jump: number): never => {
  const seconds = Math.round(Math.abs(jump) / 1_000);
  throw new ConnectorError(
    'network',
    `The clock jumped ${seconds} s ${jump > 0 ? 'ahead' : 'back'}, as after a sleep: all sockets are replaced.`,
  );
};

/** Sockets within the exchange's limits, all of which are lost when the clock jumps. */
export const createConnect =
  ({ socket, scheduler, throttler, clockJump$ }: ConnectOptions): Connect =>
  (url, { weights, priority }) => {
    const late = (): ConnectorError =>
      new ConnectorError(
        'timeout',
        `The socket to ${new URL(url).host} did not open within ${OPEN_WITHIN} ms.`,
      );
    return throttler
      .acquire({ weights, priority })
      .pipe(
        mergeMap(() =>
          merge(
            clockJump$.pipe(map(jumped)),
            socket(url).pipe(within(OPEN_WITHIN, scheduler, late)),
          ),
        ),
      );
  };
