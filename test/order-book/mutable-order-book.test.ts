import fc from 'fast-check';
import type { LevelMessage } from '../../src/core/book-message.js';
import type { BookSideName } from '../../src/order-book/book-side.js';
import { MutableOrderBook } from '../../src/order-book/mutable-order-book.js';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { diffBuffer } from './buffers.js';
import { sortedNaive } from './naive-book.js';

interface Sides {
  readonly bids: readonly LevelMessage[];
  readonly asks: readonly LevelMessage[];
}

const bookOf = ({ bids, asks }: Sides): MutableOrderBook => {
  const book = new MutableOrderBook('BTC-USDT');
  book.replace({ updateId: 7, bids, asks });
  return book;
};

const sample: Sides = {
  bids: [
    [99, 1],
    [98, 2],
    [95, 4],
  ],
  asks: [
    [101, 1],
    [103, 2],
    [104, 4],
  ],
};

describe('an order book', () => {
  const book: OrderBook = bookOf(sample);

  it('tells its top', () => {
    expect(book.bestBid).toEqual({ price: 99, amount: 1 });
    expect(book.bestAsk).toEqual({ price: 101, amount: 1 });
    expect([book.midPrice, book.spread, book.isCrossed]).toEqual([100, 2, false]);
  });

  it.each<[string, unknown, unknown]>([
    [
      'levels of the bids',
      book.levels('bids', 2),
      [
        { price: 99, amount: 1 },
        { price: 98, amount: 2 },
      ],
    ],
    ['levels of the asks', book.levels('asks', 1), [{ price: 101, amount: 1 }]],
    ['no levels', book.levels('asks', 0), []],
    ['no levels for a negative depth', book.levels('asks', -1), []],
    ['all levels', book.levels('asks', 10).length, 3],
    ['depth', [book.depthOf('bids'), book.depthOf('asks')], [3, 3]],
    ['amount at a price', book.amountAt('bids', 98), 2],
    ['amount between prices', book.amountAt('bids', 97), 0],
    ['amount of the other side', book.amountAt('bids', 101), 0],
    ['volume up to a level', book.volumeUpTo('asks', 103), 3],
    ['volume up to between levels', book.volumeUpTo('bids', 96), 3],
    ['volume before the best', book.volumeUpTo('asks', 100), 0],
    ['volume beyond the last', book.volumeUpTo('bids', 1), 7],
    ['volume up to no price', book.volumeUpTo('bids', NaN), 0],
    ['price within the best', book.priceFor('asks', 0.5), 101],
    ['price for exactly a level', book.priceFor('asks', 1), 101],
    ['price for a little more', book.priceFor('asks', 1.5), 103],
    ['price for all', book.priceFor('bids', 7), 95],
    ['price for too much', book.priceFor('bids', 7.5), NaN],
    ['price for nothing', book.priceFor('bids', 0), NaN],
    ['price for less than nothing', book.priceFor('bids', -1), NaN],
    ['price for no number', book.priceFor('bids', NaN), NaN],
    ['average within the best', book.vwapFor('asks', 0.5), 101],
    ['average over two levels', book.vwapFor('asks', 2), 102],
    ['average over all', book.vwapFor('bids', 7), (99 + 2 * 98 + 4 * 95) / 7],
    ['average of too much', book.vwapFor('bids', 7.5), NaN],
    ['average of nothing', book.vwapFor('bids', 0), NaN],
    ['average of no number', book.vwapFor('bids', NaN), NaN],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  it('visits levels until told to stop', () => {
    const visited: number[] = [];
    book.forEachLevel('bids', (price) => {
      visited.push(price);
      return price > 98;
    });
    expect(visited).toEqual([99, 98]);
    book.forEachLevel('asks', (price) => visited.push(price));
    expect(visited).toEqual([99, 98, 101, 103, 104]);
  });

  it.each<[string, Sides]>([
    ['without bids', { ...sample, bids: [] }],
    ['without asks', { ...sample, asks: [] }],
    ['without anything', { bids: [], asks: [] }],
  ])('%s has no middle, and no comparison holds for it', (_, sides) => {
    const half = bookOf(sides);
    expect([half.midPrice, half.spread, half.isCrossed]).toEqual([NaN, NaN, false]);
    expect(half.bestBid.price < Infinity && half.bestAsk.price < Infinity).toBe(false);
    expect(bookOf({ bids: [], asks: [] }).bestBid).toEqual({ price: NaN, amount: 0 });
  });

  it.each<[string, number, boolean]>([
    ['below', 100.9, false],
    ['at', 101, true],
    ['above', 102, true],
  ])('with a bid %s the best ask: crossed or not', (_, price, crossed) => {
    expect(bookOf({ ...sample, bids: [[price, 1]] }).isCrossed).toBe(crossed);
  });

  it('takes id and time from a diff, the id alone from a snapshot, and forgets both', () => {
    const live = bookOf(sample);
    expect([live.updateId, live.time]).toEqual([7, 0]);
    live.apply(
      diffBuffer({
        firstUpdateId: 8,
        lastUpdateId: 9,
        bids: [[99, 0]],
        asks: [[100, 5]],
        time: 1_000,
      }),
    );
    expect([live.updateId, live.time]).toEqual([9, 1_000]);
    expect([live.bestBid, live.bestAsk]).toEqual([
      { price: 98, amount: 2 },
      { price: 100, amount: 5 },
    ]);
    live.replace({ updateId: 10, ...sample });
    expect([live.updateId, live.time, live.bestAsk.price]).toEqual([10, 1_000, 101]);
    live.clear();
    expect(live.snapshot()).toEqual({ pair: 'BTC-USDT', updateId: 0, time: 0, bids: [], asks: [] });
  });
});

describe('the micro price', () => {
  it('is drawn towards the side that offers less', () => {
    const book = bookOf({ bids: [[99, 3]], asks: [[101, 1]] });
    expect([book.midPrice, book.microPrice]).toEqual([100, 100.5]);
    expect(bookOf(sample).microPrice).toBe(100);
  });

  it('is none where a side is empty', () => {
    expect(bookOf({ bids: [[99, 3]], asks: [] }).microPrice).toBeNaN();
    expect(bookOf({ bids: [], asks: [] }).microPrice).toBeNaN();
  });
});

describe('what has changed', () => {
  const none = { bids: [], asks: [] };
  const diff = (lastUpdateId: number, bids: readonly LevelMessage[]) =>
    diffBuffer({ firstUpdateId: lastUpdateId, lastUpdateId, bids, asks: [[102, 0]], time: 0 });

  it('is what the last message told, to whoever knew the book before it', () => {
    const book = bookOf(sample);
    book.apply(diff(8, [[97, 5]]));
    expect(book.changesSince(7)).toEqual({ bids: [[97, 5]], asks: [[102, 0]] });
    expect(book.changesSince(8)).toEqual(none);
  });

  it('is not told to whoever missed more than one message, or knew a later book', () => {
    const book = bookOf(sample);
    book.apply(diff(8, [[97, 5]]));
    book.apply(diff(11, [[97, 0]]));
    expect([0, 7, 9, 12].map((id) => book.changesSince(id))).toEqual(
      [0, 0, 0, 0].map(() => undefined),
    );
    expect(book.changesSince(8)).toEqual({ bids: [[97, 0]], asks: [[102, 0]] });
  });

  it('is not told of a snapshot, which took the place of all levels', () => {
    const book = bookOf(sample);
    book.apply(diff(8, []));
    book.replace({ updateId: 9, ...sample });
    expect([7, 8].map((id) => book.changesSince(id))).toEqual([undefined, undefined]);
    expect(book.changesSince(9)).toEqual(none);
  });

  it.each<[string, (book: MutableOrderBook) => void]>([
    ['a refresh', () => undefined],
    ['a lost connection', (book) => book.clear()],
  ])(
    'is not told to whoever may know another depth: a snapshot of the same update after %s',
    (_, before) => {
      const book = bookOf(sample);
      book.apply(diff(8, [[97, 5]]));
      before(book);
      book.replace({ ...sample, updateId: 8, bids: sample.bids.slice(0, 1) });
      expect(book.changesSince(8)).toBeUndefined();
      book.apply(diff(9, [[97, 6]]));
      expect(book.changesSince(8)).toBeUndefined();
      book.apply(diff(10, [[97, 7]]));
      expect(book.changesSince(9)).toEqual({ bids: [[97, 7]], asks: [[102, 0]] });
    },
  );

  it('does not change with the message after it, however long that is', () => {
    const book = bookOf(sample);
    const many = Array.from({ length: 100 }, (_, index): LevelMessage => [index + 1, 1]);
    const incoming = diff(8, [[97, 5]]);
    book.apply(incoming);
    const changes = book.changesSince(7);
    incoming.load({ firstUpdateId: 9, lastUpdateId: 9, bids: many, asks: [[200, 2]], time: 0 });
    book.apply(incoming);
    expect(changes).toEqual({ bids: [[97, 5]], asks: [[102, 0]] });
    expect(book.changesSince(8)).toEqual({ bids: many, asks: [[200, 2]] });
  });
});

describe('a snapshot', () => {
  it('copies the best levels', () => {
    expect(bookOf(sample).snapshot(1)).toEqual({
      pair: 'BTC-USDT',
      updateId: 7,
      time: 0,
      bids: [[99, 1]],
      asks: [[101, 1]],
    });
  });

  it('is frozen to the last level', () => {
    const snapshot = bookOf(sample).snapshot();
    const parts = [snapshot, snapshot.bids, snapshot.asks, ...snapshot.bids, ...snapshot.asks];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
  });

  it('stays as it was, whatever happens to the book', () => {
    const amounts = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ bids: amounts, asks: amounts })), (diffs) => {
        const book = bookOf(sample);
        const kept = diffs.map((diff, index) => {
          book.apply(
            diffBuffer({ ...diff, firstUpdateId: index, lastUpdateId: index, time: index }),
          );
          const snapshot = book.snapshot();
          return { snapshot, text: JSON.stringify(snapshot) };
        });
        book.clear();
        for (const { snapshot, text } of kept) expect(JSON.stringify(snapshot)).toBe(text);
      }),
    );
  });
});

