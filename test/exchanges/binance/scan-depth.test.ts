import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { isDeepStrictEqual } from 'node:util';
import type { BookDiff } from '../../../src/core/book-message.js';
import { parseJson } from '../../../src/core/codecs.js';
import { DiffBuffer } from '../../../src/core/diff-buffer.js';
import { seededRandom } from '../../../src/core/random.js';
import { marketData } from '../../../src/exchanges/binance/market-data.js';
import { scanDepth } from '../../../src/exchanges/binance-shared/scan-depth.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { readRecording } from '../../recordings/recording.js';
import { spoiled } from './spoiled.js';
import { btcUsdt, messages } from './support.js';

const { orderBook } = marketData;

const { streams } = binanceSpot;

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

const topicRead = (text: string): string | undefined => {
  const frame = streams.read(parseJson(text));
  return isRight(frame) && frame.right.type === 'data' ? frame.right.topic : undefined;
};

const recorded = (name: string): readonly string[] =>
  readRecording(name).lines.flatMap(({ told, text }) => (told?.type === 'diff' ? [text] : []));

describe('a depth frame', () => {
  it.each([
    'binance-spot-20210405',
    'binance-spot-20211012',
    'binance-us-20210417',
    'binance-us-20211012',
    'binance-usdm-routed-20210722',
  ])('as in %s is scanned, and gives what the codec gives', (name) => {
    for (const frame of recorded(name)) {
      const diff = scanned(frame);
      expect(diff).toBeDefined();
      expect(diff).toEqual(decoded(frame));
    }
  });

  it('of futures is scanned in the sequence of its documentation, and in that of old', () => {
    const documented =
      '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1772600760202,"T":1772600760201,' +
      '"s":"BTCUSDT","ps":"BTCUSDT","st":1,"U":157,"u":160,"pu":149,"b":[["60000.00","1.5"]],"a":[]}}';
    const older = documented.replace('"ps":"BTCUSDT","st":1,', '');
    expect(scanned(documented)).toEqual({
      firstUpdateId: 157,
      lastUpdateId: 160,
      previousUpdateId: 149,
      bids: [[60_000, 1.5]],
      asks: [],
      time: 1_772_600_760_202,
    });
    for (const frame of [documented, older, older.replace('}}', ',"st":1}}')]) {
      expect(scanned(frame)).toEqual(scanned(documented));
      expect(decoded(frame)).toEqual(scanned(documented));
    }
  });

  it('forgets which update an earlier one followed', () => {
    const diff = new DiffBuffer();
    const [ofFutures] = recorded('binance-usdm-routed-20210722');
    expect(scanDepth(ofFutures!, diff)).toBe(true);
    expect(diff.previousUpdateId).toBeGreaterThan(0);
    expect(scanDepth(JSON.stringify(samples.depthUpdate), diff)).toBe(true);
    expect(diff.previousUpdateId).toBeNaN();
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
    const message = fc.record(
      {
        e: fc.constant('depthUpdate'),
        E: id,
        T: id,
        s: fc.string(),
        ps: fc.string(),
        st: id,
        U: id,
        u: id,
        pu: id,
        b: fc.array(level, { maxLength: 4 }),
        a: fc.array(level, { maxLength: 40 }),
      },
      { requiredKeys: ['e', 'E', 's', 'U', 'u', 'b', 'a'] },
    );
    fc.assert(
      fc.property(message, (data) => {
        const frame = JSON.stringify({ stream: 'btcusdt@depth@100ms', data });
        const diff = scanned(frame);
        if (diff !== undefined) expect(diff).toEqual(decoded(frame));
      }),
      { numRuns: 3_000 },
    );
  });

  it('make the same of 120,000 spoiled frames and their topics, or the scanner leaves them to the codec', () => {
    const random = seededRandom(20_261_122);
    const names = ['binance-us-20211012', 'binance-spot-20211012', 'binance-usdm-routed-20210722'];
    const frames = names.flatMap(recorded);
    let accepted = 0;
    for (let count = 0; count < 120_000; count += 1) {
      const frame = spoiled(frames, random);
      const diff = scanned(frame);
      if (diff === undefined) continue;
      accepted += 1;
      const expected = decoded(frame);
      // Node's comparison first: a hundred thousand of jest's take a minute.
      if (!isDeepStrictEqual(diff, expected)) expect({ frame, diff }).toEqual({ frame, expected });
      const topic = streams.topicOf?.(frame);
      if (topic !== topicRead(frame)) expect({ frame, topic }).toBeUndefined();
    }
    expect(accepted).toBeGreaterThan(10_000);
  });
});
