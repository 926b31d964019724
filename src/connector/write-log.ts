import { ignoreElements, map, merge, mergeMap, pairwise, tap, type Observable } from 'rxjs';
import type { Connector } from './connector.js';
import { errorLine, eventLine, statusLines } from './log-lines.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** What a log is written of. */
export interface LogSources
  extends Pick<Connector, 'name' | 'errors$' | 'status$'>, Pick<Metrics, 'event$'> {}

/**
 * Writes what a connector tells of itself to a logger, while subscribed; asks the exchange for nothing, and never
 * emits. Each line bears the exchange's name.
 */
export const writeLog = (
  logger: Logger,
  { name, errors$, status$, event$ }: LogSources,
): Observable<never> =>
  merge(
    errors$.pipe(map(errorLine)),
    event$.pipe(map(eventLine)),
    status$.pipe(
      pairwise(),
      mergeMap(([before, after]) => statusLines(before, after)),
    ),
  ).pipe(
    tap(({ level, facts, message }) => logger[level]({ exchange: name, ...facts }, message)),
    ignoreElements(),
  );
