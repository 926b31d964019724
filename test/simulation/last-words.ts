import { defer, type Observable } from 'rxjs';
import { readEntry } from '../../src/orders/journal-entry.js';
import type { Store } from '../../src/store/store.js';
import type { Entry } from './court.js';

/** A store, and what was written to it in the moment in which its process died. */
export interface WatchedStore {
  readonly store: Store;
  /** What a process knew and wrote down at this time, and may not have lived to tell. */
  readonly writtenAt: (time: number) => readonly Entry[];
}

/** Listens to what is written to a store; hands each line to `read`. */
export const watchStore = (
  store: Store,
  now: () => number,
  read: (line: string) => void,
): WatchedStore => {
  let time = 0;
  let lines: string[] = [];
  const writing = (line: string | undefined, act$: Observable<never>): Observable<never> =>
    defer(() => {
      if (now() !== time) lines = [];
      time = now();
      if (line !== undefined) {
        lines.push(line);
        read(line);
      }
      return act$;
    });
  return {
    store: {
      load: store.load,
      append: (line) => writing(line, store.append(line)),
      compact: (all) => writing(all.at(-1), store.compact(all)),
    },
    writtenAt: (at) =>
      at !== time
        ? []
        : lines.flatMap((line) => {
            const entry = readEntry(line);
            return entry === undefined ? [] : [entry];
          }),
  };
};
