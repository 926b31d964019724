import { pipe, type MonoTypeOperatorFunction } from 'rxjs';
import { withBackoff, type Failures } from '../net/with-backoff.js';
import type { Context } from './context.js';

/** A ban passes, and what asks by REST waits for its end; keys that were good before are tried again slowly. */
const failures: Failures = {
  final: new Set(['authentication', 'not_supported']),
  unknown: 'exchange',
};

/**
 * Subscribes to a source again after it failed, 0.5 s later and up to 30 s, and tells `errors$`; only
 * an error that no repetition can mend passes. A source that fails again soon after it began well is
 * not asked more often for that.
 */
export const withPersistence = <T>({
  environment: { scheduler, random },
  keys,
  report,
}: Pick<Context, 'environment' | 'keys' | 'report'>): MonoTypeOperatorFunction<T> =>
  pipe(withBackoff<T>({ scheduler, random, onError: report }, failures), keys.tryAgain());
