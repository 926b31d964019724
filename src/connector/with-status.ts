import { defer, finalize, tap, type MonoTypeOperatorFunction } from 'rxjs';
import type { PartName, StatusBoard } from './status.js';

/**
 * Shows a part on the board while the source is subscribed to: ready from a value that is `ready`,
 * not ready from one that is not.
 */
export const withStatus =
  <T>(
    board: StatusBoard,
    part: PartName,
    ready: (value: T) => boolean = () => true,
  ): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      const entry = board.enter(part);
      return source.pipe(
        tap((value) => (ready(value) ? entry.up() : entry.down('waiting for the exchange'))),
        finalize(() => entry.leave()),
      );
    });
