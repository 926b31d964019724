import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from 'rxchange';
import { examples } from './run-example.js';
import { runInFakeTime, type FakeWorld, type FakeWorldOptions } from './run-in-fake-time.js';

const SECOND = 1_000;
const MINUTE = 60_000;

/** A recipe, what is done to it, and on which exchanges. */
type Recipe = readonly [
  does: string,
  follow: (world: FakeWorld) => Promise<void>,
  options?: FakeWorldOptions,
];

const statuses = ({ spot }: FakeWorld): readonly string[] =>
  spot.engine.orders(spot.accountId).map(({ side, status }) => `${side} ${status}`);

/** How many of the account's orders are open. */
const open = (world: FakeWorld): number =>
  statuses(world).filter((status) => /new|open|partially/.test(status)).length;

/** What the account's trades come to. */
const executed = ({ spot }: FakeWorld): { readonly amount: Decimal; readonly quote: Decimal } =>
  spot.engine.trades(spot.accountId).reduce(
    ({ amount, quote }, trade) => ({
      amount: amount.plus(trade.amount),
      quote: quote.plus(trade.price.times(trade.amount)),
    }),
    { amount: new Decimal(0), quote: new Decimal(0) },
  );

/** A market of nobody but those whom the test lets trade. */
const still: FakeWorldOptions = { traders: false };

/** Puts a bid and an ask around a price. */
const quoteAround = ({ spot }: FakeWorld, price: number, amount = '1'): void => {
  const trader = spot.control.trader('maker');
  trader.cancelAll();
  trader.limit('buy', price - 10, amount);
  trader.limit('sell', price + 10, amount);
};

/** Quotes at two prices, one after the other. */
const alternating = (lines: readonly string[], names: readonly [string, string]): void => {
  expect(lines.length).toBeGreaterThan(1);
  lines.forEach((line, index) => expect(line).toBe(lines[index % 2]));
  expect([...new Set(lines)].sort()).toEqual([...names].sort());
};

const bothSides = async (world: FakeWorld): Promise<void> => {
  await world.pass(MINUTE);
  expect(world.lines.filter((line) => /^(buy|sell) open 6\d{4}/.test(line)).length).toBeGreaterThan(
    3,
  );
  expect(statuses(world)).toContain('buy canceled');
  expect(statuses(world)).toContain('sell canceled');
  expect(open(world)).toBeLessThanOrEqual(2);
};

