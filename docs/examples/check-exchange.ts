import type { Exchange } from 'rxchange/exchange';
import { conformanceChecks, type ConformanceFixtures } from 'rxchange/testing';

/** The checks that fail; without a test runner. */
export const failing = (exchange: Exchange, fixtures: ConformanceFixtures): readonly string[] =>
  conformanceChecks(exchange, fixtures).flatMap(({ number, name, notApplicable, run }) => {
    if (notApplicable !== undefined) return [];
    try {
      run();
      return [];
    } catch {
      return [`${number} ${name}`]; // the error says what was expected, what came, and what to do
    }
  });
