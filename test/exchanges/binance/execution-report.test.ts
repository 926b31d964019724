import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../../../src/core/codecs.js';
import type { UserStreamEvent } from '../../../src/core/contract.js';
import { seededRandom } from '../../../src/core/random.js';
import { userStream } from '../../../src/exchanges/binance/user-stream.js';
import { spoiled } from './spoiled.js';
import { messages, rules } from './support.js';

/** The fields that are read, besides the one that says what it is. */
const needed = 's c C x X i z l L Y n N T O t m'.split(' ');

interface Report {
  readonly event: { readonly e: 'executionReport' };
}

const isReport = (sample: readonly [string, unknown]): sample is [string, Report] =>
  JSON.stringify(sample[1]).includes('"executionReport"');

const reports = Object.entries(messages('user-stream')).filter(isReport);
const frames = reports.map(([, frame]) => JSON.stringify(frame));

const scanned = (frame: string) => userStream.scan?.(frame, rules);

const decoded = (text: string): readonly UserStreamEvent[] | undefined => {
  const events = userStream.decode(parseJson(text), rules);
  return isRight(events) ? events.right : undefined;
};

/** The reports of a fill, with another value of a field; a text stands for itself. */
const withField = (name: string, value: string): string => {
  const [frame = ''] = frames.filter((text) => text.includes('"TRADE"'));
  return frame.replace(new RegExp(`("${name}":)("[^"]*"|[^,}]*)`), `$1${value}`);
};

describe('a report of an order', () => {
  it.each(reports)('as in %s is scanned, and gives what the codec gives', (_, sample) => {
    const frame = JSON.stringify(sample);
    expect(scanned(frame)).toBeDefined();
    expect(scanned(frame)).toEqual(decoded(frame));
  });

  it('is scanned with its fields in any sequence, and with others', () => {
    for (const [, { event }] of reports) {
      const { e, ...others } = event;
      const turned = Object.fromEntries(Object.entries(others).toReversed());
      const frame = JSON.stringify({
        subscriptionId: 12,
        event: { e, pL: '0.1', uS: true, ...turned },
      });
      expect(scanned(frame)).toBeDefined();
      expect(scanned(frame)).toEqual(decoded(frame));
    }
  });

  it('of a status that is not known is scanned where it tells of a fill, and left to the codec elsewhere', () => {
    const fill = withField('X', '"SOMETHING_NEW"');
    expect(scanned(fill)).toMatchObject([{ kind: 'trade' }, { kind: 'order', status: 'open' }]);
    const other = fill.replace('"TRADE"', '"NEW"');
    expect([scanned(other), decoded(other)]).toEqual([undefined, undefined]);
  });

  it('of which a field is told twice tells the second', () => {
    const [frame = ''] = frames;
    const twice = frame.replace('"z":', '"z":"7","z":');
    expect(scanned(twice)).toEqual(scanned(frame));
    expect(scanned(frame.replace(/}}$/, ',"e":"other"}}'))).toBeUndefined();
  });

  it('is the codec’s where anything about it is unusual', () => {
    const [frame = ''] = frames;
    const unusual = [
      '',
      '{',
      ` ${frame}`,
      `${frame}\n`,
      `${frame}}`,
      frame.slice(0, -1),
      frame.replace('"subscriptionId":0', '"subscriptionId":00'),
      frame.replace('"subscriptionId":0', '"subscriptionId":-1'),
      frame.replace('"subscriptionId":0,', ''),
      frame.replace('"event"', '"Event"'),
      frame.replace('"e":', '"e" :'),
      frame.replace('executionReport', 'execution\\u0052eport'),
      frame.replace('"BTCUSDT"', '"币安人生USDT"'),
      frame.replace('"g":-1', '"g":{}'),
      frame.replace('"g":-1', '"g":1e3'),
      frame.replace('"g":-1', '"g":01'),
      frame.replace('"g":-1', '"g":1.'),
      frame.replace('"g":-1', '"g":nul'),
      frame.replace('"g":-1', '"":-1'),
      frame.replace('"g":-1', `"g":"${'x'.repeat(5_000)}"`),
      ...['1e2', '1.5', '9007199254740993', '-0', '"7"', 'null'].map((i) => withField('i', i)),
      ...['"1e2"', '""', '"."', '"1."', '".5"', '"-0.0"', '1', 'null'].map((z) =>
        withField('z', z),
      ),
      ...['"yes"', 'null', '1'].map((m) => withField('m', m)),
      ...['true', '7'].map((N) => withField('N', N)),
      withField('c', 'null'),
      ...needed.map((name) => frame.replace(`"${name}":`, '"-":')),
    ];
    // An empty name is one, and a field that is not read may have it.
    const read = unusual.filter((text) => scanned(text) !== undefined);
    expect(read).toEqual([frame.replace('"g":-1', '"":-1')]);
  });
});

describe('the scanner and the codec', () => {
  it('make the same of any values', () => {
    const text = fc.oneof(
      fc.stringMatching(/^-?\d{1,18}(\.\d{1,18})?$/),
      fc.double().map(String),
      fc.string({ maxLength: 6 }),
    );
    const value = fc.oneof(
      text,
      fc.maxSafeInteger(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.nat(), { maxLength: 2 }),
    );
    const changes = fc.dictionary(fc.constantFrom(...needed, 'E', 'g', 'p'), value, { maxKeys: 3 });
    const report = fc.constantFrom(...reports.map(([, frame]) => frame));
    let accepted = 0;
    fc.assert(
      fc.property(report, changes, ({ event }, change) => {
        const frame = JSON.stringify({ subscriptionId: 0, event: { ...event, ...change } });
        const events = scanned(frame);
        if (events === undefined) return;
        accepted += 1;
        expect(events).toEqual(decoded(frame));
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it('make the same of 60,000 spoiled frames, or the scanner leaves them to the codec', () => {
    const random = seededRandom(20_261_123);
    let accepted = 0;
    for (let count = 0; count < 60_000; count += 1) {
      const frame = spoiled(frames, random);
      const events = scanned(frame);
      if (events === undefined) continue;
      accepted += 1;
      const expected = decoded(frame);
      // Node's comparison first: jest's takes a hundred times as long.
      if (!isDeepStrictEqual(events, expected))
        expect({ frame, events }).toEqual({ frame, expected });
    }
    expect(accepted).toBeGreaterThan(5_000);
  });
});
