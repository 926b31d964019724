import type { BookDiff, BookSnapshot, LevelMessage } from '../../core/book-message.js';
import { DiffBuffer } from '../../core/diff-buffer.js';
import { jsonOf, textOf, type Bench } from './bench.js';
import { notApplicable, type ConformanceCheck, advising } from './check.js';
import { expectRead, expectSame, expectThat, expectUnread, read } from './expect.js';
import type { Raw } from './fixtures.js';
import { expectCall } from './requests.js';
import { spoiled } from './spoiled.js';

const decoding = advising('mend `orderBook`, or the fixture where the pages say otherwise');
const linking = advising(
  "hold `attach` and `follow` against the pages' procedure for a local book",
);
const scanning = advising('let `orderBook.scan` decline whatever is not exactly in the usual form');

/** The messages of a book, and how they chain. */
export const orderBookChecks = (bench: Bench): readonly ConformanceCheck[] => {
  const { exchange, fixtures, rule } = bench;
  const { book } = fixtures;
  const source = exchange.orderBook;
  const [first, second, third] = book.diffs;
  const snapshotOf = (raw: Raw): BookSnapshot =>
    read('the snapshot', source.snapshot.decode(jsonOf(raw), { rule }));
  const dataOf = (raw: Raw): unknown => {
    const frame = read('the frame', exchange.streams.read(jsonOf(raw)));
    return frame.type === 'data' ? frame.data : undefined;
  };
  const diffOf = (raw: Raw): BookDiff => read('the diff', source.diffs.decode(dataOf(raw), rule));
  const snapshot = book.snapshot.answer;
  const prices = (levels: readonly LevelMessage[]): readonly number[] =>
    levels.map(([price]) => price);
  const scanned = (text: string): BookDiff | undefined => {
    const buffer = new DiffBuffer();
    return source.scan?.(text, buffer) === true ? buffer.toDiff() : undefined;
  };
  const hasScanner = source.scan ?? notApplicable('it has no scanner');

  return [
    decoding.check('2.01 a snapshot is asked for as documented', () =>
      expectCall('a snapshot', source.snapshot, { rule }, book.snapshot.request),
    ),
    decoding.check('2.02 a snapshot is read', () =>
      expectRead(
        'the snapshot',
        source.snapshot.decode(jsonOf(snapshot.raw), { rule }),
        snapshot.means,
      ),
    ),
    decoding.check('2.03 the bids of a snapshot are below its asks', () => {
      const { bids, asks } = snapshotOf(snapshot.raw);
      const [bid, ask] = [Math.max(...prices(bids)), Math.min(...prices(asks))];
      expectThat('the best prices', bid < ask, { expected: 'bid < ask', actual: { bid, ask } });
    }),
    decoding.check('2.04 the topic of diffs is the documented one', () =>
      expectSame('the topic', source.diffs.topic(rule), book.topic),
    ),
    advising('mend `streams.url`').check('2.05 diffs are told where the pages say', () =>
      expectSame(
        'the address',
        exchange.streams.url(bench.domain, source.diffs.topic(rule)),
        book.url,
      ),
    ),
    advising('mend `streams.read`').check('2.06 a frame of diffs names its topic', () => {
      for (const { raw } of book.diffs) {
        const frame = read('the frame', exchange.streams.read(jsonOf(raw)));
        expectSame('its topic', frame.type === 'data' && frame.topic, book.topic);
      }
    }),
    decoding.check('2.07 diffs are read', () => {
      for (const { raw, means } of book.diffs)
        expectRead('the diff', source.diffs.decode(dataOf(raw), rule), means);
    }),
    decoding.check('2.08 a level that went is one with amount 0', () => {
      const levels = book.diffs.flatMap(({ raw }) => {
        const { bids, asks } = diffOf(raw);
        return [...bids, ...asks];
      });
      expectThat(
        'the levels of the diffs',
        levels.some(([, amount]) => amount === 0),
        {
          expected: 'one whose amount is 0',
          actual: levels,
        },
      );
    }),
    linking.check('2.09 the first diff attaches to the snapshot', () =>
      expectSame(
        'how it attaches',
        source.attach(snapshot.means.updateId, diffOf(first.raw)),
        'next',
      ),
    ),
    linking.check('2.10 a diff older than the snapshot is stale', () =>
      expectSame(
        'how it attaches to a later snapshot',
        source.attach(diffOf(third.raw).lastUpdateId + 1, diffOf(first.raw)),
        'stale',
      ),
    ),
    linking.check('2.11 a diff beyond the snapshot is a gap', () => {
      expectSame(
        'how the second attaches without the first',
        source.attach(snapshot.means.updateId, diffOf(second.raw)),
        'gap',
      );
    }),
    linking.check('2.12 a diff follows the one before', () => {
      for (const [before, after] of [
        [first, second],
        [second, third],
      ] as const)
        expectSame(
          'how it follows',
          source.follow(before.means.lastUpdateId, diffOf(after.raw)),
          'next',
        );
    }),
    linking.check('2.13 a diff that is known already is stale', () => {
      for (const { raw, means } of [first, second])
        expectSame(
          'how it follows itself',
          source.follow(means.lastUpdateId, diffOf(raw)),
          'stale',
        );
      expectSame(
        'how it follows a later one',
        source.follow(third.means.lastUpdateId, diffOf(second.raw)),
        'stale',
      );
    }),
    linking.check('2.14 a diff that misses one before it is a gap', () =>
      expectSame(
        'how the third follows the first',
        source.follow(first.means.lastUpdateId, diffOf(third.raw)),
        'gap',
      ),
    ),
    decoding.check('2.15 other messages are no snapshots', () => {
      for (const body of [{}, [], null, 'busy', dataOf(first.raw)])
        expectUnread('what is no snapshot', source.snapshot.decode(body, { rule }));
    }),
    decoding.check('2.16 other messages are no diffs', () => {
      for (const data of [{}, [], null, 'busy', jsonOf(snapshot.raw)])
        expectUnread('what is no diff', source.diffs.decode(data, rule));
    }),
    decoding.check('2.17 a spoiled diff throws nothing', () => {
      for (const data of spoiled(dataOf(first.raw))) source.diffs.decode(data, rule);
    }),
    scanning.given('2.18 the scanner reads what the codec reads', hasScanner, () => {
      for (const { raw } of book.diffs)
        expectSame('the diff as it was scanned', scanned(textOf(raw)), diffOf(raw));
    }),
    scanning.given('2.19 the scanner declines a frame that is cut off', hasScanner, () => {
      const text = textOf(first.raw);
      for (let length = 0; length < text.length; length += 1)
        expectSame(
          `the frame, cut after ${length} characters`,
          scanned(text.slice(0, length)),
          undefined,
        );
    }),
    scanning.given(
      '2.20 the scanner reads a frame in another form as the codec, or not at all',
      hasScanner,
      () => {
        const frame = jsonOf(first.raw);
        for (const raw of [frame, ...spoiled(frame)]) {
          for (const text of [
            JSON.stringify(raw),
            JSON.stringify(raw, undefined, 1),
            `${JSON.stringify(raw)} `,
          ]) {
            const found = scanned(text);
            if (found === undefined) continue;
            expectSame(`what was scanned of ${text}`, found, diffOf(raw as Raw));
          }
        }
      },
    ),
    decoding.given(
      '2.21 the checksum of a book is that of the exchange',
      book.checksum,
      () => undefined,
    ),
  ];
};
