import { map } from 'rxjs';
import type { BookDiff, BookSnapshot, LevelMessage } from '../../core/book-message.js';
import type { Bench } from './bench.js';
import { type ConformanceCheck, advising } from './check.js';
import { expectSame, expectThat } from './expect.js';
import type { Means } from './means.js';
import { createWorld, ok, type World } from './world.js';

const DEPTH = 1_000;

/** A book, kept as simply as can be: by what the fixtures say. */
const naiveBook = (
  snapshot: Means<BookSnapshot>,
  diffs: readonly Means<BookDiff>[],
): { readonly bids: readonly LevelMessage[]; readonly asks: readonly LevelMessage[] } => {
  const side = (name: 'bids' | 'asks', descending: boolean): readonly LevelMessage[] => {
    const levels = new Map(snapshot[name]);
    for (const diff of diffs) for (const [price, amount] of diff[name]) levels.set(price, amount);
    return [...levels]
      .filter(([, amount]) => amount !== 0)
      .sort(([a], [b]) => (descending ? b - a : a - b));
  };
  return { bids: side('bids', true), asks: side('asks', false) };
};

const joined = advising(
  'the messages of `orderBook` do not add up to a book: see the checks 2.01 to 2.20',
);

/** A live book made of the messages. */
export const bookWorldChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { fixtures, rule } = bench;
  const { book, streams } = fixtures;
  const [first, second, third] = book.diffs;
  const snapshot = book.snapshot.answer;
  const expected = (...diffs: readonly { readonly means: Means<BookDiff> }[]) =>
    naiveBook(
      snapshot.means,
      diffs.map(({ means }) => means),
    );
  const follow = (world: World) =>
    world.record(
      world.connector.orderBook$(rule.pair).pipe(
        map((live) => {
          const { bids, asks } = live.snapshot(DEPTH);
          return { bids, asks };
        }),
      ),
    );
  const started = () => {
    const world = createWorld(bench);
    const told = follow(world);
    world.advance(1_000);
    return { world, told };
  };
  const tell = (world: World, ...diffs: readonly (typeof first)[]): void =>
    diffs.forEach(({ raw }) => world.send('market', raw));
  const kinds = ({ errors }: World) => errors.map(({ kind }) => kind);

  return [
    joined.check('2.22 a book is the snapshot, once there is one', () => {
      const { world, told } = started();
      expectSame('the book', told.values.at(-1), expected());
      expectSame('the errors', kinds(world), []);
    }),
    joined.check('2.23 diffs change the book', () => {
      const { world, told } = started();
      tell(world, first, second, third);
      expectSame('the book', told.values.at(-1), expected(first, second, third));
      expectSame('the errors', kinds(world), []);
    }),
    joined.check('2.24 what comes before the snapshot is joined to it', () => {
      const world = createWorld(bench);
      world.answer('snapshot', 'silence');
      const told = follow(world);
      world.advance(1_000);
      tell(world, first, second);
      expectSame('what was told without a snapshot', told.values, []);
      world.answer('snapshot', ok(snapshot.raw));
      world.advance(30_000);
      tell(world, third);
      expectSame('the book', told.values.at(-1), expected(first, second, third));
    }),
    joined.check('2.25 what comes twice changes nothing', () => {
      const { world, told } = started();
      tell(world, first, second);
      const before = told.values.length;
      tell(world, first, second);
      expectSame('what was told of the copies', told.values.slice(before), []);
      expectSame('the errors', kinds(world), []);
      tell(world, third);
      expectSame('the book', told.values.at(-1), expected(first, second, third));
    }),
    joined.check('2.26 a gap is told, and silences the book', () => {
      const { world, told } = started();
      world.answer('snapshot', 'silence');
      tell(world, first);
      const before = told.values.length;
      tell(world, third);
      world.advance(1_000);
      expectSame('what was told after the gap', told.values.slice(before), []);
      expectSame('the errors', kinds(world), ['sequence_gap']);
    }),
    joined.check('2.27 after a gap a new snapshot makes a new book', () => {
      const { world, told } = started();
      tell(world, first, third);
      const asked = world.requests('snapshot').length;
      world.answer('snapshot', ok(snapshot.raw));
      tell(world, first, second, third);
      world.advance(60_000);
      expectThat('the snapshots asked for', world.requests('snapshot').length > asked, {
        expected: `more than ${asked}`,
        actual: world.requests('snapshot').length,
      });
      tell(world, first, second, third);
      expectSame('the book', told.values.at(-1), expected(first, second, third));
    }),
    joined.check('2.28 a lost socket begins a new book', () => {
      const { world, told } = started();
      tell(world, first);
      world.sockets('market').forEach(({ drop }) => drop());
      world.advance(2_000);
      expectSame('the book', told.values.at(-1), expected());
      expectSame('the snapshots asked for', world.requests('snapshot').length, 2);
      tell(world, first, second);
      expectSame('the book', told.values.at(-1), expected(first, second));
    }),
    joined.check('2.29 a frame that cannot be read is told and dropped alone', () => {
      const { world, told } = started();
      world.send('market', 'no JSON');
      world.send('market', streams.acknowledged(9_999));
      tell(world, first, second);
      expectSame('the errors', kinds(world), ['decode']);
      expectSame('the book', told.values.at(-1), expected(first, second));
    }),
    joined.check('2.30 two subscribers share a socket and a snapshot', () => {
      const { world, told } = started();
      const other = follow(world);
      world.advance(1_000);
      tell(world, first);
      expectSame('the sockets', world.dialled.length, 1);
      expectSame('the snapshots', world.requests('snapshot').length, 1);
      expectSame('what the second was told last', other.values.at(-1), told.values.at(-1));
    }),
    joined.check('2.31 nothing is left when the last subscriber goes', () => {
      const { world, told } = started();
      tell(world, first);
      told.leave();
      world.advance(10);
      expectSame('the sockets', world.sockets('market').length, 0);
      expectSame('the timers', world.pending(), 0);
    }),
  ];
};
