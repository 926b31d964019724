import type { BookDiff, BookSnapshot, LevelMessage } from '../../src/core/book-message.js';
import type { OrderBookSource } from '../../src/core/contract.js';
import { seededRandom } from '../../src/core/random.js';
import type { BookEvent } from '../../src/order-book/book-sync.js';
import { type NaiveSide, setNaive, sortedNaive } from './naive-book.js';

/** The rule of Binance spot, whose update ids run on without holes. */
const spotLink: OrderBookSource['follow'] = (last, diff) => {
  if (diff.lastUpdateId <= last) return 'stale';
  return diff.firstUpdateId > last + 1 ? 'gap' : 'next';
};

/** How diffs chain on Binance spot: the same for the first one and for those after it. */
export const spotRule = { attach: spotLink, follow: spotLink };

/** Everything that an exchange would tell of one book. */
export interface FakeVenue {
  /** The whole book at each update id, from 0 on. */
  readonly snapshots: readonly BookSnapshot[];
  /** The diffs between them; each holds as many updates as was asked for. */
  readonly diffs: readonly BookDiff[];
}

/** A venue whose diffs hold the given numbers of updates, each of one random level. */
export const fakeVenue = (seed: number, sizes: readonly number[]): FakeVenue => {
  const random = seededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const sides: Record<'bids' | 'asks', NaiveSide> = { bids: new Map(), asks: new Map() };
  const snapshot = (updateId: number): BookSnapshot => ({
    updateId,
    bids: sortedNaive('bids', sides.bids),
    asks: sortedNaive('asks', sides.asks),
  });
  const snapshots = [snapshot(0)];

  const diffs = sizes.map((size): BookDiff => {
    const firstUpdateId = snapshots.length;
    const changes: Record<'bids' | 'asks', LevelMessage[]> = { bids: [], asks: [] };
    for (let update = 0; update < size; update += 1) {
      const side = random() < 0.5 ? 'bids' : 'asks';
      // Few prices, so that levels come, change and go; bids below asks, so that nothing crosses.
      const change: LevelMessage = [(side === 'bids' ? 1 : 5) + upTo(4), upTo(4)];
      setNaive(sides[side], change);
      changes[side].push(change);
      snapshots.push(snapshot(snapshots.length));
    }
    const lastUpdateId = snapshots.length - 1;
    return { firstUpdateId, lastUpdateId, ...changes, time: 1_000 + lastUpdateId };
  });
  return { snapshots, diffs };
};

export const diffEvent = (diff: BookDiff): BookEvent => ({ type: 'diff', diff });

export const snapshotEvent = (snapshot: BookSnapshot): BookEvent => ({
  type: 'snapshot',
  snapshot,
});
