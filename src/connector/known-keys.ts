import { retry, throwError, timer, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import { ConnectorError, type ErrorKind } from '../core/errors.js';

/** What is known of the account's keys. */
export interface KnownKeys {
  /** The exchange has taken them. */
  readonly taken: () => void;
  /**
   * Subscribes to a source again, 5 min after it failed for keys that were taken before or for a ban, or when the
   * ban ends if that is later; else it fails.
   */
  readonly tryAgain: <T>() => MonoTypeOperatorFunction<T>;
}

/** How long keys are left alone that were taken before and are refused now, in ms. */
const TRY_AGAIN_AFTER = 5 * 60_000;

/** What ends for keys that were never taken, and passes for those that were. */
const passing: ReadonlySet<ErrorKind> = new Set(['authentication', 'banned']);

/**
 * Keys of which it is not known yet whether they are right. Wrong ones stay wrong. But those that were right
 * are refused too while the exchange blocks an address, or somebody changes what they may do: there it is
 * asked again, slowly.
 */
export const createKnownKeys = (scheduler: SchedulerLike): KnownKeys => {
  let areTaken = false;
  return {
    taken: () => (areTaken = true),
    tryAgain: () =>
      retry({
        delay: (error: unknown) =>
          areTaken && error instanceof ConnectorError && passing.has(error.kind)
            ? timer(Math.max(TRY_AGAIN_AFTER, error.retryAfter ?? 0), scheduler)
            : throwError(() => error),
      }),
  };
};
