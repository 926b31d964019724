import type { BookDiff, BookSnapshot, DiffIds, LevelMessage } from '../../src/core/book-message.js';
import type { Link } from '../../src/core/contract.js';
import { ConnectorError } from '../../src/core/errors.js';
import { type BookEvent, BookSync, type BookSyncOptions } from '../../src/order-book/book-sync.js';
import { MutableOrderBook } from '../../src/order-book/mutable-order-book.js';
import { diffEvent, snapshotEvent, spotRule } from './fake-venue.js';

const diff = (
  firstUpdateId: number,
  lastUpdateId: number,
  bids: readonly LevelMessage[] = [[lastUpdateId, 1]],
): BookDiff => ({ firstUpdateId, lastUpdateId, bids, asks: [], time: lastUpdateId * 10 });

const snapshot = (updateId: number, bids: readonly LevelMessage[] = []): BookSnapshot => ({
  updateId,
  bids,
  asks: [[1_000, 1]],
});

const start = (options: Partial<BookSyncOptions> = {}) => {
  const book = new MutableOrderBook('BTC-USDT');
  return { book, sync: new BookSync(book, { ...spotRule, ...options }) };
};

/** What a step did: its outcome, or the error's kind and message. */
const outcome = (sync: BookSync, event: BookEvent): string => {
  try {
    return sync.step(event);
  } catch (error) {
    return error instanceof ConnectorError ? `${error.kind}: ${error.message}` : String(error);
  }
};

const gap = (expected: string, got: string) =>
  `sequence_gap: Order book of BTC-USDT: expected the update after ${expected}, got ${got}`;

/** `d6` is the diff of update 6, `d6-8` that of three updates, `s5` a snapshot. */
const eventOf = (text: string): BookEvent => {
  const [first = NaN, last = first] = text.slice(1).split('-').map(Number);
  return text.startsWith('s') ? snapshotEvent(snapshot(first)) : diffEvent(diff(first, last));
};

const d = (first: number, last = first) => diffEvent(diff(first, last));
const s = (updateId: number) => snapshotEvent(snapshot(updateId));

describe('a refresh', () => {
  const refresh = { type: 'refresh' } as const;

  it('sets the diffs that came since on top of an older snapshot', () => {
    const { book, sync } = start();
    for (const event of [s(5), d(6), refresh, d(7), d(8)]) sync.step(event);
    expect(sync.step(s(7))).toBe('live');
    expect(book.updateId).toBe(8);
    expect(book.amountAt('bids', 6)).toBe(0);
    expect(book.amountAt('bids', 8)).toBe(1);
    expect(sync.step(d(9))).toBe('live');
  });

  it('takes a newer snapshot as it is', () => {
    const { book, sync } = start();
    for (const event of [s(5), d(6), refresh]) sync.step(event);
    expect(sync.step(s(9))).toBe('live');
    expect(sync.step(d(7, 8))).toBe('stale');
    expect(sync.step(d(8, 10))).toBe('live');
    expect(book.updateId).toBe(10);
  });

  it('whose snapshot is older than its beginning is a gap', () => {
    const { sync } = start();
    for (const event of [s(5), d(6), d(7), refresh, d(8)]) sync.step(event);
    expect(outcome(sync, s(5))).toBe(gap('snapshot 5', '8 to 8'));
  });

  it('changes nothing by itself, in step or not', () => {
    const { book, sync } = start();
    expect(sync.step(refresh)).toBe('syncing');
    expect(sync.step(s(5))).toBe('live');
    expect(sync.step(refresh)).toBe('stale');
    expect(book.updateId).toBe(5);
  });
});

