import fc from 'fast-check';
import { HeldTrades } from '../../src/connector/held-trades.js';
import type { PublicTrade } from '../../src/core/trade.js';
import { tradesInSequence } from '../../src/core/links.js';
import { decimal } from '../exchanges/binance/support.js';

const trade = (id: number): PublicTrade => ({
  pair: 'BTC-USDT',
  tradeId: `${id}`,
  side: 'buy',
  price: decimal('1'),
  amount: decimal('1'),
  time: id,
});

const holding = (...ids: readonly number[]): HeldTrades => {
  const held = new HeldTrades(tradesInSequence);
  ids.forEach((id) => held.add(trade(id)));
  return held;
};

const ids = (found: readonly PublicTrade[]): readonly number[] =>
  found.map(({ tradeId }) => Number(tradeId));

describe('trades that wait', () => {
  it('stand in their order, each once, however they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 })), (some) => {
        expect(ids(holding(...some).takeAll('0'))).toEqual(
          [...new Set(some)].sort((one, other) => one - other),
        );
      }),
    );
  });

  it('are given out up to the first hole', () => {
    const held = holding(3, 4, 6, 2);
    expect(ids(held.takeFollowing('0'))).toEqual([]);
    expect(ids(held.takeFollowing('1'))).toEqual([2, 3, 4]);
    expect(held.first?.tradeId).toBe('6');
    expect(ids(held.takeFollowing('5'))).toEqual([6]);
    expect(held.first).toBeUndefined();
  });

  it('are not given out where they were told already', () => {
    const held = holding(3, 4, 5);
    expect(ids(held.takeFollowing('4'))).toEqual([5]);
    expect(ids(holding(3, 4, 7).takeAll('3'))).toEqual([4, 7]);
  });

  it('follow where there is no hole before or between them', () => {
    expect(holding(2, 3).allFollow('1')).toBe(true);
    expect(holding(1, 2, 3).allFollow('2')).toBe(true);
    expect(holding(2, 4).allFollow('1')).toBe(false);
    expect(holding(3).allFollow('1')).toBe(false);
    expect(holding(3).allFollow(undefined)).toBe(true);
    expect(holding().allFollow('1')).toBe(false);
  });

  it('are 1,000 at the most, the latest', () => {
    const held = holding(...Array.from({ length: 1_200 }, (_, at) => at));
    expect(held.first?.tradeId).toBe('200');
  });
});
