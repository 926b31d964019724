import { LockDoubts, type LockDoubt } from '../../src/account/lock-doubts.js';
import type { BalanceUpdate } from '../../src/core/balance.js';
import { Decimal } from '../../src/core/decimal.js';

/** Of each asset what is locked, of 100 in all unless a total is named. */
type Locked = Readonly<Record<string, number | readonly [locked: number, total: number]>>;

const stated = (locked: Locked, time: number): BalanceUpdate => ({
  kind: 'balances',
  time,
  balances: new Map(
    Object.entries(locked).map(([asset, entry]) => {
      const [amount, total] = typeof entry === 'number' ? [entry, 100] : entry;
      return [asset, { total: new Decimal(total), available: new Decimal(total - amount) }];
    }),
  ),
});

/** A stream that is up since 0, and balances that REST confirmed at 10,000. */
const start = (locked: Locked = { USDT: 0, BTC: 1 }) => {
  const doubts = new LockDoubts();
  /** An answer to a question of 100 ms before; the exchange's clock is the same unless named. */
  const rest = (now: number, what: Locked, time = now - 50): LockDoubt =>
    doubts.confirm({ type: 'rest', update: stated(what, time), requestedAt: now - 100 }, now);
  const told = (now: number, what: Locked, time = now): void =>
    doubts.told(stated(what, time), now);
  doubts.up(0);
  rest(10_000, locked);
  return { doubts, rest, told };
};

describe('what is locked, and the account’s stream did not tell', () => {
  it('is proven by a second answer, 5 s after the first', () => {
    const { rest } = start();
    expect(rest(20_000, { USDT: 7, BTC: 1 })).toBe('suspected');
    expect(rest(24_000, { USDT: 7, BTC: 1 })).toBe('suspected');
    expect(rest(25_100, { USDT: 7, BTC: 1 })).toBe('proven');
  });

  it('may be of an asset that was not held before, or be free again', () => {
    const { rest } = start();
    expect(rest(20_000, { USDT: 0, BTC: 1, ETH: 2 })).toBe('suspected');
    expect(rest(30_000, { USDT: 0, BTC: 1, ETH: 2 })).toBe('proven');
    const other = start();
    expect(other.rest(20_000, { USDT: 0 })).toBe('suspected');
    expect(other.rest(30_000, { USDT: 0 })).toBe('proven');
  });

  it('may contradict what the stream told before', () => {
    const { rest, told } = start();
    told(15_000, { USDT: 7 });
    expect(rest(20_000, { USDT: 3, BTC: 1 })).toBe('suspected');
    expect(rest(30_000, { USDT: 3, BTC: 1 })).toBe('proven');
  });

  it.each<[string, (world: ReturnType<typeof start>) => LockDoubt]>([
    ['as long as nothing differs', ({ rest }) => rest(20_000, { USDT: 0, BTC: 1 })],
    [
      'where a total alone differs, as by dust or an airdrop',
      ({ rest }) => {
        rest(20_000, { USDT: [0, 50], BTC: [1, 200], BNB: [0, 1] });
        return rest(30_000, { USDT: [0, 50], BTC: [1, 200], BNB: [0, 1] });
      },
    ],
    [
      'where the stream tells of it late',
      ({ rest, told }) => {
        rest(20_000, { USDT: 7, BTC: 1 });
        told(24_000, { USDT: 7 }, 19_000);
        return rest(25_100, { USDT: 7, BTC: 1 });
      },
    ],
    [
      'where REST was behind, and is not any more',
      ({ rest, told }) => {
        told(19_000, { USDT: 7 });
        rest(20_000, { USDT: 0, BTC: 1 });
        return rest(25_100, { USDT: 7, BTC: 1 });
      },
    ],
    [
      'where REST states an earlier time than the stream',
      ({ rest, told }) => {
        told(19_000, { USDT: 7 });
        rest(20_000, { USDT: 0, BTC: 1 }, 18_000);
        return rest(30_000, { USDT: 0, BTC: 1 }, 18_000);
      },
    ],
    [
      'where the stream told of it while the answer was on its way',
      ({ rest, told }) => {
        told(20_000, { USDT: 7 }, 9_000);
        return rest(20_050, { USDT: 0, BTC: 1 });
      },
    ],
    [
      'where it was down in between',
      ({ doubts, rest }) => {
        doubts.up(15_000);
        rest(20_100, { USDT: 7, BTC: 1 });
        return rest(30_000, { USDT: 7, BTC: 1 });
      },
    ],
    [
      'while it is down',
      ({ doubts, rest }) => {
        doubts.down();
        rest(20_000, { USDT: 7, BTC: 1 });
        rest(30_000, { USDT: 0, BTC: 1 });
        return rest(40_000, { USDT: 0, BTC: 1 });
      },
    ],
  ])('is not suspected %s', (_, after) => {
    expect(after(start())).toBe('none');
  });

  it('is not compared with an answer from right after the stream came up', () => {
    const doubts = new LockDoubts();
    const ask = (requestedAt: number, what: Locked): LockDoubt =>
      doubts.confirm({ type: 'rest', update: stated(what, 0), requestedAt }, requestedAt);
    doubts.up(0);
    ask(4_999, { USDT: 0 });
    expect(ask(5_000, { USDT: 7 })).toBe('none');
    expect(ask(20_000, { USDT: 8 })).toBe('suspected');
  });

  it('is suspected anew where each answer says something else', () => {
    const { rest } = start();
    expect(rest(20_000, { USDT: 7, BTC: 1 })).toBe('suspected');
    expect(rest(30_000, { USDT: 8, BTC: 1 })).toBe('suspected');
    expect(rest(40_000, { USDT: 8, BTC: 1 })).toBe('proven');
  });
});
