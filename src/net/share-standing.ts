import { finalize, Observable, share, tap, type MonoTypeOperatorFunction } from 'rxjs';

/**
 * Shares one subscription to the source among all subscribers. Whoever comes later hears first what still
 * stands of what was told before.
 *
 * The source is subscribed to by the first and left with the last; after that, as after an error or the
 * end, nothing stands.
 *
 * @param stands - What stands after one more value, given what stood before it.
 */
export const shareStanding =
  <T>(stands: (standing: readonly T[], value: T) => readonly T[]): MonoTypeOperatorFunction<T> =>
  (source) => {
    let standing: readonly T[] = [];
    const shared$ = source.pipe(
      tap((value) => (standing = stands(standing, value))),
      finalize(() => (standing = [])),
      share(),
    );
    return new Observable((subscriber) => {
      const before = standing;
      const subscription = shared$.subscribe(subscriber);
      // What a subscriber does at one of them may come to news that replace the next.
      for (const value of before) if (standing.includes(value)) subscriber.next(value);
      return subscription;
    });
  };
