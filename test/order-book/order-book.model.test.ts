import fc from 'fast-check';
import type { LevelMessage } from '../../src/core/book-message.js';
import type { BookSideName } from '../../src/order-book/book-side.js';
import { MutableOrderBook } from '../../src/order-book/mutable-order-book.js';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { diffBuffer } from './buffers.js';
import { type NaiveSide, setNaive, sortedNaive } from './naive-book.js';

const names = ['bids', 'asks'] as const;

type Naive = Readonly<Record<BookSideName, NaiveSide>>;
type Levels = Readonly<Record<BookSideName, readonly LevelMessage[]>>;

const emptyNaive = (): Naive => ({ bids: new Map(), asks: new Map() });

const setAll = (naive: Naive, levels: Levels): void => {
  for (const name of names) for (const level of levels[name]) setNaive(naive[name], level);
};

const clearAll = (naive: Naive): void => names.forEach((name) => naive[name].clear());

const sortedOf = (naive: Naive): Levels => ({
  bids: sortedNaive('bids', naive.bids),
  asks: sortedNaive('asks', naive.asks),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const volumeOf = (levels: readonly LevelMessage[]): number =>
  sum(levels.map(([, amount]) => amount));
const costOf = (levels: readonly LevelMessage[]): number =>
  sum(levels.map(([price, amount]) => price * amount));

/** What of each level is taken where so much is taken in all; nothing where there is not so much. */
const taken = (levels: readonly LevelMessage[], amount: number): readonly LevelMessage[] => {
  let left = amount;
  const parts = levels.map(([price, offered]): LevelMessage => {
    const part = Math.min(offered, left);
    left -= part;
    return [price, part];
  });
  return left > 0 ? [] : parts.filter(([, part]) => part > 0);
};

/** The level at which what they cost, the best first, reaches so much. */
const paidAt = (levels: readonly LevelMessage[], quoteVolume: number): LevelMessage | undefined => {
  let cost = 0;
  return levels.find((level) => (cost += costOf([level])) >= quoteVolume);
};

/** What a strategy might ask. */
interface Questions {
  readonly price: number;
  readonly amount: number;
  readonly quoteVolume: number;
  readonly depth: number;
}

const visited = (book: OrderBook, name: BookSideName, count: number): readonly LevelMessage[] => {
  const levels: LevelMessage[] = [];
  book.forEachLevel(name, (price, amount) => levels.push([price, amount]) < count);
  return levels;
};

const answersOfSide = (book: OrderBook, name: BookSideName, asked: Questions) => ({
  depth: book.depthOf(name),
  levels: book.levels(name, asked.depth).map(({ price, amount }) => [price, amount]),
  visited: visited(book, name, asked.depth + 1),
  amountAt: book.amountAt(name, asked.price),
  volumeUpTo: book.volumeUpTo(name, asked.price),
  quoteVolumeUpTo: book.quoteVolumeUpTo(name, asked.price),
  priceFor: book.priceFor(name, asked.amount),
  vwapFor: book.vwapFor(name, asked.amount),
  quoteVolumeFor: book.quoteVolumeFor(name, asked.amount),
  priceForQuoteVolume: book.priceForQuoteVolume(name, asked.quoteVolume),
});

const naiveAnswersOfSide = (
  naive: Naive,
  name: BookSideName,
  { price, amount, quoteVolume, depth }: Questions,
): ReturnType<typeof answersOfSide> => {
  const levels = sortedNaive(name, naive[name]);
  const reached = levels.filter(([of]) => (name === 'bids' ? of >= price : of <= price));
  const parts = taken(levels, amount);
  const cost = parts.length > 0 ? costOf(parts) : NaN;
  return {
    depth: levels.length,
    levels: levels.slice(0, depth).map((level) => [...level]),
    visited: levels.slice(0, depth + 1),
    amountAt: naive[name].get(price) ?? 0,
    volumeUpTo: volumeOf(reached),
    quoteVolumeUpTo: costOf(reached),
    priceFor: parts.at(-1)?.[0] ?? NaN,
    vwapFor: cost / amount,
    quoteVolumeFor: cost,
    priceForQuoteVolume: paidAt(levels, quoteVolume)?.[0] ?? NaN,
  };
};

const answersOfTop = (book: OrderBook, depth: number) => ({
  best: [book.bestBid, book.bestAsk].map(({ price, amount }) => [price, amount]),
  midPrice: book.midPrice,
  microPrice: book.microPrice,
  spread: book.spread,
  isCrossed: book.isCrossed,
  imbalance: book.imbalance(depth),
});

const naiveAnswersOfTop = (naive: Naive, depth: number): ReturnType<typeof answersOfTop> => {
  const { bids, asks } = sortedOf(naive);
  const [bid, bidAmount] = bids[0] ?? [NaN, 0];
  const [ask, askAmount] = asks[0] ?? [NaN, 0];
  const [bidVolume, askVolume] = [bids, asks].map((side) => volumeOf(side.slice(0, depth)));
  return {
    best: [
      [bid, bidAmount],
      [ask, askAmount],
    ],
    midPrice: (bid + ask) / 2,
    microPrice: (bid * askAmount + ask * bidAmount) / (bidAmount + askAmount),
    spread: ask - bid,
    isCrossed: bid >= ask,
    imbalance: (bidVolume! - askVolume!) / (bidVolume! + askVolume!),
  };
};

/** Prices overlap, so that books cross too. */
const prices = {
  bids: fc.integer({ min: 1, max: 1_050 }),
  asks: fc.integer({ min: 950, max: 2_000 }),
};
const amount = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 }));
const changes = (name: BookSideName) => fc.array(fc.tuple(prices[name], amount), { maxLength: 20 });
const side = (name: BookSideName) =>
  fc.uniqueArray(fc.tuple(prices[name], fc.integer({ min: 1, max: 20 })), {
    selector: ([price]) => price,
    maxLength: 700,
    size: 'max',
  });

