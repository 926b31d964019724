/** Hands values to listeners, to each in the order in which they were published. */
export interface Publisher<T> {
  readonly publish: (value: T) => void;
  /** Returns how to stop. */
  readonly listen: (listener: (value: T) => void) => () => void;
}

/**
 * A publisher whose listeners may publish: such a value waits until every listener has the current
 * one, so that nobody learns of an effect before its cause. A listener that throws keeps nothing
 * from the others; `publish` throws once all have heard.
 */
export const createPublisher = <T>(): Publisher<T> => {
  const listeners = new Set<(value: T) => void>();
  const waiting: T[] = [];
  let delivering = false;
  const tell = (value: T, failures: unknown[]) => {
    for (const listener of [...listeners]) {
      try {
        listener(value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  return {
    publish: (value) => {
      waiting.push(value);
      if (delivering) return;
      delivering = true;
      const failures: unknown[] = [];
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        tell(next, failures);
      }
      delivering = false;
      if (failures.length > 0) throw new AggregateError(failures, 'A listener threw');
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
