import type { Logger, LogLevel } from '../../src/connector/logger.js';

/** What was written to a log. */
export interface MemoryLog {
  readonly logger: Logger;
  readonly entries: readonly (readonly [LogLevel, object, string])[];
  /** Each entry as a line, its level first. */
  readonly lines: () => readonly string[];
}

/** A log that is kept. */
export const memoryLog = (): MemoryLog => {
  const entries: (readonly [LogLevel, object, string])[] = [];
  const at =
    (level: LogLevel) =>
    (facts: object, message: string): void => {
      entries.push([level, facts, message]);
    };
  return {
    logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    entries,
    lines: () => entries.map(([level, , message]) => `${level} ${message}`),
  };
};
