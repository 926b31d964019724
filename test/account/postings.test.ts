import { noBalances, type BalanceEvent, type BalanceState } from '../../src/account/balances.js';
import { applyBalances } from '../../src/account/balances.js';
import { Postings, type Change } from '../../src/account/postings.js';
import { Decimal } from '../../src/core/decimal.js';

const T = 1_700_000_000_000;

const held = (total: number, available = total) => ({
  total: new Decimal(total),
  available: new Decimal(available),
});

const stream = (time: number, assets: readonly string[] = ['USDT']): BalanceEvent => ({
  type: 'stream',
  update: { kind: 'balances', balances: new Map(assets.map((asset) => [asset, held(9)])), time },
  receivedAt: time,
});

const rest = (time: number, requestedAt: number): BalanceEvent => ({
  type: 'rest',
  update: { kind: 'balances', balances: new Map([['USDT', held(9)]]), time },
  requestedAt,
});

const lock = (amount: number, asset = 'USDT'): Change => ({
  asset,
  available: new Decimal(-amount),
  total: new Decimal(0),
});

/** What of 100 USDT is available. */
const available = (postings: Postings, asset = 'USDT') =>
  postings.balance(asset, held(100)).available.toNumber();

describe('what has not been stated', () => {
  it('is taken from what is available, asset by asset', () => {
    const postings = new Postings();
    postings.put('a', lock(30));
    postings.put('b', lock(20));
    postings.put('c', lock(5, 'BTC'));
    expect([available(postings), available(postings, 'BTC')]).toEqual([50, 95]);
    expect(postings.balance('USDT', held(100)).total.toNumber()).toBe(100);
  });

  it('never leaves less than nothing, and may be of what nothing was stated', () => {
    const postings = new Postings();
    postings.put('a', lock(130));
    expect(available(postings)).toBe(0);
    expect(postings.balance('USDT', undefined)).toEqual(held(0));
    postings.put('b', { asset: 'ETH', available: new Decimal(2), total: new Decimal(2) });
    expect(postings.balances(new Map([['USDT', held(200)]]))).toEqual(
      new Map([
        ['USDT', held(200, 70)],
        ['ETH', held(2)],
      ]),
    );
  });

  it('can be replaced and taken back', () => {
    const postings = new Postings();
    postings.put('a', lock(30));
    postings.replace('a', lock(10));
    expect([available(postings), postings.get('a')?.asset]).toEqual([90, 'USDT']);
    postings.remove('a');
    postings.replace('a', lock(10));
    expect([available(postings), postings.get('a')]).toEqual([100, undefined]);
  });
});

describe('a statement includes', () => {
  interface Known {
    /** The exchange's time of it, and when it was known here; left out while it is on its way. */
    readonly happened?: readonly [time: number, knownAt: number];
    readonly told?: boolean;
  }
  it.each<[what: string, known: Known, event: BalanceEvent, includes: boolean]>([
    ['of the stream nothing that is on its way', {}, stream(T), false],
    ['of the stream what was earlier', { happened: [T - 1, T] }, stream(T), true],
    ['of the stream not all of the same ms', { happened: [T, T] }, stream(T), false],
    ['of the stream what it told of', { happened: [T, T], told: true }, stream(T), true],
    ['of the stream what it told of, unknown else', { told: true }, stream(T), true],
    ['of the stream nothing later', { happened: [T + 1, T] }, stream(T), false],
    ['of the stream no other asset', { happened: [T - 1, T] }, stream(T, ['BTC']), false],
    ['of REST nothing that is on its way', {}, rest(T, T + 1e6), false],
    ['of REST what was earlier', { happened: [T - 1, T] }, rest(T, T - 9), true],
    ['of REST what was known before', { happened: [T, T] }, rest(T, T), true],
    ['of REST not all of the same ms', { happened: [T, T] }, rest(T, T - 1), false],
    ['of REST nothing later', { happened: [T + 1, T] }, rest(T, T + 9), false],
    ['of REST what is 5 s old', { happened: [T + 1, T] }, rest(T, T + 5_000), true],
  ])('%s', (_, { happened, told = false }, event, includes) => {
    const postings = new Postings();
    postings.put('a', lock(30));
    if (happened !== undefined) postings.happened('a', { time: happened[0], knownAt: happened[1] });
    if (told) postings.told('a');
    postings.cover(noBalances, event);
    expect(available(postings)).toBe(includes ? 100 : 70);
  });

  it('nothing where it is outdated itself', () => {
    const state: BalanceState = applyBalances(noBalances, stream(T + 5));
    for (const event of [stream(T + 4), rest(T + 9, T + 5)]) {
      const postings = new Postings();
      postings.put('a', lock(30));
      postings.happened('a', { time: T, knownAt: T });
      postings.cover(state, event);
      expect(available(postings)).toBe(70);
    }
  });

  it('what happened at its first moment, whatever is told later', () => {
    const postings = new Postings();
    postings.put('a', lock(30));
    postings.happened('a', { time: T, knownAt: T });
    postings.happened('a', { time: T + 100, knownAt: T + 100 });
    postings.replace('a', lock(20));
    postings.cover(noBalances, stream(T + 1));
    expect(available(postings)).toBe(100);
  });
});

it('forgets what has happened, and keeps what is on its way', () => {
  const postings = new Postings();
  postings.put('a', lock(30));
  postings.put('b', lock(20));
  postings.happened('a', { time: T, knownAt: T });
  postings.forget();
  expect(available(postings)).toBe(80);
});
