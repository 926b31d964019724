import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { isDeepStrictEqual } from 'node:util';
import type { BookDiff } from '../../../src/core/book-message.js';
import { parseJson } from '../../../src/core/codecs.js';
import { DiffBuffer } from '../../../src/core/diff-buffer.js';
import { seededRandom } from '../../../src/core/random.js';
import { orderBook } from '../../../src/exchanges/binance/order-book.js';
import { scanDepth } from '../../../src/exchanges/binance/scan-depth.js';
import { streams } from '../../../src/exchanges/binance/streams.js';
import { readRecording } from '../../recordings/recording.js';
import { spoiled } from './spoiled.js';
import { btcUsdt, messages } from './support.js';

const samples = messages('market-data');

const scanned = (frame: string): BookDiff | undefined => {
  const diff = new DiffBuffer();
  return scanDepth(frame, diff) ? diff.toDiff() : undefined;
};

const decoded = (text: string): BookDiff | undefined => {
  const frame = streams.read(parseJson(text));
  if (!isRight(frame) || frame.right.type !== 'data') return undefined;
  const diff = orderBook.diffs.decode(frame.right.data, btcUsdt);
  return isRight(diff) ? diff.right : undefined;
};

const recorded = (name: string): readonly string[] =>
  readRecording(name).lines.flatMap(({ told, text }) => (told?.type === 'diff' ? [text] : []));

describe('a depth frame', () => {
  it.each([
    'binance-spot-20210405',
    'binance-spot-20211012',
    'binance-us-20210417',
    'binance-us-20211012',
  ])('as in %s is scanned, and gives what the codec gives', (name) => {
    for (const frame of recorded(name)) {
      const diff = scanned(frame);
      expect(diff).toBeDefined();
      expect(diff).toEqual(decoded(frame));
    }
  });

  it('of a market with a name in any script is scanned', () => {
    const frame = JSON.stringify(samples.depthUpdate).replaceAll(/btc/gi, '币安人生');
    expect(scanned(frame)).toEqual(decoded(frame));
    expect(scanned(frame)).toBeDefined();
  });

  it('is the codec’s where anything about it is unusual', () => {
    const frame = JSON.stringify(samples.depthUpdate);
    const unusual = [
      ` ${frame}`,
      `${frame}\n`,
      JSON.stringify(samples.depthUpdate, undefined, 1),
      frame.replace('"U":', '"x":1,"U":'),
      frame.replace(/("U":\d+),("u":\d+)/, '$2,$1'),
      frame.replace('depthUpdate', 'depth\\u0055pdate'),
      frame.replace('"e":', '"e" :'),
      frame.replace(/"b":\[\["([^"]+)"/, '"b":[["$1e0"'),
      frame.replace(/}}$/, ',"stream":"ethusdt@depth@100ms"}}'),
      frame.replace(/}$/, ',"stream":"ethusdt@depth@100ms"}'),
    ];
    expect(new Set([frame, ...unusual]).size).toBe(unusual.length + 1);
    expect(unusual.map(scanned)).toEqual(unusual.map(() => undefined));
  });
});

describe('the scanner and the codec', () => {
  it('make the same of any numbers', () => {
    const text = fc.oneof(
      fc.stringMatching(/^\d{1,18}(\.\d{1,18})?$/),
      fc.double().map(String),
      fc.string({ maxLength: 6 }),
    );
    const level = fc.tuple(text, text);
    const id = fc.oneof(fc.maxSafeNat(), fc.double(), fc.constant(2 ** 53));
    const message = fc.record({
      e: fc.constant('depthUpdate'),
      E: id,
      s: fc.string(),
      U: id,
      u: id,
      b: fc.array(level, { maxLength: 4 }),
      a: fc.array(level, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(message, (data) => {
        const frame = JSON.stringify({ stream: 'btcusdt@depth@100ms', data });
        const diff = scanned(frame);
        if (diff !== undefined) expect(diff).toEqual(decoded(frame));
      }),
      { numRuns: 3_000 },
    );
  });

  it('make the same of 120,000 spoiled frames, or the scanner leaves them to the codec', () => {
    const random = seededRandom(20_261_122);
    const frames = recorded('binance-us-20211012').concat(recorded('binance-spot-20211012'));
    let accepted = 0;
    for (let count = 0; count < 120_000; count += 1) {
      const frame = spoiled(frames, random);
      const diff = scanned(frame);
      if (diff === undefined) continue;
      accepted += 1;
      const expected = decoded(frame);
      // Node's comparison first: a hundred thousand of jest's take a minute.
      if (!isDeepStrictEqual(diff, expected)) expect({ frame, diff }).toEqual({ frame, expected });
    }
    expect(accepted).toBeGreaterThan(10_000);
  });
});
