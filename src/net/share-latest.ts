import { type MonoTypeOperatorFunction, ReplaySubject, share } from 'rxjs';

/**
 * Shares one subscription to the source among all subscribers; each starts with the latest value.
 *
 * The source is subscribed to by the first and left with the last. After that, as after an error or
 * the end, nothing old is replayed: the next subscriber starts the source anew.
 */
export const shareLatest = <T>(): MonoTypeOperatorFunction<T> =>
  share({
    connector: () => new ReplaySubject<T>(1),
    resetOnError: true,
    resetOnComplete: true,
    resetOnRefCountZero: true,
  });
