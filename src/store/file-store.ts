import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { defer, EMPTY, of, type Observable } from 'rxjs';
import type { Store } from './store.js';

/** The lines that were written to their end. What follows the last line break is torn: drop it. */
const wholeLines = (text: string): readonly string[] => text.split('\n').slice(0, -1);

const toText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/**
 * A store in a file, one line of JSON after another, that survives the death of the process at any
 * moment: a line that was torn was not acknowledged, and is dropped when the file is read. Each append
 * is handed to the operating system before it is acknowledged; a power failure may still lose the
 * newest lines.
 *
 * One connector uses a file at a time. Works in node only.
 *
 * @example
 * ```ts
 * const exchange = binance({ credentials, store: fileStore('orders.jsonl') });
 * ```
 */
export const fileStore = (path: string): Store => {
  const run = (write: () => void): Observable<never> =>
    defer(() => {
      write();
      return EMPTY;
    });
  const replace = (lines: readonly string[]): void => {
    writeFileSync(`${path}.new`, toText(lines));
    renameSync(`${path}.new`, path);
  };
  return {
    load: () =>
      defer(() => {
        const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
        const lines = wholeLines(text);
        if (!text.endsWith('\n') && text !== '') replace(lines);
        return of(lines);
      }),
    append: (line) => run(() => appendFileSync(path, toText([line]))),
    compact: (lines) => run(() => replace(lines)),
  };
};
