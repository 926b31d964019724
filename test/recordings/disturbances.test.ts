import { seededRandom } from '../../src/core/random.js';
import { expectFinal } from './expect-truth.js';
import {
  type Line,
  ofRecordedMarkets,
  type Recorded,
  type Recording,
  readRecording,
} from './recording.js';
import { createReplay, listeners, type Replay, type ReplayOptions } from './replay.js';

/** Until books that fell out of step at the very end are back, in ms. */
const AFTERWARDS = 60_000;

const asSent = ({ kind, text }: Line): readonly string[] => (kind === 'frame' ? [text] : []);

/** One diff in so many, by market; never the last one, after which nothing comes that could tell. */
const oneDiffIn = (every: number, { told }: Recording): ReadonlySet<Recorded | undefined> =>
  new Set(
    [...told.values()].flatMap((messages) =>
      messages
        .filter(({ type }) => type === 'diff')
        .slice(0, -1)
        .filter((_, index) => index % every === every - 1),
    ),
  );

const gapsOf = ({ errors }: Replay, pair: string): number =>
  errors.filter(({ kind, message }) => kind === 'sequence_gap' && message.includes(`${pair}:`))
    .length;

describe.each<[string, keyof typeof listeners]>([
  ['binance-spot-20210405', 'com'],
  ['binance-spot-20211012', 'com'],
  ['binance-us-20210417', 'us'],
  ['binance-us-20211012', 'us'],
  ['binance-usdm-routed-20210722', 'perpetual'],
])('%s heard again', (name, market) => {
  // Nothing is wrong with the list of markets, and to read all of it takes most of the time.
  const recording = ofRecordedMarkets(readRecording(name));
  const { lines, truth } = recording;
  const begin = (options: Partial<ReplayOptions> = {}): Replay =>
    createReplay(recording, { listener: listeners[market], ...options });

  /** No book was ever wrong, and in the end all are the true ones. */
  const expectTruth = (replay: Replay): void => {
    replay.advance(AFTERWARDS);
    for (const [symbol, { pair, judge, book }] of replay.markets) {
      expect([pair, ...judge.crimes]).toEqual([pair]);
      expectFinal(book(), truth.get(symbol)!);
    }
  };

  it('without one diff in ten, empties the book at the next one and gets it back', () => {
    const replay = begin();
    const lost = oneDiffIn(10, recording);
    const missing = new Map<string, number>();
    let noticed = 0;
    for (const line of lines) {
      replay.tell(line, lost.has(line.told) ? [] : asSent(line));
      if (line.told?.type !== 'diff') continue;
      const { symbol } = line.told;
      const { pair, book } = replay.markets.get(symbol)!;
      const gapsBefore = missing.get(symbol);
      if (lost.has(line.told)) {
        const { updateId = 0 } = book() ?? {};
        const isNews = updateId > 0 && updateId < line.told.diff.lastUpdateId;
        if (isNews) missing.set(symbol, gapsOf(replay, pair));
      } else if (gapsBefore !== undefined) {
        missing.delete(symbol);
        expect([pair, book()?.updateId]).toEqual([pair, 0]);
        expect(gapsOf(replay, pair)).toBe(gapsBefore + 1);
        noticed += 1;
      }
    }
    expect(missing.size).toBe(0);
    expect(noticed).toBeGreaterThanOrEqual(truth.size);
    expectTruth(replay);
  });

  it('without the last diffs, finds out by REST that the book stands still', () => {
    const replay = begin();
    const end = new Set([...truth.values()].flatMap(({ last_applied }) => [last_applied.line]));
    for (const line of lines)
      replay.tell(line, line.told && end.has(line.told.line) ? [] : asSent(line));
    replay.advance(30 * 60_000);
    expectTruth(replay);
  });

  it('with diffs that come twice, or once more later, goes on as if nothing was', () => {
    const replay = begin();
    const random = seededRandom(3);
    const earlier: string[] = [];
    for (const line of lines) {
      const frames = [...asSent(line)];
      if (line.told?.type === 'diff') {
        earlier.push(line.text);
        if (random() < 0.25) frames.push(line.text);
        if (random() < 0.25) frames.unshift(earlier[Math.floor(random() * earlier.length)]!);
      }
      replay.tell(line, frames);
    }
    expectTruth(replay);
    for (const [symbol, { pair, judge }] of replay.markets)
      expect([pair, judge.right()]).toEqual([pair, 1 + truth.get(symbol)!.applied_diffs]);
    expect(replay.errors).toEqual([]);
  });

  it('with one diff in ten behind the next ones, is silent rather than wrong', () => {
    const replay = begin();
    const random = seededRandom(5);
    const late = oneDiffIn(10, recording);
    let held: { readonly text: string; readonly until: number }[] = [];
    for (const [index, line] of lines.entries()) {
      const due = held.filter(({ until }) => until <= index);
      held = held.filter(({ until }) => until > index);
      if (late.has(line.told)) held.push({ text: line.text, until: index + 1 + random() * 40 });
      const own = late.has(line.told) ? [] : asSent(line);
      replay.tell(line, [...own, ...due.map(({ text }) => text)]);
    }
    expectTruth(replay);
    expect(replay.errors.length).toBeGreaterThan(0);
  });

  it('with a socket that breaks now and then, begins each book anew', () => {
    const replay = begin();
    const breaks = [0.005, 0.25, 0.5, 0.8].map((part) => Math.floor(part * lines.length));
    for (const [index, line] of lines.entries()) {
      replay.tell(line);
      if (!breaks.includes(index)) continue;
      replay.breakSocket();
      for (const { book } of replay.markets.values()) expect(book()?.updateId ?? 0).toBe(0);
    }
    expectTruth(replay);
    expect(replay.sockets()).toHaveLength(1 + breaks.length);
  });

  it('with snapshots that arrive late, sets what came before on top of them', () => {
    const replay = begin({ snapshotDelay: 25_000 });
    // A snapshot that does not come is given up after some 40 s, and what waited for it too.
    const start = lines[0]!.at;
    const speed = Math.max(1, (lines.at(-1)!.at - start) / 30_000);
    for (const line of lines) replay.tell({ ...line, at: start + (line.at - start) / speed });
    expectTruth(replay);
    const waited = [...replay.markets].map(
      ([symbol, { judge }]) => 1 + truth.get(symbol)!.applied_diffs - judge.right(),
    );
    expect(Math.max(...waited)).toBeGreaterThan(100);
    expect(replay.errors).toEqual([]);
  });
});
