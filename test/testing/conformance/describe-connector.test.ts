import { binanceSpot } from 'rxchange/binance';
import { conformanceChecks, describeConnector } from 'rxchange/testing';
import { binanceFixtures } from '../../conformance/binance/fixtures.js';

const checks = conformanceChecks(binanceSpot, binanceFixtures);

/** What a runner was told to run, and to skip. */
const definedBy = (canSkip: boolean) => {
  const groups: string[] = [];
  const run: string[] = [];
  const skipped: string[] = [];
  const it = (name: string) => run.push(name);
  describeConnector(binanceSpot, binanceFixtures, {
    describe: (name, body) => {
      groups.push(name);
      body();
    },
    it: canSkip ? Object.assign(it, { skip: (name: string) => skipped.push(name) }) : it,
  });
  return { groups, run, skipped };
};

it('makes a test of each check, and skips what does not apply', () => {
  const { groups, run, skipped } = definedBy(true);
  expect(groups).toEqual(['conformance of binance']);
  expect(run).toHaveLength(checks.filter((check) => check.notApplicable === undefined).length);
  expect(skipped).toContain(
    '2.21 the checksum of a book is that of the exchange (n/a: its books have none)',
  );
});

it('does with a runner that cannot skip', () => {
  expect(definedBy(false).run).toHaveLength(checks.length);
});

it('gives no number twice, and all in their order', () => {
  const numbers = checks.map(({ number }) => number.split('.').map(Number));
  const inOrder = [...numbers].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
  expect(numbers).toEqual(inOrder);
  expect(new Set(checks.map(({ number }) => number)).size).toBe(checks.length);
  expect(checks.length).toBeGreaterThan(120);
});
