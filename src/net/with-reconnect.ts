import { concat, throwError, type MonoTypeOperatorFunction } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import { withBackoff, type Failures, type RetryOptions } from './with-backoff.js';

/** Wrong keys, a ban that each attempt prolongs, what does not exist. */
const failures: Failures = {
  final: new Set(['authentication', 'banned', 'not_supported']),
  unknown: 'network',
};

/**
 * Subscribes to the source again whenever it ends, by error or not, see {@link withBackoff}: what is
 * to be connected all the time.
 */
export const withReconnect =
  <T>(options: RetryOptions): MonoTypeOperatorFunction<T> =>
  (source) =>
    concat(
      source,
      throwError(() => new ConnectorError('network', 'The stream ended.')),
    ).pipe(withBackoff(options, failures));
