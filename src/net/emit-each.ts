import { Observable, type OperatorFunction } from 'rxjs';

/**
 * Emits each of what a value reads, in order, at once. As `mergeMap` to arrays, without an observable for
 * each array: trades and the frames of an account's stream pass here. What `read` throws is the stream's error.
 */
export const emitEach =
  <T, R>(read: (value: T) => readonly R[]): OperatorFunction<T, R> =>
  (source) =>
    new Observable((subscriber) =>
      source.subscribe({
        next: (value) => {
          try {
            for (const one of read(value)) subscriber.next(one);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
