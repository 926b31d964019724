import type { Observable } from 'rxjs';

/** What a subscriber was told so far. */
export interface Recording<T> {
  readonly values: readonly T[];
  readonly last: () => T | undefined;
  readonly error: () => unknown;
  /** How the stream stands. */
  readonly state: () => 'going on' | 'completed' | 'errored';
  readonly stop: () => void;
}

/** Subscribes, and writes down what is told. */
export const record = <T>(source: Observable<T>): Recording<T> => {
  const values: T[] = [];
  let state: ReturnType<Recording<T>['state']> = 'going on';
  let reason: unknown;
  const subscription = source.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => {
      state = 'errored';
      reason = error;
    },
    complete: () => (state = 'completed'),
  });
  return {
    values,
    last: () => values.at(-1),
    error: () => reason,
    state: () => state,
    stop: () => subscription.unsubscribe(),
  };
};
