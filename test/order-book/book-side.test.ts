import fc from 'fast-check';
import type { LevelMessage } from '../../src/core/book-message.js';
import { ConnectorError } from '../../src/core/errors.js';
import { seededRandom } from '../../src/core/random.js';
import { BookSide, type BookSideName } from '../../src/order-book/book-side.js';
import { levelBuffer } from './buffers.js';
import { type NaiveSide, setNaive, sortedNaive } from './naive-book.js';

const names: readonly BookSideName[] = ['bids', 'asks'];

const levelsOf = (side: BookSide): LevelMessage[] =>
  Array.from({ length: side.depth }, (_, rank) => [side.priceAt(rank), side.amountAt(rank)]);

const sideOf = (name: BookSideName, levels: readonly LevelMessage[]): BookSide => {
  const side = new BookSide(name);
  side.apply(levelBuffer(levels));
  return side;
};

const messages = (prices: number, length: { minLength: number; maxLength: number }) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: prices }), fc.integer({ min: 0, max: 3 })), length);

describe.each(names)('the %s', (name) => {
  const best = name === 'bids' ? 3 : 1;
  const worst = name === 'bids' ? 1 : 3;
  const three: readonly LevelMessage[] = [
    [2, 20],
    [1, 10],
    [3, 30],
  ];

  it('stand best first, in whatever order they came', () => {
    expect(levelsOf(sideOf(name, three))).toEqual([
      [best, best * 10],
      [2, 20],
      [worst, worst * 10],
    ]);
  });

  it.each<[string, LevelMessage, readonly LevelMessage[]]>([
    [
      'change an amount',
      [2, 25],
      [
        [best, best * 10],
        [2, 25],
        [worst, worst * 10],
      ],
    ],
    [
      'lose a level in the middle',
      [2, 0],
      [
        [best, best * 10],
        [worst, worst * 10],
      ],
    ],
    [
      'lose the best level',
      [best, 0],
      [
        [2, 20],
        [worst, worst * 10],
      ],
    ],
    [
      'lose the worst level',
      [worst, 0],
      [
        [best, best * 10],
        [2, 20],
      ],
    ],
    [
      'ignore the removal of an unknown level',
      [2.5, 0],
      [
        [best, best * 10],
        [2, 20],
        [worst, worst * 10],
      ],
    ],
    [
      'ignore a removal beyond either end',
      [9, -0],
      [
        [best, best * 10],
        [2, 20],
        [worst, worst * 10],
      ],
    ],
  ])('%s', (_, message, expected) => {
    const side = sideOf(name, three);
    side.set(...message);
    expect(levelsOf(side)).toEqual(expected);
  });

  it('answer NaN and 0 where there is no level', () => {
    const side = sideOf(name, three);
    side.clear();
    expect([side.depth, side.priceAt(0), side.amountAt(0)]).toEqual([0, NaN, 0]);
    side.set(2, 20);
    expect([side.priceAt(1), side.amountAt(1), side.priceAt(-1)]).toEqual([NaN, 0, NaN]);
  });

  it('find a level by its price, and never one that was removed', () => {
    const side = sideOf(name, three);
    side.set(best, 0);
    expect([side.rankOf(best), side.rankOf(2), side.rankOf(worst)]).toEqual([-1, 0, 1]);
    expect([side.rankOf(2.5), side.rankOf(9), side.rankOf(NaN)]).toEqual([-1, -1, -1]);
  });

  it('count the levels up to a price', () => {
    const side = sideOf(name, three);
    expect([best, 2, worst, NaN].map((price) => side.countUpTo(price))).toEqual([1, 2, 3, 0]);
    expect([0.5, 9].map((price) => side.countUpTo(price))).toEqual(
      name === 'bids' ? [3, 0] : [0, 3],
    );
  });

  it('are replaced as a whole', () => {
    const side = sideOf(name, three);
    side.replace([
      [7, 70],
      [8, 80],
    ]);
    expect(levelsOf(side)).toEqual(
      sortedNaive(
        name,
        new Map([
          [7, 70],
          [8, 80],
        ]),
      ),
    );
  });

  it.each<[number, number]>([
    [NaN, 1],
    [Infinity, 1],
    [0, 1],
    [-1, 1],
    [2, NaN],
    [2, -1],
    [2, Infinity],
  ])('refuse price %d with amount %d and stay as they were', (price, amount) => {
    const side = sideOf(name, three);
    const before = levelsOf(side);
    expect(() => side.set(price, amount)).toThrow(ConnectorError);
    expect(levelsOf(side)).toEqual(before);
  });

  it('equal the obvious implementation after every one of many changes', () => {
    fc.assert(
      fc.property(messages(20, { minLength: 0, maxLength: 80 }), (changes) => {
        const side = new BookSide(name);
        const naive: NaiveSide = new Map();
        for (const change of changes) {
          side.set(...change);
          setNaive(naive, change);
          expect(levelsOf(side)).toEqual(sortedNaive(name, naive));
        }
      }),
    );
  });

  it('equal the obvious implementation after diffs of few levels and of many, in any sequence', () => {
    const upwards = ([a]: LevelMessage, [b]: LevelMessage) => a - b;
    const sequences = fc.constantFrom<(levels: LevelMessage[]) => LevelMessage[]>(
      (levels) => levels,
      (levels) => levels.toSorted(upwards),
      (levels) => levels.toSorted(upwards).toReversed(),
    );
    const diffs = fc
      .tuple(messages(60, { minLength: 0, maxLength: 40 }), sequences)
      .map(([levels, inSequence]) => inSequence(levels));
    fc.assert(
      fc.property(fc.array(diffs, { maxLength: 12 }), (all) => {
        const side = new BookSide(name);
        const naive: NaiveSide = new Map();
        for (const diff of all) {
          side.apply(levelBuffer(diff));
          for (const change of diff) setNaive(naive, change);
          expect(levelsOf(side)).toEqual(sortedNaive(name, naive));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('equal the obvious implementation when they have grown to thousands', () => {
    fc.assert(
      fc.property(messages(5_000, { minLength: 4_000, maxLength: 6_000 }), (changes) => {
        const naive: NaiveSide = new Map();
        for (const change of changes) setNaive(naive, change);
        const side = sideOf(name, changes);
        expect(levelsOf(side)).toEqual(sortedNaive(name, naive));
        expect(side.depth).toBeGreaterThan(1_024);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  const deep = [31, 32, 33, 64, 255, 256, 257, 511, 512, 513, 1_024, 1_025];

  it.each(deep)('equal the obvious implementation after each change of %i levels', (depth) => {
    const random = seededRandom(depth);
    const upTo = (limit: number) => Math.floor(random() * limit);
    const upwards = Array.from({ length: depth }, (_, index): LevelMessage => [index + 1_000, 1]);
    const shuffled = upwards
      .map((level) => ({ level, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ level }) => level);
    for (const levels of [upwards, upwards.toReversed(), shuffled]) {
      const side = sideOf(name, levels);
      const naive: NaiveSide = new Map(levels);
      const isRight = () => {
        const found = levelsOf(side).flat();
        const expected = sortedNaive(name, naive).flat();
        return found.length === expected.length && found.every((one, at) => one === expected[at]);
      };
      expect(isRight()).toBe(true);
      for (let change = 0; change < 60; change += 1) {
        // The best, the worst, those about where a move becomes a copy, and any; there, or right beside.
        const rank = [0, 1, upTo(5), 5 + upTo(6), side.depth - 1, upTo(side.depth)][upTo(6)]!;
        const price = side.priceAt(Math.min(rank, side.depth - 1)) + (upTo(3) - 1) / 2;
        const level: LevelMessage = [price, upTo(3)];
        side.set(...level);
        setNaive(naive, level);
        if (!isRight()) throw new Error(`Wrong after level ${level.join()} at rank ${rank}`);
      }
    }
  });

  it('are the same whether set one by one or replaced', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(fc.double({ min: 1e-8, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 9 })),
          {
            selector: ([price]) => price,
            maxLength: 600,
          },
        ),
        (levels) => {
          const side = new BookSide(name);
          side.replace(levels);
          expect(levelsOf(side)).toEqual(levelsOf(sideOf(name, levels)));
        },
      ),
    );
  });
});
