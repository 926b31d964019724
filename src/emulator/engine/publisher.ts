/** Hands values to listeners, to each in the order in which they were published. */
export interface Publisher<T> {
  readonly publish: (value: T) => void;
  /** Returns how to stop. */
  readonly listen: (listener: (value: T) => void) => () => void;
}

/**
 * A publisher whose listeners may publish: such a value waits until every listener has the current
 * one, so that nobody learns of an effect before its cause.
 */
export const createPublisher = <T>(): Publisher<T> => {
  const listeners = new Set<(value: T) => void>();
  const waiting: T[] = [];
  let delivering = false;
  const deliver = () => {
    for (let value = waiting.shift(); value !== undefined; value = waiting.shift()) {
      for (const listener of [...listeners]) listener(value);
    }
  };
  return {
    publish: (value) => {
      waiting.push(value);
      if (delivering) return;
      delivering = true;
      try {
        deliver();
      } finally {
        delivering = false;
      }
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