describe('synchronisation', () => {
  it.each<[string, string, string, number]>([
    ['a snapshot first', 's5 d6 d7-9', 'live live live', 9],
    ['a snapshot in mid-buffer', 'd4 d5 d6 s5', 'syncing syncing syncing live', 6],
    ['a snapshot in mid-diff', 'd4-6 s5', 'syncing live', 6],
    ['a snapshot of the whole buffer', 'd4 d5 s5 d6', 'syncing syncing live live', 6],
    ['a snapshot newer than the buffer', 'd4 s6 d5-6 d7', 'syncing live stale live', 7],
    ['a snapshot just before the buffer', 'd6 s5', 'syncing live', 6],
    ['a snapshot too old', 'd7-8 s5', 'syncing gap', 0],
    ['a snapshot too old, then a newer', 'd7 s5 d8 s7', 'syncing gap syncing live', 8],
    ['a hole in the buffer', 'd6 d8 s5', 'syncing syncing gap', 0],
    ['a hole in the buffer, in the snapshot', 'd6 d8 s7', 'syncing syncing live', 8],
    ['diffs after such a hole, kept', 'd6 d8 d9 s5 s8', 'syncing syncing syncing gap live', 9],
    ['a hole after the snapshot', 's5 d7', 'live gap', 0],
    ['a hole while live', 's5 d6 d8-9', 'live live gap', 0],
    ['the diff after such a hole, kept', 's5 d7 s6', 'live gap live', 7],
    ['after a gap a snapshot too old', 's5 d7 s5 s9', 'live gap gap live', 9],
    ['after a gap a diff, no snapshot', 's5 d7 d8', 'live gap syncing', 0],
    ['stale diffs', 's5 d4-5 d6 d6 d2', 'live stale live stale stale', 6],
    ['a diff that overlaps', 's5 d6-7 d7-8', 'live live live', 8],
    ['an older snapshot while live', 's5 d6 s5 d7', 'live live stale live', 7],
    ['the same snapshot while live', 's5 s5 d6 s6 d7', 'live live live live live', 7],
    ['a newer snapshot while live', 's5 s8 d6-7 d8-9', 'live live stale live', 9],
    ['a newer snapshot, then a hole', 's5 d6 s8 d10', 'live live live gap', 0],
  ])('%s: %s', (_, events, expected, updateId) => {
    const { book, sync } = start();
    const outcomes = events
      .split(' ')
      .map((event) => outcome(sync, eventOf(event)).replace(/^sequence_gap: .*/, 'gap'));
    expect(outcomes.join(' ')).toBe(expected);
    expect(book.updateId).toBe(updateId);
  });

  it.each<[string, string]>([
    ['d7-8 s5', gap('snapshot 5', '7 to 8')],
    ['s5 d7', gap('snapshot 5', '7 to 7')],
    ['d6 d8-9 s5', gap('diff 6', '8 to 9')],
    ['s5 d6 d9', gap('diff 6', '9 to 9')],
  ])('tells what was missing: %s', (events, message) => {
    const { sync } = start();
    expect(events.split(' ').map((event) => outcome(sync, eventOf(event)))).toContain(message);
  });

  it('replaces all levels by a snapshot and sets those of diffs on top', () => {
    const { book, sync } = start();
    sync.step(
      diffEvent(
        diff(6, 6, [
          [98, 3],
          [97, 0],
        ]),
      ),
    );
    sync.step(
      snapshotEvent(
        snapshot(5, [
          [99, 1],
          [97, 1],
        ]),
      ),
    );
    expect(book.snapshot()).toMatchObject({
      updateId: 6,
      time: 60,
      bids: [
        [99, 1],
        [98, 3],
      ],
    });
    sync.step(snapshotEvent(snapshot(8, [[96, 5]])));
    expect(book.snapshot()).toMatchObject({ updateId: 8, time: 60, bids: [[96, 5]] });
  });

  it('begins with an empty book, whatever the last connection left in it', () => {
    const { book, sync } = start();
    sync.step(snapshotEvent(snapshot(5, [[99, 1]])));
    const again = new BookSync(book, spotRule);
    expect([book.depthOf('bids'), book.updateId]).toEqual([0, 0]);
    expect(again.step(d(9))).toBe('syncing');
  });

  it('empties the book on a gap, so that nobody acts on it', () => {
    const { book, sync } = start();
    sync.step(snapshotEvent(snapshot(5, [[99, 1]])));
    expect(outcome(sync, d(7))).toBe(gap('snapshot 5', '7 to 7'));
    expect([book.midPrice, book.depthOf('bids'), book.depthOf('asks')]).toEqual([NaN, 0, 0]);
    expect(sync.step(d(8))).toBe('syncing');
  });

  it.each<[string, readonly BookEvent[]]>([
    ['a diff', [snapshotEvent(snapshot(5)), diffEvent(diff(6, 6, [[1_000, 2]]))]],
    ['a snapshot', [snapshotEvent(snapshot(6, [[1_000, 2]]))]],
    ['the buffer', [diffEvent(diff(6, 6, [[1_000, 2]])), snapshotEvent(snapshot(5))]],
  ])('throws a book away that %s crosses', (_, events) => {
    const { book, sync } = start();
    expect(events.map((event) => outcome(sync, event)).at(-1)).toBe(
      'sequence_gap: Order book of BTC-USDT: expected bids below asks after update 6, ' +
        'got bid 1000 and ask 1000',
    );
    expect(book.depthOf('asks')).toBe(0);
    expect(outcome(sync, s(7))).toBe('live');
  });

  it('shows a book that a buffered diff crosses and a later one uncrosses', () => {
    const { sync } = start();
    sync.step(diffEvent(diff(6, 6, [[1_000, 2]])));
    sync.step(diffEvent(diff(7, 7, [[1_000, 0]])));
    expect(outcome(sync, s(5))).toBe('live');
  });

  it('leaves no half of a message in the book', () => {
    const { book, sync } = start();
    sync.step(snapshotEvent(snapshot(5, [[99, 1]])));
    expect(
      outcome(
        sync,
        diffEvent(
          diff(6, 6, [
            [98, 1],
            [NaN, 1],
          ]),
        ),
      ),
    ).toMatch(/^decode: /);
    expect(book.depthOf('bids')).toBe(0);
    expect(outcome(sync, d(7))).toBe('syncing');
  });

  it('keeps at most so many diffs, the newest, and does not hide the loss', () => {
    const { sync } = start({ bufferSize: 3 });
    for (let id = 1; id <= 5; id += 1) expect(sync.step(d(id))).toBe('syncing');
    expect(outcome(sync, s(1))).toBe(gap('snapshot 1', '3 to 3'));
    expect(outcome(sync, s(2))).toBe('live');
  });

  it('keeps 1000 diffs if not told otherwise', () => {
    const { book, sync } = start();
    for (let id = 1; id <= 1_001; id += 1) sync.step(diffEvent(diff(id, id, [[1, id]])));
    expect(outcome(sync, s(0))).toBe(gap('snapshot 0', '2 to 2'));
    expect(outcome(sync, s(1))).toBe('live');
    expect([book.updateId, book.bestBid.amount]).toEqual([1_001, 1_001]);
  });

  it('asks one rule for the first diff after a snapshot and another for those after it', () => {
    const asked: string[] = [];
    const rule =
      (name: string) =>
      (last: number, { lastUpdateId }: DiffIds): Link => {
        asked.push(`${name} ${last} ${lastUpdateId}`);
        return lastUpdateId < last ? 'stale' : 'next';
      };
    const { sync } = start({ attach: rule('attach'), follow: rule('follow') });
    [d(3), d(5), d(6), s(5), d(7), s(7), d(8), s(20), d(19), d(20), d(21)].forEach((event) =>
      sync.step(event),
    );
    expect(asked).toEqual([
      'attach 5 3', // stale
      'attach 5 5',
      'follow 5 6',
      'follow 6 7',
      'follow 7 8', // the snapshot of 7 is where the last diff led
      'attach 20 19', // stale
      'attach 20 20',
      'follow 20 21',
    ]);
  });
});
