import { readdirSync } from 'node:fs';
import { emulator, type EmulatorOptions, type Venue } from 'rxchange/emulator';
import { filter, first, firstValueFrom, map, scan, take, toArray } from 'rxjs';
import { examples, runExample, type Run } from './run-example.js';

type Follow = (run: Run, venue: Venue) => Promise<void>;

/** Runs a program on an exchange of its own, and ends both. */
const run = async (name: string, follow: Follow, options: EmulatorOptions = {}): Promise<void> => {
  const venue = await emulator({ seed: 1, ...options }).listen();
  const program = runExample(name, venue);
  try {
    await follow(program, venue);
  } finally {
    program.stop();
    await venue.close();
  }
};

/** What the program prints until there is a line for each of the patterns. */
const printedUntil = ({ printed$ }: Run, ...patterns: readonly RegExp[]): Promise<string[]> =>
  firstValueFrom(
    printed$.pipe(
      map((values) => values.join(' ')),
      scan((lines: string[], line) => [...lines, line], []),
      first((lines) => patterns.every((pattern) => lines.some((line) => pattern.test(line)))),
    ),
  );

const nothingInFlight = (program: Run): Promise<unknown> =>
  firstValueFrom(program.exchange().inFlightOrders$.pipe(filter(({ size }) => size === 0)));

const programs: Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>> = {
  'watch-a-market.ts': {
    'prints mid prices as they change': () =>
      run('watch-a-market.ts', async ({ printed$ }) => {
        const prices = await firstValueFrom(printed$.pipe(take(3), toArray()));
        for (const [price] of prices) {
          expect(price).toBeGreaterThan(63_000);
          expect(price).toBeLessThan(65_000);
        }
        expect(new Set(prices.flat()).size).toBeGreaterThan(1);
      }),
  },

  'place-an-order.ts': {
    'follows one order to its end': () =>
      run('place-an-order.ts', async (program, venue) => {
        const lines = await printedUntil(program, /^filled or canceled$/);
        expect(lines[0]).toBe('pending_create 0 ');
        expect(lines.at(-2)).toMatch(/^filled 0\.002 6[34]\d{3}(\.\d+)?$/);
        const orders = venue.orders().map(({ status, price }) => [status, price.toFixed()]);
        expect(orders).toEqual([['filled', '64250.1']]);
      }),

    'tells why there is no order': () =>
      run(
        'place-an-order.ts',
        async (program, venue) => {
          const lines = await printedUntil(program, /^insufficient_funds .+ rx-\S+$/);
          expect(lines).toHaveLength(3);
          expect(lines[1]).toMatch(/^failed 0/);
          expect(venue.orders()).toEqual([]);
        },
        { balances: { USDT: '1' } },
      ),
  },

  'market-maker.ts': {
    'replaces its quotes, and leaves none behind': () =>
      run('market-maker.ts', async (program, venue) => {
        const canceled$ = program
          .exchange()
          .orderUpdates$.pipe(filter(({ state }) => state === 'canceled'));
        await firstValueFrom(canceled$);
        program.stop();
        await nothingInFlight(program);
        const [bid, ask, ...replaced] = venue.orders();
        expect(bid).toMatchObject({ side: 'buy', type: 'limit' });
        expect(ask).toMatchObject({ side: 'sell', type: 'limit' });
        expect(bid!.price.toNumber()).toBeLessThan(ask!.price.toNumber());
        expect(replaced).toHaveLength(2);
        for (const { status } of venue.orders()) expect(status).toMatch(/^(canceled|filled)$/);
      }),
  },

  'account-streams.ts': {
    'shows the order, its fill and what is left': () =>
      run('account-streams.ts', async (program, venue) => {
        await printedUntil(program, /^connected true$/, /^USDT 100000$/);
        program.exchange().buy({ pair: 'BTC-USDT', type: 'market', amount: '0.002' }).subscribe();
        const lines = await printedUntil(program, / filled$/, /^buy /, /^USDT 998\d\d/);
        await nothingInFlight(program);
        const [trade] = venue.trades();
        expect(lines).toContain('in flight 0');
        expect(lines).toContain('in flight 1');
        expect(lines.filter((line) => line.startsWith('buy '))).toEqual([
          `buy 0.002 ${trade!.price.toFixed()} 0.000002 BTC`,
        ]);
      }),
  },

  'run-as-a-service.ts': {
    'cancels every order before it ends': () =>
      run('run-as-a-service.ts', async (program, venue) => {
        await printedUntil(program, /^connected true$/);
        const order$ = program
          .exchange()
          .buy({ pair: 'BTC-USDT', type: 'limit', price: 60_000, amount: '0.002' });
        const { clientOrderId } = await firstValueFrom(
          order$.pipe(first(({ state }) => state === 'open')),
        );
        program.interrupt();
        await program.executed;
        await printedUntil(program, new RegExp(`^${clientOrderId} canceled$`));
        expect(venue.orders().map(({ status }) => status)).toEqual(['canceled']);
      }),
  },

  'emulated-exchange.ts': {
    'trades on an exchange of its own': async () => {
      const program = runExample('emulated-exchange.ts');
      const lines = await printedUntil(program, / at /);
      await program.executed;
      expect(lines[0]).toMatch(/^filled 6[34]\d{3}(\.\d+)?$/);
      expect(lines[1]).toMatch(/^0\.\d+ at 6[34]\d{3}/);
    },
  },
};

describe('the programs of the docs', () => {
  for (const [name, cases] of Object.entries(programs))
    describe(name, () => {
      for (const [title, follow] of Object.entries(cases)) it(title, follow);
    });

  it('are all here', () => {
    expect(Object.keys(programs).sort()).toEqual(readdirSync(examples).sort());
  });
});
