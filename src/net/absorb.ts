import { Observable, type OperatorFunction } from 'rxjs';

/**
 * Acts on each value, and emits none. As `tap` and `ignoreElements`, in one step: orders and the account's
 * events pass here. What `act` throws is the stream's error.
 */
export const absorb =
  <T>(act: (value: T) => void): OperatorFunction<T, never> =>
  (source) =>
    new Observable((subscriber) =>
      source.subscribe({
        next: (value) => {
          try {
            act(value);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
