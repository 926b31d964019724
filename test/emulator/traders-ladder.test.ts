import { requote, type Slot, slotsAround } from '../../src/emulator/traders-ladder.js';

const ladder = { slotWidth: 10, levels: 2, halfSpread: 0.01 };

const slot = (side: Slot['side'], index: number): Slot => ({ side, index });

describe('the slots around a fair price', () => {
  it.each<[string, number, readonly Slot[]]>([
    [
      'outside of the spread',
      1_000,
      [slot('buy', 98), slot('sell', 101), slot('buy', 97), slot('sell', 102)],
    ],
    ['above zero', 15, [slot('sell', 2), slot('sell', 3)]],
  ])('are %s', (_, fairPrice, slots) => {
    expect(slotsAround(fairPrice, ladder)).toEqual(slots);
  });

  it('never let a bid meet an ask', () => {
    for (let fairPrice = 100; fairPrice < 200; fairPrice += 0.37) {
      const slots = slotsAround(fairPrice, { ...ladder, halfSpread: 0 });
      const bids = slots.filter(({ side }) => side === 'buy').map(({ index }) => index * 10 + 9);
      const asks = slots.filter(({ side }) => side === 'sell').map(({ index }) => index * 10);
      expect(Math.max(...bids)).toBeLessThan(fairPrice);
      expect(Math.min(...asks)).toBeGreaterThanOrEqual(fairPrice);
    }
  });
});

describe('quoting anew', () => {
  const quotes = [slot('buy', 1), slot('buy', 2), slot('sell', 3)];
  const slots = [slot('buy', 2), slot('sell', 3), slot('buy', 3)];

  it('cancels what is outside and fills what is empty', () => {
    expect(requote(quotes, slots, () => true)).toEqual({
      stale: [slot('buy', 1)],
      missing: [slot('buy', 3)],
    });
  });

  it('replaces what is not to be kept', () => {
    expect(requote(quotes, slots, ({ side }) => side === 'buy')).toEqual({
      stale: [slot('buy', 1), slot('sell', 3)],
      missing: [slot('sell', 3), slot('buy', 3)],
    });
  });
});