describe('the queries', () => {
  const side = (min: number, max: number) =>
    fc.uniqueArray(fc.tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 20 })), {
      selector: ([price]) => price,
      maxLength: 30,
    });
  const sides = fc.record({ bids: side(1, 50), asks: side(51, 100) });
  const name = fc.constantFrom<BookSideName>('bids', 'asks');

  /** One unit after the other, the best first: no sums to get wrong. Amounts are whole numbers. */
  const units = (levels: readonly LevelMessage[]): number[] =>
    levels.flatMap(([price, amount]) => Array.from({ length: amount }, () => price));

  it('equal their obvious versions', () => {
    fc.assert(
      fc.property(
        sides,
        name,
        fc.nat(110),
        fc.integer({ min: 1, max: 400 }),
        (both, of, price, amount) => {
          const book = bookOf(both);
          const levels = sortedNaive(of, new Map(both[of]));
          const reached = units(levels).filter((unit) =>
            of === 'bids' ? unit >= price : unit <= price,
          );
          const taken = units(levels).slice(0, amount);
          const enough = taken.length === amount;
          const cost = (prices: readonly number[]) => prices.reduce((sum, unit) => sum + unit, 0);
          const spent = units(levels).findIndex(
            (_, index, all) => cost(all.slice(0, index + 1)) >= amount,
          );

          expect(book.levels(of).map((level) => [level.price, level.amount])).toEqual(levels);
          expect(book.snapshot()[of]).toEqual(levels);
          expect(book.depthOf(of)).toBe(levels.length);
          expect(book.amountAt(of, price)).toBe(new Map(levels).get(price) ?? 0);
          expect(book.volumeUpTo(of, price)).toBe(reached.length);
          expect(book.priceFor(of, amount)).toBe(enough ? taken.at(-1) : NaN);
          expect(book.vwapFor(of, amount)).toBe(enough ? cost(taken) / amount : NaN);
          expect(book.quoteVolumeFor(of, amount)).toBe(enough ? cost(taken) : NaN);
          expect(book.quoteVolumeUpTo(of, price)).toBe(cost(reached));
          expect(book.priceForQuoteVolume(of, amount)).toBe(units(levels)[spent] ?? NaN);
          const [bids, asks] = (['bids', 'asks'] as const).map(
            (one) => units(sortedNaive(one, new Map(both[one])).slice(0, price)).length,
          );
          expect(book.imbalance(price)).toBe((bids! - asks!) / (bids! + asks!));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agree with each other whatever the floats: the volume up to a price can be had at that price', () => {
    const fractions = fc.array(fc.double({ min: 1e-8, max: 10, noNaN: true }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(fractions, (amounts) => {
        const book = bookOf({
          bids: [],
          asks: amounts.map((amount, index) => [index + 1, amount]),
        });
        for (const [index] of amounts.entries()) {
          const volume = book.volumeUpTo('asks', index + 1);
          expect(book.priceFor('asks', volume)).toBeLessThanOrEqual(index + 1);
          expect(book.vwapFor('asks', volume)).toBeLessThanOrEqual((index + 1) * (1 + 1e-12));
        }
      }),
    );
  });
});