const recipes: Readonly<Record<string, Recipe>> = {
  'wide-spread.ts': [
    'tells when the spread becomes wide and narrow',
    async ({ lines, pass }) => {
      await pass(MINUTE);
      alternating(lines, ['narrow', 'wide']);
    },
  ],
  'candles.ts': [
    'tells each whole minute',
    async ({ lines, pass }) => {
      await pass(4 * MINUTE);
      const times = lines.map((line) => line.split(' ')[0]);
      expect(times).toEqual(['07', '08', '09'].map((minute) => `2026-03-04T05:${minute}:00.000Z`));
    },
  ],
  'bands.ts': [
    'tells where the price is',
    async ({ lines, pass }) => {
      await pass(2 * MINUTE);
      expect(lines).toContain('in the band');
      expect(lines).toContain('above the band');
    },
  ],
  'trade-flow.ts': [
    'tells who presses',
    async ({ spot, lines, pass }) => {
      spot.control.trader('maker').limit('sell', 64_000, 100);
      const taker = spot.control.trader('taker');
      for (let trade = 0; trade < 12; trade += 1) {
        taker.market('buy', 1);
        await pass(SECOND);
      }
      expect(lines).toEqual(['pressing: buyers']);
    },
    still,
  ],
  'requote-on-moves.ts': ['quotes both sides', bothSides],
  'width-by-volatility.ts': ['quotes both sides', bothSides],
  'skew-by-inventory.ts': [
    'quotes lower when it holds more',
    async (world) => {
      const { spot, lines, pass } = world;
      quoteAround(world, 64_000);
      await pass(5 * SECOND);
      expect(lines).toContain('buy open 63936');
      spot.control.deposit('BTC', '0.06');
      await pass(5 * SECOND);
      expect(lines).toContain('buy open 63897.64'); // from 0.06 % lower
      expect(open(world)).toBe(2);
    },
    still,
  ],
  'pause-on-gaps.ts': [
    'has no bid while the book is out of step',
    async (world) => {
      const { spot, lines, pass } = world;
      quoteAround(world, 64_000);
      await pass(5 * SECOND);
      expect(lines).toEqual(['quoting', 'pending_create', 'open']);
      spot.network.refuseSockets(true);
      spot.network.disconnect('/stream');
      await pass(SECOND);
      expect(lines.at(-1)).toBe('paused');
      expect(open(world)).toBe(0);
      spot.network.refuseSockets(false);
      await pass(MINUTE);
      expect(lines.slice(3)).toEqual(['paused', 'quoting', 'pending_create', 'open']);
      expect(open(world)).toBe(1);
    },
    still,
  ],
  'twap.ts': [
    'buys in ten parts',
    async (world) => {
      await world.pass(9 * MINUTE + 5 * SECOND);
      expect(world.lines).toHaveLength(10);
      const { amount, quote } = executed(world);
      expect(world.lines.at(-1)).toBe(`0.5 at ${quote.div(amount).toFixed(2)}`);
    },
  ],
  'limit-then-market.ts': [
    'buys by limit first, then the rest at the market',
    async (world) => {
      quoteAround(world, 64_000);
      await world.pass(5 * SECOND);
      const maker = world.spot.control.trader('maker');
      maker.cancelAll();
      world.spot.control.trader('taker').market('sell', '0.02');
      maker.limit('sell', 64_100, 1);
      await world.pass(40 * SECOND);
      expect(world.lines).toEqual([
        'by limit 0.02',
        'market pending_create 0',
        'market open 0',
        'market filled 0.03',
      ]);
      expect(statuses(world)).toEqual(['buy canceled', 'buy filled']);
    },
    still,
  ],
  'stop-loss.ts': [
    'sells below the price, once',
    async (world) => {
      quoteAround(world, 64_000);
      await world.pass(5 * SECOND);
      expect(statuses(world)).toEqual([]);
      quoteAround(world, 62_900);
      await world.pass(5 * SECOND);
      quoteAround(world, 64_000);
      quoteAround(world, 62_900);
      await world.pass(5 * SECOND);
      expect(world.lines.at(-1)).toBe('filled 62890');
      expect(statuses(world)).toEqual(['sell filled']);
    },
    still,
  ],
  'profit-or-stop.ts': [
    'cancels the profit and sells the rest when the price falls',
    async (world) => {
      quoteAround(world, 64_000);
      await world.pass(5 * SECOND);
      world.spot.control.trader('taker').limit('buy', 65_000, '1.04'); // 1 of the maker, 0.04 of ours
      await world.pass(SECOND);
      quoteAround(world, 62_900);
      await world.pass(5 * SECOND);
      expect(world.lines.at(-1)).toBe('market filled 0.06');
      expect(statuses(world)).toEqual(['sell canceled', 'sell filled']);
    },
    still,
  ],
  'grid.ts': [
    'answers each fill on the other side',
    async ({ spot, lines, pass }) => {
      await pass(5 * SECOND);
      const taker = spot.control.trader('taker');
      taker.market('sell', '0.002');
      await pass(SECOND);
      taker.market('buy', '0.002');
      await pass(SECOND);
      expect(lines).toEqual(['buy filled 63900', 'sell filled 64000']);
      const resting = spot.engine.orders(spot.accountId).filter(({ status }) => status === 'new');
      expect(resting.map(({ price }) => price.toFixed()).sort()).toEqual([
        '63700',
        '63800',
        '63900',
      ]);
    },
    still,
  ],
  'retry.ts': [
    'buys once, after the exchange is back',
    async (world) => {
      await world.pass(15 * SECOND);
      expect(world.lines).toContain('failed'); // no rules within 10 s
      world.spot.control.maintenance(false);
      await world.pass(MINUTE);
      expect(world.lines.at(-1)).toBe('filled');
      expect(statuses(world)).toEqual(['buy filled']);
    },
    {
      ...still,
      before: ({ control }) => {
        control.trader('maker').limit('sell', 64_000, 1);
        control.maintenance(true);
      },
    },
  ],
  'profit-and-loss.ts': [
    'tells what trading has brought',
    async (world) => {
      const { lines, pass, program } = world;
      quoteAround(world, 64_000);
      await pass(5 * SECOND);
      program.exchange().buy({ pair: 'BTC-USDT', type: 'market', amount: '0.1' }).subscribe();
      await pass(5 * SECOND);
      // Half the spread of 20 on 0.1, and a fee of 0.0001 BTC.
      expect(lines.at(-1)).toBe('profit -7.40 USDT');
    },
    still,
  ],
  'loss-limit.ts': [
    'bids no more below the limit, and leaves nothing open',
    async (world) => {
      quoteAround(world, 64_000);
      await world.pass(5 * SECOND);
      expect(open(world)).toBe(1);
      quoteAround(world, 63_700);
      await world.pass(5 * SECOND);
      expect(world.lines.at(-1)).toBe('stopped');
      expect(open(world)).toBe(0);
    },
    still,
  ],
  'rebalance.ts': [
    'makes both halves equal, every hour',
    async (world) => {
      quoteAround(world, 64_000);
      await world.pass(5 * SECOND);
      expect(world.lines).toHaveLength(1);
      expect(world.lines[0]).toMatch(/^sell for 1399\d\.\d\d$/);
      quoteAround(world, 66_000);
      await world.pass(60 * MINUTE);
      expect(world.lines).toHaveLength(2);
    },
    still,
  ],
  'basis.ts': [
    'tells how far apart the two are',
    async ({ spot, perpetual, lines, pass }) => {
      for (const [{ control }, price] of [
        [spot, 64_000],
        [perpetual, 64_064],
      ] as const) {
        control.trader('maker').limit('buy', price - 10, 1);
        control.trader('maker').limit('sell', price + 10, 1);
      }
      await pass(5 * SECOND);
      expect(lines).toEqual(['basis 10.0 bp']);
    },
    still,
  ],
  'funding-signal.ts': [
    'is short while longs pay a lot',
    async ({ perpetual, lines, pass }) => {
      await pass(5 * SECOND);
      expect(lines).toEqual([]);
      perpetual.control.setFundingRate('BTCUSDT', '0.0005');
      await pass(5 * SECOND);
      expect(lines).toContain('sell to open filled');
      perpetual.control.setFundingRate('BTCUSDT', '0.0001');
      await pass(5 * SECOND);
      expect(lines).toContain('buy to close filled');
      const positions = perpetual.engine.positions(perpetual.accountId);
      expect(positions.filter(({ amount }) => !amount.isZero())).toEqual([]);
    },
    { perpetual: true },
  ],
  'net-exposure.ts': [
    'adds what is held and what is short',
    async ({ program, lines, pass }) => {
      await pass(5 * SECOND);
      const market = { pair: 'BTC-USDT', type: 'market', amount: '0.5' } as const;
      program.exchanges().at(1)?.sell(market).subscribe();
      await pass(5 * SECOND);
      expect(lines).toEqual(['exposed to 2 BTC', 'exposed to 1.5 BTC']);
    },
    { perpetual: true },
  ],
  'sniper.ts': [
    'buys when the levels are cheap enough',
    async (world) => {
      quoteAround(world, 64_100);
      await world.pass(5 * SECOND);
      expect(world.lines).toEqual([]);
      quoteAround(world, 64_000);
      await world.pass(5 * SECOND);
      expect(world.lines).toEqual(['0.5 at 64010.00']);
    },
    still,
  ],
};

describe('the recipes of the cookbook', () => {
  for (const [name, [does, follow, options]] of Object.entries(recipes))
    it(`${name} ${does}`, () => runInFakeTime(`cookbook/${name}`, follow, options));

  it('are all here', () => {
    expect(Object.keys(recipes).sort()).toEqual(readdirSync(join(examples, 'cookbook')).sort());
  });
});
