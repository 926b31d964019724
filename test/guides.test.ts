import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulation } from 'rxchange/emulator';
import { createFakeProm } from './support/fake-prom.js';
import { runInFakeTime, type FakeWorld, type FakeWorldOptions } from './run-in-fake-time.js';

const SECOND = 1_000;

const still: FakeWorldOptions = { traders: false };

/** What an emulator of the same keys would print. */
const printed = {
  rest: 'https://venue.test',
  stream: 'wss://venue.test',
  wsApi: 'wss://venue.test/ws-api/v3',
  ...createEmulation({ seed: 1 }).credentials,
};

/** The program, followed in an exchange of its own. */
const run =
  (name: string, follow: (world: FakeWorld) => Promise<void>, options?: FakeWorldOptions) => () =>
    runInFakeTime(name, follow, options);

describe('the programs of the guides, in virtual time', () => {
  it(
    'market-maker-on-emulator.ts quotes where the file says',
    run(
      'market-maker-on-emulator.ts',
      async ({ lines, pass }) => {
        await pass(10 * SECOND);
        expect(
          lines.filter((line) => /^(buy|sell) 6\d{4}(\.\d+)? open$/.test(line)).length,
        ).toBeGreaterThan(3);
      },
      { modules: { 'node:fs': { readFileSync: () => JSON.stringify(printed) } } },
    ),
  );

  it(
    'two-venues.ts tells when one is dearer than the other',
    run(
      'two-venues.ts',
      async ({ spot, perpetual, lines, pass }) => {
        spot.control.trader().limit('sell', 64_000, 1);
        await pass(SECOND);
        expect(lines).toEqual([]); // nobody bids for the perpetual
        perpetual.control.trader().limit('buy', 64_003, 1);
        perpetual.control.trader().limit('buy', 64_007, 1);
        await pass(SECOND);
        expect(new Set(lines)).toEqual(new Set(['edge 7.00']));
      },
      still,
    ),
  );

  it(
    'gaps.ts tells what was missed in its place',
    run(
      'gaps.ts',
      async ({ spot, lines, pass }) => {
        const maker = spot.control.trader('maker');
        const taker = spot.control.trader('taker');
        maker.limit('sell', 64_000, 10);
        await pass(5 * SECOND);
        taker.market('buy', 1);
        await pass(SECOND);
        spot.network.disconnect();
        taker.market('buy', 1);
        await pass(5 * SECOND);
        taker.market('buy', 1);
        await pass(SECOND);
        expect(lines).toEqual([
          '1 live',
          'missing, because of network',
          '2 late',
          'missing no more: complete',
          '3 live',
        ]);
      },
      still,
    ),
  );

  it(
    'stream-errors.ts ends one stream, and no other',
    run('stream-errors.ts', async ({ spot, lines, pass }) => {
      await pass(3 * SECOND);
      spot.network.disconnect();
      await pass(5 * SECOND);
      expect(lines[0]).toBe('not_supported false');
      const survived = lines.findIndex((line) => line.startsWith('network '));
      expect(survived).toBeGreaterThan(0);
      expect(lines.slice(survived).some((line) => /^\d+$/.test(line))).toBe(true);
    }),
  );

  it(
    'slow-subscriber.ts keeps all trades, and of prices the latest',
    run('slow-subscriber.ts', async ({ lines, pass }) => {
      await pass(10 * SECOND);
      expect(lines.some((line) => line.endsWith(' trades'))).toBe(true);
      expect(lines.some((line) => line.startsWith('price 6'))).toBe(true);
    }),
  );

  it(
    'read-a-book.ts tells what is in the book',
    run(
      'read-a-book.ts',
      async ({ spot, lines, pass }) => {
        const maker = spot.control.trader();
        for (const price of [63_990, 63_980, 63_970, 63_960]) maker.limit('buy', price, 3);
        maker.limit('sell', 64_010, '0.5');
        maker.limit('sell', 64_020, '0.5');
        await pass(2 * SECOND);
        expect(lines.slice(-5)).toEqual([
          'best 63990 64010 spread 20.00',
          'middle 64000.00 weighted 64007.14',
          '1 BTC costs 64015.00 each',
          'of the best 5 more is bid',
          'levels 63990 63980 63970',
        ]);
      },
      still,
    ),
  );

  it(
    'follow-changes.ts has the same book',
    run('follow-changes.ts', async ({ spot, lines, pass }) => {
      await pass(5 * SECOND);
      spot.network.disconnect();
      await pass(5 * SECOND);
      expect(lines.length).toBeGreaterThan(5);
      expect(new Set(lines)).toEqual(new Set(['the same']));
    }),
  );

  it(
    'budget.ts tells what the account affords',
    run('budget.ts', async ({ lines, pass }) => {
      await pass(SECOND);
      expect(lines).toEqual([
        'buy 1 locks 64000 USDT, gets 0.999 BTC',
        'buy 0.5625, made smaller, locks 36000 USDT, gets 0.5619375 BTC',
        'sell 1 locks 1 BTC, gets 63936 USDT',
      ]);
    }),
  );

  it(
    'fees.ts tells what trades cost',
    run('fees.ts', async ({ lines, pass }) => {
      await pass(SECOND);
      expect(lines).toEqual(['resting 0.001 at once 0.001', 'discount by nothing']);
    }),
  );

  it(
    'shared-limits.ts spends from one budget',
    run('shared-limits.ts', async ({ lines, pass }) => {
      await pass(SECOND);
      expect(lines).toContain('maker sees 4 assets');
      expect(lines).toContain('hedger sees 4 assets');
      expect(lines[0]).toMatch(/^weight \d+ of 3000$/);
    }),
  );

  it(
    'watch-status.ts tells what is waited for',
    run('watch-status.ts', async ({ spot, lines, pass }) => {
      await pass(3 * SECOND);
      expect(lines[0]).toBe('stopped');
      expect(lines.at(-1)).toBe('connected');
      spot.network.disconnect();
      await pass(5 * SECOND);
      expect(lines.at(-2)).toMatch(/^reconnecting, orderBooks \(.+\)$/);
      expect(lines.at(-1)).toBe('connected');
    }),
  );

  describe('production.ts', () => {
    const directory = mkdtempSync(join(tmpdir(), 'rxchange-'));
    afterAll(() => rmSync(directory, { recursive: true }));

    it(
      'leaves nothing open',
      run(
        'production.ts',
        async ({ spot, program, lines, pass }) => {
          spot.control.trader().limit('sell', 64_010, 1);
          spot.control.trader().limit('buy', 63_990, 1);
          await pass(5 * SECOND);
          expect(lines).toContain('left over nothing');
          expect(spot.engine.orders(spot.accountId)).toMatchObject([{ status: 'new' }]);
          expect(existsSync(join(directory, 'orders.jsonl'))).toBe(true);
          program.interrupt();
          await pass(5 * SECOND);
          expect(lines.find((line) => line.startsWith('ended with'))).toBe('ended with canceled');
          expect(spot.engine.orders(spot.accountId)).toMatchObject([{ status: 'canceled' }]);
        },
        { ...still, directory },
      ),
    );
  });

  it(
    'prometheus.ts prints what Prometheus reads',
    run(
      'prometheus.ts',
      async ({ lines, pass }) => {
        await pass(11 * SECOND);
        expect(lines[0]).toContain('rxchange_messages_total');
        expect(lines[0]).toContain('rxchange_part_ready');
      },
      { modules: { 'prom-client': createFakeProm() } },
    ),
  );

  it(
    'test-a-strategy.ts survives what it is put through',
    run('test-a-strategy.ts', async ({ lines }) => {
      expect(lines).toEqual([
        expect.stringMatching(/^orders [1-9]\d* trades [1-9]\d*$/),
        'left open 0 limits broken 0',
        'waiting 0',
      ]);
      await Promise.resolve();
    }),
  );

  it(
    'faults.ts is told of every trade once',
    run('faults.ts', async ({ lines }) => {
      expect(lines.filter((line) => line.startsWith('met ')).length).toBeGreaterThan(2);
      expect(lines.slice(-2)).toEqual([
        'the exchange made 10 trades, 10 were told',
        'fees 0.0001 BTC',
      ]);
      await Promise.resolve();
    }),
  );
});
