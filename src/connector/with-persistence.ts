import { defer, retry, tap, throwError, timer, type MonoTypeOperatorFunction } from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import { backoff } from '../net/backoff.js';
import type { Context } from './context.js';

/** How long a source has to last after its first value until the waits start anew, in ms. */
const HEALTHY_AFTER = 30_000;

/**
 * Subscribes to a source again after it failed, 0.5 s later and up to 30 s, and tells `errors$`; only
 * an error that no repetition can mend passes. A source that fails again soon after it began well is
 * not asked more often for that.
 */
export const withPersistence =
  <T>({
    environment: { scheduler, random },
    report,
  }: Pick<Context, 'environment' | 'report'>): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      const wait = backoff({ random });
      let attempt = 0;
      let wellSince = Infinity;
      return source.pipe(
        tap({
          subscribe: () => (wellSince = Infinity),
          next: () => {
            if (wellSince === Infinity) wellSince = scheduler.now();
          },
        }),
        retry({
          delay: (error: unknown) => {
            const failure = toConnectorError(error, 'exchange');
            report(failure);
            if (failure.kind === 'authentication' || failure.kind === 'not_supported')
              return throwError(() => failure);
            if (scheduler.now() - wellSince >= HEALTHY_AFTER) attempt = 0;
            return timer(Math.max(wait(attempt++), failure.retryAfter ?? 0), scheduler);
          },
        }),
      );
    });
