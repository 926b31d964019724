import { expectFinal, expectLevels } from './expect-truth.js';
import { type Line, readRecording } from './recording.js';
import { createReplay, listeners } from './replay.js';

/** What the exchange told of the best bid and ask, by symbol and update id. */
const topsOf = (lines: readonly Line[]): ReadonlyMap<string, readonly unknown[]> =>
  new Map(
    lines.flatMap(({ told }) =>
      told?.type === 'top' ? [[`${told.symbol} ${told.updateId}`, [told.bid, told.ask]]] : [],
    ),
  );

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

describe.each<
  [string, keyof typeof listeners, Record<'books' | 'diffs' | 'checkpoints' | 'tops', number>]
>([
  ['binance-spot-20210405', 'com', { books: 10, diffs: 4_642, checkpoints: 120, tops: 1_155 }],
  ['binance-spot-20211012', 'com', { books: 4, diffs: 172, checkpoints: 34, tops: 26 }],
  ['binance-us-20210417', 'us', { books: 10, diffs: 797, checkpoints: 111, tops: 176 }],
  ['binance-us-20211012', 'us', { books: 4, diffs: 332, checkpoints: 48, tops: 57 }],
  [
    'binance-usdm-routed-20210722',
    'perpetual',
    { books: 4, diffs: 752, checkpoints: 48, tops: 50 },
  ],
])('%s heard again', (name, market, counts) => {
  const recording = readRecording(name);
  const { lines, truth } = recording;

  it('leads to the true books, by every checkpoint and every best bid and ask', () => {
    const tops = topsOf(lines);
    const replay = createReplay(recording, { listener: listeners[market] });
    const seen = { books: 0, diffs: 0, checkpoints: 0, tops: 0 };
    const checked = new Set<string>();
    for (const line of lines) {
      replay.tell(line);
      if (line.told === undefined) continue;
      const { symbol, line: number } = line.told;
      const book = replay.markets.get(symbol)!.book();
      const checkpoint = truth
        .get(symbol)!
        .checkpoints.find(({ after_line }) => after_line === number);
      if (checkpoint !== undefined) {
        expectLevels(book, checkpoint.id, checkpoint);
        seen.checkpoints += 1;
      }
      const key = `${symbol} ${book?.updateId}`;
      const top = tops.get(key);
      if (book === undefined || top === undefined || checked.has(key)) continue;
      checked.add(key);
      const { bids, asks } = book.snapshot(1);
      expect([key, bids[0], asks[0]]).toEqual([key, ...top]);
      seen.tops += 1;
    }
    for (const [symbol, { pair, judge, book }] of replay.markets) {
      const expected = truth.get(symbol)!;
      expect([pair, ...judge.crimes]).toEqual([pair]);
      // Once after the snapshot, and after each diff.
      expect([pair, judge.right()]).toEqual([pair, 1 + expected.applied_diffs]);
      expectFinal(book(), expected);
      seen.books += 1;
      seen.diffs += judge.right() - 1;
    }
    expect(seen).toEqual(counts);
    expect(sum([...truth.values()].map(({ applied_diffs }) => applied_diffs))).toBe(counts.diffs);
    expect(replay.errors).toEqual([]);
  });

  it('comes from the address that the connector asks', () => {
    const replay = createReplay(recording, { listener: listeners[market] });
    replay.tell(lines[0]!);
    const frames = lines.find(({ kind }) => kind === 'frame')!;
    expect(replay.sockets()).toEqual([frames.url.href]);
  });
});