/** A change where the book has levels: at a rank from the top or from the bottom, or right beside it. */
interface Place {
  readonly name: BookSideName;
  readonly rank: number;
  readonly beside: number;
  readonly amount: number;
}

const place: fc.Arbitrary<Place> = fc.record({
  name: fc.constantFrom(...names),
  rank: fc.integer({ min: -3, max: 40 }),
  beside: fc.integer({ min: -1, max: 1 }),
  amount,
});

const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('snapshot' as const),
      /** Whether it is of the update that was told last. */
      again: fc.boolean(),
      bids: side('bids'),
      asks: side('asks'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('diff' as const),
      bids: changes('bids'),
      asks: changes('asks'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('places' as const),
      places: fc.array(place, { maxLength: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'clear' as const }) },
);

const questions = fc.record({
  price: fc.nat(2_050),
  amount: fc.integer({ min: -1, max: 9_000 }),
  quoteVolume: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.nat(9_000_000)),
  depth: fc.oneof(fc.nat(20), fc.nat(1_000)),
});

const levelsAt = (naive: Naive, places: readonly Place[]): Levels => {
  const sorted = sortedOf(naive);
  const found = (name: BookSideName): LevelMessage[] =>
    places.flatMap((one): LevelMessage[] => {
      const level = one.name === name ? sorted[name].at(one.rank) : undefined;
      return level === undefined ? [] : [[Math.max(1, level[0] + one.beside), one.amount]];
    });
  return { bids: found('bids'), asks: found('asks') };
};

describe('an order book', () => {
  it('answers every question as two maps would, after every snapshot and every diff', () => {
    let deepest = 0;
    const told = fc.record({ step, asked: questions, looks: fc.boolean() });
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 25 }), (tellings) => {
        const book = new MutableOrderBook('BTC-USDT');
        const naive = emptyNaive();
        /** Kept from what the book says that has changed, by somebody who looks now and then. */
        const follower = emptyNaive();
        let seen = -1;
        let updateId = 0;
        for (const { step, asked, looks } of tellings) {
          const repeats = step.type === 'clear' || (step.type === 'snapshot' && step.again);
          if (!repeats) updateId += 1;
          if (step.type === 'clear') {
            clearAll(naive);
            book.clear();
          } else if (step.type === 'snapshot') {
            clearAll(naive);
            setAll(naive, step);
            book.replace({ updateId, bids: step.bids, asks: step.asks });
          } else {
            const levels = step.type === 'diff' ? step : levelsAt(naive, step.places);
            setAll(naive, levels);
            const { bids, asks } = levels;
            const ids = { firstUpdateId: updateId, lastUpdateId: updateId };
            book.apply(diffBuffer({ ...ids, bids, asks, time: updateId }));
          }
          for (const name of names)
            expect(answersOfSide(book, name, asked)).toEqual(
              naiveAnswersOfSide(naive, name, asked),
            );
          expect(answersOfTop(book, asked.depth)).toEqual(naiveAnswersOfTop(naive, asked.depth));
          const { bids, asks } = book.snapshot(asked.depth);
          const sorted = sortedOf(naive);
          expect([bids, asks]).toEqual([
            sorted.bids.slice(0, asked.depth),
            sorted.asks.slice(0, asked.depth),
          ]);
          deepest = Math.max(deepest, book.depthOf('bids'));
          if (!looks) continue;
          const news = book.changesSince(seen);
          if (news === undefined) clearAll(follower);
          setAll(follower, news ?? book.snapshot());
          seen = book.updateId;
          expect(sortedOf(follower)).toEqual(sorted);
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
    // Beyond 256 and 512 levels the memory of a side is doubled.
    expect(deepest).toBeGreaterThan(600);
  });
});
