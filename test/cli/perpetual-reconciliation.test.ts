import type { PerpetualBooks } from '../../src/cli/books.js';
import { carryLine, carryStatement } from '../../src/cli/carry-statement.js';
import { reconcilePerpetual, type PerpetualTruth } from '../../src/cli/perpetual-reconciliation.js';
import { Decimal } from '../../src/core/decimal.js';
import { createCarryWorld } from './carry-world.js';

/** The books of a client that closed a position once, was paid twice, and has one again. */
const traded = () => {
  const world = createCarryWorld();
  world.start();
  world.advance(8_000);
  world.setRate('-0.0001');
  world.advance(3_000);
  world.setRate('0.0001');
  world.advance(2_000);
  world.stopMarkets();
  world.advance(10_000);
  return { ...world, perpetual: world.books.perpetual };
};
const { truth, perpetual: books, books: both } = traded();

const withBooks = (change: Partial<PerpetualBooks>): readonly string[] =>
  reconcilePerpetual({ ...books, ...change }, truth).map(({ what }) => what.replace(/ \d+.*/, ''));
const withTruth = (change: Partial<PerpetualTruth>): readonly string[] =>
  reconcilePerpetual(books, { ...truth, ...change }).map(({ what }) => what.replace(/ \d+.*/, ''));

const changeFirst = <T>(items: readonly T[], change: (item: T) => Partial<T>): readonly T[] =>
  items.map((item, index) => (index === 0 ? { ...item, ...change(item) } : item));

const TINY = '0.00000001';

describe('reconcilePerpetual', () => {
  it('finds nothing where the books are right', () => {
    expect(truth.positions()).toHaveLength(1);
    expect(truth.fundingPayments()).toHaveLength(2);
    expect(truth.realizedPnl().isZero()).toBe(false);
    expect(reconcilePerpetual(books, truth)).toEqual([]);
  });

  it('finds a position that differs, and one that only one side has', () => {
    const positions = changeFirst(truth.positions(), ({ entryPrice }) => ({
      entryPrice: entryPrice.plus(TINY),
    }));
    const name = 'position BTCUSDT net';
    expect(withTruth({ positions: () => positions })).toEqual([name]);
    expect(withTruth({ positions: () => [] })).toEqual([name]);
    expect(withBooks({ positions: () => new Map() })).toEqual([name]);
  });

  it('finds a payment that differs, is missing, or was told twice', () => {
    const [first, second] = books.payments;
    const name = 'funding of BTCUSDT at';
    const changed = changeFirst(books.payments, ({ amount }) => ({ amount: amount.plus(TINY) }));
    expect(withBooks({ payments: changed })).toEqual(['sum of USDT', name]);
    expect(withBooks({ payments: [second!] })).toEqual(['sum of USDT', name]);
    expect(withBooks({ payments: [first!, first!, second!] })).toEqual(['sum of USDT', name]);
    const moved = changeFirst(books.payments, ({ time }) => ({ time: time + 1 }));
    expect(withBooks({ payments: moved })).toEqual([name, name]);
  });

  it('tells two payments of one time apart', () => {
    const twice = truth
      .fundingPayments()
      .flatMap((one) => [one, { ...one, payment: one.payment.negated() }]);
    const payments = books.payments.flatMap((one) => [
      { ...one, amount: one.amount.negated() },
      one,
    ]);
    const found = reconcilePerpetual(
      { ...books, payments },
      { ...truth, fundingPayments: () => twice },
    );
    expect(found.map(({ what }) => what)).toEqual(['sum of USDT']);
  });

  it('finds a profit that was realized otherwise', () => {
    const fills = books.fills.map((fill) => ({ ...fill, realizedPnl: new Decimal(TINY) }));
    expect(new Set(withBooks({ fills }))).toEqual(
      new Set(['fill', 'sum of USDT', 'realized profit']),
    );
  });

  it('finds a balance that is not what was told', () => {
    const balances = new Map(
      Array.from(truth.balances(), ([asset, balance]) => [
        asset,
        { ...balance, locked: balance.locked.plus(TINY) },
      ]),
    );
    expect(withTruth({ balances: () => balances })).toEqual(['balance of USDT', 'sum of USDT']);
  });
});

describe('the statement of a carry', () => {
  it('tells of both markets, of funding, and whether all agrees', () => {
    const text = carryStatement(both, 'BTC-USDT', []);
    expect(text).toMatch(/the spot market\n {2}orders +3: 3 filled\n/);
    expect(text).toMatch(/the perpetual\n {2}orders +3: 3 filled\n/);
    expect(text.match(/traded +0\.15 BTC/g)).toHaveLength(2);
    expect(text).toMatch(/funding +2 payments, 0\.6\d+ USDT/);
    expect(text).toMatch(/reconciliation +exact: .*funding payments agree/);
    const difference = { what: 'perpetual: balance of USDT', client: '1', exchange: '2' };
    expect(carryStatement(both, 'BTC-USDT', [difference])).toMatch(/FAILED: 1 differences/);
  });

  it('has a line for the moment', () => {
    const price = new Decimal(64_000);
    const info = {
      pair: 'BTC-USDT',
      markPrice: price,
      indexPrice: price,
      rate: new Decimal('0.000123'),
      nextFundingTime: 0,
      time: 0,
    } as const;
    expect(carryLine(both, info, 7)).toMatch(
      /^ {2}7 s \| mark 64000 \| +funding 0.0123 % \| perpetual -0.05, spot 0.05 BTC +\| 6 orders \| \d+ fills \| 2 payments, 0.6\d+ USDT$/,
    );
  });
});
