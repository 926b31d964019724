import { retry, throwError, timer, type MonoTypeOperatorFunction } from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import { backoff } from '../net/backoff.js';
import type { Context } from './context.js';

/**
 * Subscribes to a source again after it failed, 0.5 s later and up to 30 s, and tells `errors$`; only
 * an error that no repetition can mend passes.
 */
export const withPersistence = <T>({
  environment: { scheduler, random },
  report,
}: Pick<Context, 'environment' | 'report'>): MonoTypeOperatorFunction<T> => {
  const wait = backoff({ random });
  return retry({
    resetOnSuccess: true,
    delay: (error: unknown, count) => {
      const failure = toConnectorError(error, 'exchange');
      report(failure);
      return failure.kind === 'authentication' || failure.kind === 'not_supported'
        ? throwError(() => failure)
        : timer(Math.max(wait(count - 1), failure.retryAfter ?? 0), scheduler);
    },
  });
};
