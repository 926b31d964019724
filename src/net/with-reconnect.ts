import {
  concat,
  defer,
  type MonoTypeOperatorFunction,
  retry,
  type SchedulerLike,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { ConnectorError, type ErrorKind, toConnectorError } from '../core/errors.js';
import { backoff, type BackoffOptions } from './backoff.js';

/** How a stream is kept alive. */
export interface ReconnectOptions extends BackoffOptions {
  readonly scheduler: SchedulerLike;
  /**
   * How long a subscription has to last after its first value until the waits start anew from
   * `first`, in ms.
   * @defaultValue `30_000`
   */
  readonly healthyAfter?: number;
  /** Is told of every failure, the last one included. */
  readonly onError: (error: ConnectorError) => void;
}

/** What no further attempt mends: wrong keys, a ban that each attempt prolongs, what does not exist. */
const final: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'authentication',
  'banned',
  'not_supported',
]);

/**
 * Subscribes to the source again whenever it ends, by error or not, after a {@link backoff} or what
 * the exchange asks to wait, whichever is longer.
 *
 * The waits start anew only after health that lasted: a server that accepts and then closes would
 * otherwise be asked again and again after the shortest wait.
 */
export const withReconnect = <T>(options: ReconnectOptions): MonoTypeOperatorFunction<T> => {
  const { scheduler, healthyAfter = 30_000, onError } = options;
  const wait = backoff(options);
  return (source) =>
    defer(() => {
      let attempt = 0;
      let firstValueAt = Infinity;
      return concat(
        source,
        throwError(() => new ConnectorError('network', 'The stream ended.')),
      ).pipe(
        tap({
          subscribe: () => (firstValueAt = Infinity),
          next: () => {
            if (firstValueAt === Infinity) firstValueAt = scheduler.now();
          },
        }),
        retry({
          delay: (error: unknown) => {
            const failure = toConnectorError(error, 'network');
            onError(failure);
            if (final.has(failure.kind)) return throwError(() => failure);
            if (scheduler.now() - firstValueAt >= healthyAfter) attempt = 0;
            return timer(Math.max(wait(attempt++), failure.retryAfter ?? 0), scheduler);
          },
        }),
      );
    });
};
