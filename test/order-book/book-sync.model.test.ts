import fc from 'fast-check';
import type { BookSnapshot, LevelMessage } from '../../src/core/book-message.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { BookSideName } from '../../src/order-book/book-side.js';
import { type BookEvent, BookSync, type BookSyncOutcome } from '../../src/order-book/book-sync.js';
import { MutableOrderBook } from '../../src/order-book/mutable-order-book.js';
import { diffEvent, fakeVenue, type FakeVenue, snapshotEvent, spotRule } from './fake-venue.js';

const empty: BookSnapshot = { updateId: 0, bids: [], asks: [] };

const holds = (book: MutableOrderBook, side: BookSideName, levels: readonly LevelMessage[]) =>
  book.depthOf(side) === levels.length &&
  levels.every(
    ([price, amount], rank) =>
      book[side].priceAt(rank) === price && book[side].amountAt(rank) === amount,
  );

const equals = (book: MutableOrderBook, { updateId, bids, asks }: BookSnapshot) =>
  book.updateId === updateId && holds(book, 'bids', bids) && holds(book, 'asks', asks);

// Hundreds of thousands of gaps are thrown: to take down where costs more than to find them.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const step = (sync: BookSync, event: BookEvent): BookSyncOutcome | 'gap' => {
  try {
    return sync.step(event);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'sequence_gap') return 'gap';
    throw error;
  }
};

/**
 * The law: after every step the book is empty, or the venue's at its update id; and it is empty
 * exactly where the step said so. Returns what broke it, and how often the book was live.
 */
const judge = ({ snapshots }: FakeVenue, events: readonly BookEvent[]) => {
  const book = new MutableOrderBook('BTC-USDT');
  const sync = new BookSync(book, spotRule);
  const crimes: string[] = [];
  let live = 0;
  for (const event of events) {
    const result = step(sync, event);
    const isLive = result === 'live' || result === 'stale';
    const lawful = isLive ? snapshots[book.updateId] : empty;
    if (!lawful || !equals(book, lawful)) {
      crimes.push(`${result}: ${JSON.stringify(book.snapshot())}`);
    }
    if (isLive) live += 1;
  }
  return { crimes, live, book };
};

const eventsOf = ({ diffs, snapshots }: FakeVenue): readonly BookEvent[] => [
  ...diffs.map(diffEvent),
  ...snapshots.map(snapshotEvent),
];

/** All sequences of exactly `length` of the items, with repetition. */
function* sequences<T>(items: readonly T[], length: number): Generator<readonly T[]> {
  if (length === 0) yield [];
  else
    for (const head of items)
      for (const tail of sequences(items, length - 1)) yield [head, ...tail];
}

/** What befalls a diff on its way: an arrival for each number, so many places late. */
type Fate = readonly number[];

/** When a snapshot arrives, as the place of the diff before which it does, and its update id. */
type Fetch = readonly [place: number, id: number];

const deliver = (
  { diffs, snapshots }: FakeVenue,
  fates: readonly Fate[],
  fetches: readonly Fetch[],
): readonly BookEvent[] => {
  const late = (places: number) => (places === 0 ? 0 : places + 0.25);
  const arrivals = [
    ...diffs.flatMap((one, place) =>
      (fates[place] ?? []).map((places) => ({ at: place + late(places), event: diffEvent(one) })),
    ),
    ...fetches.map(([place, id]) => ({ at: place - 0.5, event: snapshotEvent(snapshots[id]!) })),
  ];
  return arrivals.sort((a, b) => a.at - b.at).map(({ event }) => event);
};

/** Judges each of the deliveries; how often a book was live in them. */
const judgeAll = (venue: FakeVenue, deliveries: Iterable<readonly BookEvent[]>): number => {
  let total = 0;
  for (const events of deliveries) {
    const { crimes, live } = judge(venue, events);
    if (crimes.length > 0) throw new Error(`${JSON.stringify(events)}: ${crimes.join()}`);
    total += live;
  }
  return total;
};

describe('a live book is the exchange’s', () => {
  it.each<[string, readonly number[], number]>([
    ['three diffs of one update', [1, 1, 1], 6],
    ['three diffs of one and two updates', [1, 2, 1], 5],
    ['four diffs', [1, 1, 1, 1], 5],
  ])('in every sequence of %s and any snapshots', (_, sizes, length) => {
    const venue = fakeVenue(3, sizes);
    expect(judgeAll(venue, sequences(eventsOf(venue), length))).toBeGreaterThan(10_000);
  });

  it('in every fate of six diffs, whatever snapshot arrives whenever', () => {
    const venue = fakeVenue(5, [1, 2, 1, 1, 3, 1]);
    const fates = [...sequences<Fate>([[0], [], [0, 0], [1]], venue.diffs.length)];
    const fetches = [0, 1, 2, 3, 4, 5, 6].flatMap((place) =>
      [0, 2, 4, 9].map((id): Fetch => [place, id]),
    );
    const live = fetches.map((fetch) =>
      judgeAll(
        venue,
        fates.map((fate) => deliver(venue, fate, [fetch])),
      ),
    );
    expect(Math.min(...live)).toBeGreaterThan(0);
  });

  const venues = fc
    .tuple(fc.integer(), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 40 }))
    .map(([seed, sizes]) => fakeVenue(seed, sizes));

  const fate = fc.oneof(
    { weight: 20, arbitrary: fc.constant([0]) },
    { weight: 1, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 2 }),
    },
  );

  it('whatever is dropped, doubled, late, or fetched too early or too late', () => {
    let live = 0;
    const deliveries = venues.chain((venue) => {
      const places = fc.integer({ min: 0, max: venue.diffs.length });
      const ids = fc.integer({ min: 0, max: venue.snapshots.length - 1 });
      return fc.record({
        venue: fc.constant(venue),
        fates: fc.array(fate, { minLength: venue.diffs.length, maxLength: venue.diffs.length }),
        fetches: fc.array(fc.tuple(places, ids), { minLength: 1, maxLength: 6 }),
      });
    });
    fc.assert(
      fc.property(deliveries, ({ venue, fates, fetches }) => {
        const verdict = judge(venue, deliver(venue, fates, fetches));
        live += verdict.live;
        expect(verdict.crimes).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    expect(live).toBeGreaterThan(5_000);
  });

  it('to the end, without a gap, where every diff arrives in order, whenever the snapshot does', () => {
    const deliveries = venues.chain((venue) =>
      fc.record({
        venue: fc.constant(venue),
        at: fc.integer({ min: 0, max: venue.diffs.length }),
        id: fc.integer({ min: 0, max: venue.snapshots.length - 1 }),
      }),
    );
    fc.assert(
      fc.property(deliveries, ({ venue, at, id }) => {
        const events = venue.diffs
          .map(diffEvent)
          .toSpliced(at, 0, snapshotEvent(venue.snapshots[id]!));
        const { book, crimes, live } = judge(venue, events);
        expect(crimes).toEqual([]);
        expect(live).toBe(events.length - at);
        expect(book.updateId).toBe(venue.snapshots.length - 1);
      }),
      { numRuns: 500 },
    );
  });
});
