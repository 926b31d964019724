import type { Exchange } from '../../core/contract.js';
import { conformanceChecks } from './conformance-checks.js';
import type { ConformanceFixtures } from './fixtures.js';

/** The test of a runner: `it` of jest, vitest, mocha or `node:test`. */
export interface DefineTest {
  /** Defines a test. */
  (name: string, run: () => void): unknown;
  /** Defines one that is not run. */
  readonly skip?: (name: string, run: () => void) => unknown;
}

/** What defines tests. */
export interface TestRunner {
  /** Puts tests under a name. */
  readonly describe: (name: string, body: () => void) => unknown;
  /** Defines a test. */
  readonly it: DefineTest;
}

const globalRunner = (): TestRunner => {
  const { describe, it } = globalThis as Partial<TestRunner>;
  if (describe !== undefined && it !== undefined) return { describe, it };
  throw new Error(
    'There is no global `describe` and `it` here: hand a `{ describe, it }` in, as of `node:test`.',
  );
};

/**
 * Describes a connector to an exchange by its conformance checks, one test each; those that do not apply to the
 * exchange are skipped, with the reason in their names. A check that fails says what was expected, what came, and
 * what to do.
 *
 * @param runner - Defines the tests; the global `describe` and `it`, as of jest, where it is left out.
 *
 * @example
 * ```ts
 * // test/conformance/my-exchange.test.ts: the fixtures are what the exchange's pages show
 * const fixtures: ConformanceFixtures = {
 *   market: { pair: 'BTC-USDT', symbol: 'BTCUSDT', priceStep: '0.01', ... },
 *   book: {
 *     topic: 'btcusdt@depth',
 *     url: 'wss://stream.my-exchange.test/ws',
 *     snapshot: {
 *       request: { method: 'GET', path: '/depth', params: { symbol: 'BTCUSDT' } },
 *       answer: {
 *         raw: { lastUpdateId: 7, bids: [['4.00', '431']], asks: [['4.02', '12']] },
 *         means: { updateId: 7, bids: [[4, 431]], asks: [[4.02, 12]] },
 *       },
 *     },
 *     checksum: notApplicable('its books have none'),
 *     ...
 *   },
 *   ...
 * };
 * describeConnector(myExchange, fixtures);
 * ```
 */
export const describeConnector = (
  exchange: Exchange,
  fixtures: ConformanceFixtures,
  { describe, it }: TestRunner = globalRunner(),
): void => {
  describe(`conformance of ${exchange.name}`, () => {
    for (const { number, name, notApplicable, run } of conformanceChecks(exchange, fixtures)) {
      const define = notApplicable === undefined ? it : (it.skip ?? it);
      define(`${number} ${name}`, run);
    }
  });
};
