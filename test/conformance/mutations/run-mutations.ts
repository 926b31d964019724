import type { Exchange } from 'rxchange';
import { conformanceChecks, type ConformanceFixtures } from 'rxchange/testing';
import type { Mutation } from './mutation.js';
import { changedPaths, traced } from './trace.js';

/** That it fails is all that counts: to take down where costs more than most checks. */
const fails = (run: () => void): boolean => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    run();
    return false;
  } catch {
    return true;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** Whatever a connector is asked for, it asks for the markets. */
const FIRST_OF_ALL = '.rules.params';

/** Of a call this matters before any function of it is called. */
const before = /\.(signed|weights\.\w+|priority)$/;

/** Tells of a part of a description which checks may notice that it changed. */
const usersOf = (
  exchange: Exchange,
  fixtures: ConformanceFixtures,
): ((path: string) => readonly string[]) => {
  const { exchange: watched, functions, used } = traced(exchange);
  const checks = conformanceChecks(watched, fixtures).map(({ number, run }) => {
    used();
    run();
    return { number, uses: used() };
  });
  return (path) => {
    const siblings = [...functions].filter((name) =>
      name.startsWith(`${path.slice(0, path.lastIndexOf('.'))}.`),
    );
    // A connector copies all data when it is made; it needs those that stand beside functions when it calls one.
    const isNeeded = (uses: ReadonlySet<string>): boolean =>
      functions.has(path) || before.test(path) || siblings.length === 0 || !uses.has(FIRST_OF_ALL)
        ? uses.has(path)
        : siblings.some((name) => uses.has(name));
    return checks.filter(({ uses }) => isNeeded(uses)).map(({ number }) => number);
  };
};

/**
 * Tells which checks of a broken description fail. A check is deterministic: one that uses none of the parts which a
 * mutation changed cannot tell, and is not run.
 */
export const failuresOf = (
  exchange: Exchange,
  fixtures: ConformanceFixtures,
): ((mutation: Mutation) => readonly string[]) => {
  const users = usersOf(exchange, fixtures);
  return (mutation) => {
    const mutated = mutation(exchange);
    const changed = changedPaths(exchange, mutated);
    const concerned = new Set(changed?.flatMap(users));
    return conformanceChecks(mutated, fixtures)
      .filter(({ number, run }) => (changed === undefined || concerned.has(number)) && fails(run))
      .map(({ number }) => number);
  };
};
