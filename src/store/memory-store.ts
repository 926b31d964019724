import { defer, EMPTY, of, type Observable } from 'rxjs';
import type { Store } from './store.js';

/**
 * A store that lasts as long as the process does.
 *
 * @example
 * ```ts
 * const store = memoryStore();
 * const before = binance({ credentials, store });
 * const after = binance({ credentials, store }); // goes on with the orders of the one before
 * ```
 */
export const memoryStore = (): Store => {
  let lines: string[] = [];
  const run = (write: () => void): Observable<never> =>
    defer(() => {
      write();
      return EMPTY;
    });
  return {
    load: () => defer(() => of([...lines])),
    append: (line) => run(() => lines.push(line)),
    compact: (kept) => run(() => (lines = [...kept])),
  };
};
