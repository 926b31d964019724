import { shown } from './means.js';

/** One thing that a connector to an exchange has to do, and how to find out whether it does. */
export interface ConformanceCheck {
  /** Group and number in it, such as `2.07`; a number is never given to another check. */
  readonly number: string;
  /** What holds where it succeeds. */
  readonly name: string;
  /** Why it does not apply to the exchange, as its fixtures or its description declare. */
  readonly notApplicable?: string;
  /**
   * Runs it in virtual time, at once.
   *
   * @throws {@link ConformanceError} where it fails.
   */
  readonly run: () => void;
}

/** Declares that an exchange does not have something. */
export interface NotApplicable {
  readonly notApplicable: string;
}

/**
 * Stands in a fixture for what the exchange does not have. The checks that would need it are listed with the reason
 * in their names.
 *
 * @example
 * ```ts
 * const ending = notApplicable('it closes its sockets without a word');
 * ```
 */
export const notApplicable = (reason: string): NotApplicable => ({ notApplicable: reason });

/** Whether a fixture only says that there is no such thing. */
export const isNotApplicable = (value: unknown): value is NotApplicable =>
  typeof value === 'object' && value !== null && 'notApplicable' in value;

/** What was expected, and what came instead. */
export interface Mismatch {
  /** What was looked at. */
  readonly what: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** A check that failed: what was expected, what came, and what to do. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';

  constructor(
    readonly check: Pick<ConformanceCheck, 'number' | 'name'>,
    readonly mismatch: Mismatch,
    readonly advice: string,
  ) {
    const { what, expected, actual } = mismatch;
    super(
      `${check.number} ${check.name}: it does not.\n` +
        `  ${what}\n  expected: ${shown(expected)}\n  actual:   ${shown(actual)}\n  what to do: ${advice}`,
    );
  }
}

/** A mismatch on its way to the check that found it. */
export class Mismatched extends Error {
  constructor(readonly mismatch: Mismatch) {
    super(mismatch.what);
  }
}

/** Makes checks that give the same advice where they fail. */
export interface Advising {
  /** A check, by its number and its name. */
  readonly check: (title: Title, run: () => void) => ConformanceCheck;
  /** A check that needs a fixture which an exchange may not have. */
  readonly given: <Fixture>(
    title: Title,
    fixture: Fixture | NotApplicable,
    run: (fixture: Fixture) => void,
  ) => ConformanceCheck;
}

/** The number of a check, and its name. */
export type Title = `${number}.${number} ${string}`;

const mismatchOf = (error: unknown): Mismatch =>
  error instanceof Mismatched
    ? error.mismatch
    : { what: 'something threw', expected: 'no exception', actual: error };

const named = (title: Title): Pick<ConformanceCheck, 'number' | 'name'> => {
  const blank = title.indexOf(' ');
  return { number: title.slice(0, blank), name: title.slice(blank + 1) };
};

/** Makes checks that say what to do where they fail. */
export const advising = (advice: string): Advising => {
  const check: Advising['check'] = (title, run) => ({
    ...named(title),
    run: () => {
      try {
        run();
      } catch (error) {
        throw new ConformanceError(named(title), mismatchOf(error), advice);
      }
    },
  });
  const skipped = (title: Title, reason: string): ConformanceCheck => {
    const { number, name } = named(title);
    return {
      number,
      name: `${name} (n/a: ${reason})`,
      notApplicable: reason,
      run: () => undefined,
    };
  };
  return {
    check,
    given: (title, fixture, run) =>
      isNotApplicable(fixture)
        ? skipped(title, fixture.notApplicable)
        : check(title, () => run(fixture)),
  };
};
