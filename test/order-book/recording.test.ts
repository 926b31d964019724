import type { BookDiff, DiffIds, LevelMessage } from '../../src/core/book-message.js';
import type { Link } from '../../src/core/contract.js';
import { type BookEvent, BookSync } from '../../src/order-book/book-sync.js';
import { MutableOrderBook } from '../../src/order-book/mutable-order-book.js';
import { spotRule } from './fake-venue.js';
import { levelsOf, readRecording, type Recorded } from '../recordings/recording.js';

const { lines, truth } = readRecording('binance-us-20211012');
const recording = lines.flatMap(({ told }) => told ?? []);
const symbols = [...truth.keys()];

const isEvent = (message: Recorded): message is Recorded & BookEvent => message.type !== 'top';

const start = (rule = spotRule) => {
  const book = new MutableOrderBook('BASE-QUOTE');
  return { book, sync: new BookSync(book, rule) };
};

const play = (events: readonly BookEvent[], rule = spotRule): MutableOrderBook => {
  const { book, sync } = start(rule);
  for (const event of events) sync.step(event);
  return book;
};

describe.each(symbols)('%s as recorded', (symbol) => {
  const messages = recording.filter((message) => message.symbol === symbol);
  const events = messages.filter(isEvent);
  const expected = truth.get(symbol)!;
  const { snapshot } = events.find((event) => event.type === 'snapshot')!;
  const diffs = events.flatMap((event) => (event.type === 'diff' ? [event.diff] : []));
  const snapshotEvent: BookEvent = { type: 'snapshot', snapshot };
  const diffEvents = diffs.map((diff): BookEvent => ({ type: 'diff', diff }));
  const applied = diffs.filter(({ lastUpdateId }) => lastUpdateId > snapshot.updateId);

  const expectFinal = (book: MutableOrderBook) => {
    const { bids, asks, updateId } = book.snapshot(50);
    expect({ bids, asks, updateId }).toEqual({
      bids: levelsOf(expected.bids),
      asks: levelsOf(expected.asks),
      updateId: expected.last_applied.u,
    });
    expect([book.depthOf('bids'), book.depthOf('asks')]).toEqual([
      expected.n_bids,
      expected.n_asks,
    ]);
  };

  it('ends in the true book, having passed every checkpoint', () => {
    const { book, sync } = start();
    const checkpoints = new Map(expected.checkpoints.map((one) => [one.after_line, one]));
    let live = 0;
    for (const event of events) {
      const outcome = sync.step(event);
      if (outcome === 'live' && event.type === 'diff') live += 1;
      const checkpoint = checkpoints.get(event.line);
      if (!checkpoint) continue;
      checkpoints.delete(event.line);
      expect(book.snapshot(5)).toMatchObject({
        updateId: checkpoint.id,
        bids: levelsOf(checkpoint.bids),
        asks: levelsOf(checkpoint.asks),
      });
      expect([book.depthOf('bids'), book.depthOf('asks')]).toEqual([
        checkpoint.n_bids,
        checkpoint.n_asks,
      ]);
    }
    expect(checkpoints.size).toBe(0);
    expect(live).toBe(expected.applied_diffs);
    expect(book.time).toBe(diffs.at(-1)?.time);
    expectFinal(book);
  });

  it('has the best bid and ask that the exchange told apart from the book', () => {
    const tops = messages.flatMap((message) => (message.type === 'top' ? [message] : []));
    const told = new Map(tops.map((top) => [top.updateId, [top.bid, top.ask]]));
    const { book, sync } = start();
    const checked = events.filter((event) => {
      const top = sync.step(event) === 'live' ? told.get(book.updateId) : undefined;
      if (top) expect(book.snapshot(1)).toMatchObject({ bids: [top[0]], asks: [top[1]] });
      return top !== undefined;
    });
    expect(checked.length).toBeGreaterThan(0);
  });

  it('attaches a first diff that begins right after the snapshot', () => {
    const first = applied[0]!;
    expect(first.firstUpdateId).toBe(snapshot.updateId + 1);
    // Read to the letter, "the id of the snapshot lies within the first diff" refuses every book here.
    const literal = (last: number, diff: DiffIds): Link =>
      diff.firstUpdateId <= last ? spotRule.attach(last, diff) : 'gap';
    expect(() => play(events, { ...spotRule, attach: literal })).toThrow(
      /expected the update after/,
    );
  });

  it('comes out the same when the snapshot arrives after any number of diffs', () => {
    for (let place = 0; place <= diffEvents.length; place += 1) {
      expectFinal(play(diffEvents.toSpliced(place, 0, snapshotEvent)));
    }
  });

  it('takes the removal of a level that it does not know for what it is: nothing', () => {
    const known = new Map([...snapshot.bids, ...snapshot.asks]);
    const isUnknown = ([price, amount]: LevelMessage) => amount === 0 && !known.has(price);
    const removal: BookDiff = {
      ...applied[0]!,
      asks: [[1e6, 0]],
      bids: [
        [1e-6, 0],
        [1e6, 0],
      ],
    };
    expect(removal.bids.every(isUnknown)).toBe(true);
    const book = play([snapshotEvent, { type: 'diff', diff: removal }]);
    expect(book.snapshot()).toMatchObject({ bids: snapshot.bids, asks: snapshot.asks });
  });

  it('knows levels beyond a limited snapshot only once they are touched', () => {
    const limited = {
      ...snapshot,
      bids: snapshot.bids.slice(0, 10),
      asks: snapshot.asks.slice(0, 10),
    };
    const book = play([{ type: 'snapshot', snapshot: limited }, ...diffEvents]);
    const whole = play([snapshotEvent, ...diffEvents]);
    for (const side of ['bids', 'asks'] as const) {
      const touched = new Set(
        [...limited[side], ...applied.flatMap((diff) => diff[side])].map(([price]) => price),
      );
      expect(book.snapshot()[side]).toEqual(
        whole.snapshot()[side].filter(([price]) => touched.has(price)),
      );
    }
  });

  it('does not survive the loss of any one diff unseen', () => {
    const kept = diffEvents.slice(diffs.indexOf(applied[0]!));
    // The last one leaves nothing behind it that could tell.
    for (const lost of kept.keys()) {
      const rest = [snapshotEvent, ...kept.toSpliced(lost, 1)];
      if (lost < kept.length - 1) expect(() => play(rest)).toThrow(/expected the update after/);
      else expect(play(rest).updateId).toBe(applied.at(-2)?.lastUpdateId);
    }
  });
});

describe('the recording', () => {
  it('removes levels that the books do not hold', () => {
    const books = new Map(symbols.map((symbol) => [symbol, start()]));
    const unknown = recording.filter(isEvent).flatMap((event) => {
      const { book, sync } = books.get(event.symbol)!;
      const before = book.updateId === 0 ? undefined : book.snapshot();
      const isNews = sync.step(event) === 'live' && event.type === 'diff';
      if (!before || !isNews) return [];
      const held = new Set([...before.bids, ...before.asks].map(([price]) => price));
      return [...event.diff.bids, ...event.diff.asks].filter(
        ([price, amount]) => amount === 0 && !held.has(price),
      );
    });
    expect(unknown.length).toBeGreaterThan(0);
  });
});
