import type { Observable } from 'rxjs';

/**
 * Where a connector keeps its journal: lines of text, in order. A connector appends a line before an
 * order's request leaves, and waits for it; it reads the lines back when it is made again.
 */
export interface Store {
  /** All lines, oldest first; emits once and completes. */
  readonly load: () => Observable<readonly string[]>;
  /** Adds a line at the end; completes when it is safe. Appends take effect in the order of the calls. */
  readonly append: (line: string) => Observable<never>;
  /** Puts these lines in the place of all that there are, at once or not at all; completes when safe. */
  readonly compact: (lines: readonly string[]) => Observable<never>;
}
