import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { parseJson } from '../../src/core/codecs.js';
import { message } from '../../src/core/message.js';
import { either, TextOrNull } from '../../src/core/scalar.js';
import { scanner } from '../../src/core/scanner.js';

const Fill = message('Fill', {
  always: { e: 'fill' },
  texts: { symbol: 's' },
  ids: { tradeId: 't' },
  ints: { time: 'T' },
  decimals: { price: 'p' },
  codecs: { feeAsset: ['N', TextOrNull], liquidity: ['m', either('maker', 'taker')] },
});

const scan = scanner(Fill, 1_000, '}');

const sample = { e: 'fill', s: 'BTCUSDT', t: 7, T: 5, p: '1.50', N: null, m: true, other: 'x' };
const framed = (event: object): string => `{"event":${JSON.stringify(event)}}`;
const START = '{"event":'.length;

const decoded = (frame: string): unknown => {
  const read = Fill.decode((parseJson(frame) as { readonly event: unknown }).event);
  return isRight(read) ? read.right : 'refused';
};

it('reads what the codec reads', () => {
  const frame = framed(sample);
  expect(scan(frame, START)).toEqual(decoded(frame));
  expect(scan(frame, START)).toMatchObject({ tradeId: '7', feeAsset: null, liquidity: 'maker' });
});

it('reads nothing where a value is missing or another one, or more follows', () => {
  for (const name of Object.keys(sample).filter((key) => key !== 'other'))
    expect(scan(framed({ ...sample, [name]: undefined }), START)).toBeUndefined();
  expect(scan(framed({ ...sample, e: 'other' }), START)).toBeUndefined();
  for (const frame of [`${framed(sample)}}`, `${framed(sample)} `, framed(sample).slice(0, -1)])
    expect(scan(frame, START)).toBeUndefined();
});

it('reads the same as the codec, whatever the values are', () => {
  const value = fc.oneof(fc.maxSafeInteger(), fc.string(), fc.boolean(), fc.constant(null));
  const changes = fc.dictionary(fc.constantFrom(...Object.keys(sample)), value, { maxKeys: 2 });
  let scanned = 0;
  fc.assert(
    fc.property(changes, (change) => {
      const frame = framed({ ...sample, ...change });
      const read = scan(frame, START);
      if (read === undefined) return;
      scanned += 1;
      expect(read).toEqual(decoded(frame));
    }),
    { numRuns: 1_000 },
  );
  expect(scanned).toBeGreaterThan(50);
});

const Long = message('Long', { texts: { symbol: 'sy' } });
const Optional = message('Optional', { optional: { texts: { symbol: 's' } } });
const Nested = message('Nested', { lists: { all: ['a', t.string] } });

it.each([
  ['a name of two characters', () => scanner(Long, 100, '')],
  ['what may be missing', () => scanner(Optional, 100, '')],
  ['what is no scalar', () => scanner(Nested, 100, '')],
])('cannot be made for %s', (_, make) => {
  expect(make).toThrow('cannot be scanned');
});
