import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decimal, type OrderRequest } from 'rxchange';
import { binance } from 'rxchange/binance';
import type { Venue } from 'rxchange/emulator';
import { fileStore } from 'rxchange/store';
import { filter, first, firstValueFrom, lastValueFrom, map, take, toArray } from 'rxjs';
import { examples, runExample, type Run } from './run-example.js';
import { onVenue, printedUntil, run, runPerpetual, textOf } from './run-on-venue.js';

const nothingInFlight = (program: Run): Promise<unknown> =>
  firstValueFrom(program.exchange().inFlightOrders$.pipe(filter(({ size }) => size === 0)));

const bid = {
  pair: 'BTC-USDT',
  type: 'limit',
  price: '60000',
  amount: '0.002',
} as const satisfies OrderRequest;

/** Somebody else takes the bid. */
const takeBid = ({ engine }: Venue): void => {
  const amount = new Decimal(bid.amount);
  engine.deposit('rival', 'BTC', amount);
  engine.place('rival', {
    symbol: 'BTCUSDT',
    clientOrderId: 'rival-1',
    side: 'sell',
    type: 'market',
    amount,
  });
};

const price = /6[34]\d{3}(\.\d+)?/.source;

const programs: Readonly<Record<string, (name: string) => void>> = {
  'watch-a-market.ts': (name) => {
    it('prints mid prices as they change', () =>
      run(name, async ({ printed$ }) => {
        const lines = await firstValueFrom(printed$.pipe(map(textOf), take(3), toArray()));
        for (const line of lines) expect(line).toMatch(new RegExp(`^${price}$`));
        expect(new Set(lines).size).toBeGreaterThan(1);
      }));
  },

  'place-an-order.ts': (name) => {
    it('follows one order to its end', () =>
      run(name, async (program, venue) => {
        const lines = await printedUntil(program, /^filled or canceled$/);
        expect(lines[0]).toBe('pending_create 0 ');
        expect(lines.at(-2)).toMatch(new RegExp(`^filled 0.002 ${price}$`));
        const orders = venue.orders().map((order) => [order.status, order.price.toFixed()]);
        expect(orders).toEqual([['filled', '64250.1']]);
      }));

    it('tells why there is no order', () =>
      run(
        name,
        async (program, venue) => {
          const lines = await printedUntil(program, /^insufficient_funds .+ rx-\S+$/);
          expect(lines.map((line) => line.split(' ')[0])).toEqual([
            'pending_create',
            'failed',
            'insufficient_funds',
          ]);
          expect(venue.orders()).toEqual([]);
        },
        { balances: { USDT: '1' } },
      ));
  },

  'market-maker.ts': (name) => {
    it('replaces its quotes, and leaves none behind', () =>
      run(name, async (program, venue) => {
        const { orderUpdates$ } = program.exchange();
        await firstValueFrom(orderUpdates$.pipe(filter(({ state }) => state === 'canceled')));
        program.stop();
        await nothingInFlight(program);
        const orders = venue.orders();
        const [low, high] = orders.slice(0, 2).sort((a, b) => a.price.comparedTo(b.price)!);
        expect([low?.side, high?.side]).toEqual(['buy', 'sell']);
        expect(orders.length).toBeGreaterThan(2);
        for (const { status } of orders) expect(status).toMatch(/^(canceled|filled)$/);
      }));
  },

  'account-streams.ts': (name) => {
    it('shows the order, its fill and what is left', () =>
      run(name, async (program, venue) => {
        await printedUntil(program, /^connected true$/, /^USDT 100000$/);
        program.exchange().buy({ pair: 'BTC-USDT', type: 'market', amount: '0.002' }).subscribe();
        const lines = await printedUntil(program, / filled$/, /^buy /, /^USDT 998\d\d/);
        expect(lines).toContain('in flight 1');
        expect(lines.filter((line) => line.startsWith('buy '))).toEqual([
          `buy 0.002 ${venue.trades()[0]!.price.toFixed()} 0.000002 BTC`,
        ]);
      }));
  },

  'run-as-a-service.ts': (name) => {
    it('cancels every order before it ends', () =>
      run(name, async (program, venue) => {
        await printedUntil(program, /^connected true$/);
        const order$ = program.exchange().buy(bid);
        const order = await firstValueFrom(order$.pipe(first(({ state }) => state === 'open')));
        program.interrupt();
        await program.executed;
        await printedUntil(program, new RegExp(`^${order.clientOrderId} canceled$`));
        expect(venue.orders().map(({ status }) => status)).toEqual(['canceled']);
      }));
  },

  'restart.ts': (name) => {
    const directory = mkdtempSync(join(tmpdir(), 'rxchange-'));
    afterAll(() => rmSync(directory, { recursive: true }));

    it('delivers the fills that happened while there was no process, once', () =>
      onVenue({ traders: false }, async (venue) => {
        const { domain, credentials } = venue;
        const store = fileStore(join(directory, 'before.jsonl'));
        const order$ = binance({ domain, credentials, store }).buy(bid);
        await firstValueFrom(order$.pipe(first(({ state }) => state === 'open')));
        // What a process that dies here leaves behind.
        copyFileSync(join(directory, 'before.jsonl'), join(directory, 'orders.jsonl'));
        takeBid(venue);
        const { clientOrderId } = await lastValueFrom(order$);

        const program = runExample(name, { venue, directory });
        const filled = `${clientOrderId} ${bid.amount}`;
        await printedUntil(program, new RegExp(`^${filled}$`));
        await nothingInFlight(program);
        program.stop();
        const lines = await lastValueFrom(program.printed$.pipe(map(textOf), toArray()));
        expect(lines.filter((line) => !line.startsWith('in flight'))).toEqual([filled]);
      }));
  },

  'perpetuals.ts': (name) => {
    it('shows the funding, its payments and the position', () =>
      runPerpetual(name, async (program, venue) => {
        await printedUntil(
          program,
          /^funding 0\.0001 20\d\d-\S+Z$/,
          new RegExp(`^prices ${price} ${price}$`),
          /^position none $/,
          /^position -0\.01 -?\d/,
        );
        expect(venue.engine.leverage(venue.accountId, 'BTCUSDT')).toBe(5);
        venue.control.settleFunding('BTCUSDT');
        const [paid] = venue.fundingPayments();
        const amount = paid!.payment.toFixed();
        await printedUntil(program, new RegExp(`^payment BTC-USDT ${amount} USDT$`));
      }));
  },

  'hedge-mode.ts': (name) => {
    it('holds a long and a short position, and closes one', () =>
      runPerpetual(name, async (program, venue) => {
        await program.executed;
        await printedUntil(program, /^long 0 short -0\.01$/);
        expect(venue.positions()).toMatchObject([{ side: 'short' }]);
        expect(venue.orders().map(({ positionSide }) => positionSide)).toEqual([
          'long',
          'short',
          'long',
        ]);
      }));
  },

  'margin-budget.ts': (name) => {
    it('tells what the account affords by its leverage', () =>
      runPerpetual(name, async (program) => {
        // 100,000 USDT at a leverage of 10, less the fee of 0.05 %, buy 16.583 BTC at 60,000.
        const lines = await printedUntil(program, /^fee /);
        expect(lines).toEqual(['affordable 16.583', 'margin 99498 USDT', 'fee 497.49 USDT']);
      }));
  },

  'emulated-exchange.ts': (name) => {
    it('trades on an exchange of its own', async () => {
      const program = runExample(name);
      await program.executed;
      const lines = await printedUntil(program, / at /);
      expect(lines[0]).toMatch(new RegExp(`^filled ${price}$`));
      expect(lines[1]).toMatch(new RegExp(`^0.\\d+ at ${price}`));
    });
  },
};

describe('the programs of the docs', () => {
  for (const [name, cases] of Object.entries(programs)) describe(name, () => cases(name));

  it('are all run', () => {
    const tests = readdirSync(__dirname)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(__dirname, name), 'utf8'));
    const programs = readdirSync(examples).filter((name) => name.endsWith('.ts'));
    const unused = programs.filter((name) => !tests.some((test) => test.includes(`'${name}'`)));
    expect(unused).toEqual([]);
  });
});
