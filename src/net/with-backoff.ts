import {
  defer,
  retry,
  tap,
  throwError,
  timer,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { toConnectorError, type ConnectorError, type ErrorKind } from '../core/errors.js';
import { backoff, type BackoffOptions } from './backoff.js';

/** How a source that fails is subscribed to again. */
export interface RetryOptions extends BackoffOptions {
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

/** Which failures there are. */
export interface Failures {
  /** What no further attempt mends; it passes. */
  readonly final: ReadonlySet<ErrorKind>;
  /** The kind of an error that is not a {@link ConnectorError}. */
  readonly unknown: ErrorKind;
}

/**
 * Subscribes to the source again whenever it fails, after a {@link backoff} or what the exchange asks to
 * wait, whichever is longer.
 *
 * The waits start anew only after health that lasted: a server that accepts and then closes would
 * otherwise be asked again and again after the shortest wait.
 */
export const withBackoff = <T>(
  options: RetryOptions,
  failures: Failures,
): MonoTypeOperatorFunction<T> => {
  const { scheduler, healthyAfter = 30_000, onError } = options;
  const wait = backoff(options);
  return (source) =>
    defer(() => {
      let attempt = 0;
      let firstValueAt = Infinity;
      return source.pipe(
        tap({
          subscribe: () => (firstValueAt = Infinity),
          next: () => {
            if (firstValueAt === Infinity) firstValueAt = scheduler.now();
          },
        }),
        retry({
          delay: (error: unknown) => {
            const failure = toConnectorError(error, failures.unknown);
            onError(failure);
            if (failures.final.has(failure.kind)) return throwError(() => failure);
            if (scheduler.now() - firstValueAt >= healthyAfter) attempt = 0;
            return timer(Math.max(wait(attempt++), failure.retryAfter ?? 0), scheduler);
          },
        }),
      );
    });
};
