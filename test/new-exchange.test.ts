import { failing } from '../docs/examples/check-exchange.js';
import * as described from '../docs/examples/my-exchange.js';
import { binanceFixtures } from './conformance/binance/fixtures.js';
import { runInFakeTime } from './run-in-fake-time.js';

describe('an exchange that is described anew', () => {
  // 'my-exchange.ts' is the description, and 'new-exchange.ts' the program that trades by it.
  it('is traded on', () =>
    runInFakeTime(
      'new-exchange.ts',
      async ({ spot, lines, pass }) => {
        await pass(5_000);
        expect(lines).toContain('order filled');
        expect(lines).toContain('BTC 2.00999');
        expect(lines.some((line) => /^book 6\d{4}/.test(line))).toBe(true);
        expect(spot.engine.orders(spot.accountId)).toMatchObject([{ status: 'filled' }]);
      },
      { modules: { './my-exchange.js': described } },
    ));

  // 'check-exchange.ts' finds what the guide says that the description leaves out.
  it('passes its conformance checks, but for what it leaves out', () => {
    const numbers = failing(described.myExchange, binanceFixtures).map((check) =>
      check.slice(0, check.indexOf(' ')),
    );
    const leftOut = [
      ...['1.02', '1.03', '1.06', '1.10', '1.11', '1.12', '1.13', '1.17', '1.19'],
      ...['4.05', '6.03', '6.33', '7.09', '10.12', '10.19', '11.11', '11.13'],
    ];
    expect(numbers).toEqual(leftOut);
  });
});
