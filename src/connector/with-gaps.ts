import { Observable, type OperatorFunction } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { Gapped } from '../core/gapped.js';

/**
 * Tells of gaps in a state that is good as a whole whenever it is told: an error stands for a state that
 * was lost, and the next state makes it good. What is lost before the first one is no gap.
 *
 * @param goodAt - When it was good last, in ms since the epoch.
 */
export const withGaps =
  <T extends object>(goodAt: () => number): OperatorFunction<T | ConnectorError, Gapped<T>> =>
  (source) =>
    new Observable((subscriber) => {
      let isKnown = false;
      let isLost = false;
      const lose = (cause: ConnectorError): void => {
        if (isLost || !isKnown) return;
        isLost = true;
        subscriber.next({ kind: 'gap', since: goodAt(), cause });
      };
      return source.subscribe({
        next: (value) => {
          if (value instanceof ConnectorError) {
            lose(value);
            return;
          }
          isKnown = true;
          if (isLost) subscriber.next({ kind: 'resumed', recovered: 'complete' });
          isLost = false;
          subscriber.next({ kind: 'data', value, backfilled: false });
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
