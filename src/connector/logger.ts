/**
 * Where a connector writes its log: an object of facts, and a sentence. A `pino` logger fits as it is, and so does
 * `console`. It is called in the turn in which something happens, so it should not take long; what it
 * throws is reported like an error of any other subscriber.
 */
export interface Logger {
  /** What only matters when something is looked into. */
  debug(facts: object, message: string): void;
  /** What a day is expected to bring. */
  info(facts: object, message: string): void;
  /** What went wrong and will be tried again. */
  warn(facts: object, message: string): void;
  /** What went wrong and needs somebody to look at it. */
  error(facts: object, message: string): void;
}

/** How much a line matters. */
export type LogLevel = keyof Logger;

/** One line of a log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly facts: object;
  readonly message: string;
}
