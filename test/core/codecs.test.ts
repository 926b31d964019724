import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeError, FloatFromString, parseJson } from '../../src/core/codecs.js';
import { Decimal } from '../../src/core/decimal.js';
import { Int } from '../../src/core/scalar.js';
import { plain, refused } from '../support/number-texts.js';

const decoded = <A>(codec: t.Decoder<unknown, A>, input: unknown): A | 'refused' => {
  const result = codec.decode(input);
  return isRight(result) ? result.right : 'refused';
};

const messageOf = (codec: t.Mixed, input: unknown, what = 'A message'): string => {
  const result = codec.decode(input);
  return isLeft(result) ? decodeError(what, result.left).message : 'accepted';
};

describe('FloatFromString', () => {
  it.each(plain)('reads %j', (text, value) => {
    expect(decoded(FloatFromString, text)).toBe(value);
  });

  it('reads -0 as zero', () => {
    expect(decoded(FloatFromString, '-0') === 0).toBe(true);
  });

  it.each(refused)('refuses %p', (input) => {
    expect(decoded(FloatFromString, input)).toBe('refused');
  });

  it('refuses a number that a float64 cannot hold, rather than read Infinity', () => {
    expect(decoded(FloatFromString, '9'.repeat(400))).toBe('refused');
  });

  it('holds every decimal of up to 15 significant digits exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 15 - 1 }), fc.nat(12), (digits, places) => {
        const text = new Decimal(digits).shiftedBy(-places).toFixed();
        const value = decoded(FloatFromString, text);
        if (value === 'refused') throw new Error(text);
        expect(new Decimal(value.toPrecision(15)).toFixed()).toBe(text);
      }),
    );
  });

  it('writes what it read', () => expect(FloatFromString.encode(0.25)).toBe('0.25'));
});

describe('decodeError', () => {
  const Trade = t.type({ id: Int, levels: t.array(t.tuple([FloatFromString])) }, 'Trade');

  it('names what was read, the field, what was expected and what was there', () => {
    expect(messageOf(Trade, { id: 1, levels: [['1'], ['x1']] }, 'A trade')).toBe(
      'A trade does not have the expected shape (levels.1.0: expected FloatFromString, got "x1").',
    );
  });

  it.each<[input: unknown, found: string]>([
    [null, 'got null'],
    [undefined, 'got undefined'],
    ['text', 'got "text"'],
    [{}, 'id: expected Int, got undefined'],
    [[], 'the message: expected Trade, got []'],
  ])('of %p says %s', (input, found) => {
    expect(messageOf(Trade, input)).toContain(found);
  });

  it('speaks of the message where it is wrong as a whole', () => {
    expect(messageOf(Trade, 5)).toContain('the message: expected Trade, got 5');
  });

  it('prefers the codec’s own words', () => {
    const Even = t.refinement(t.number, (value) => value % 2 === 0, 'Even');
    const Worded = new t.Type<number, number, unknown>(
      'Worded',
      Even.is,
      (input, context) => t.failure(input, context, 'an even number'),
      t.identity,
    );
    expect(messageOf(t.type({ a: Worded }), { a: 3 })).toContain(
      'a: expected an even number, got 3',
    );
  });

  it('is a decode error whose outcome is unknown: the request may have been carried out', () => {
    expect(decodeError('An answer', [])).toMatchObject({
      kind: 'decode',
      outcome: 'unknown',
      retryable: false,
    });
  });

  const long = 'x'.repeat(100_000);
  const wide = t.type(
    Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, t.string])),
  );
  const deep = Array.from({ length: 300 }).reduce<t.Mixed>(
    (inner) => t.type({ level: inner }),
    Int,
  );
  const bottom = Array.from({ length: 300 }).reduce<unknown>((inner) => ({ level: inner }), long);
  it.each<[what: string, codec: t.Mixed, input: unknown]>([
    ['a long value', t.type({ a: Int }), { a: long }],
    ['many errors', wide, {}],
    [
      'many long values',
      wide,
      Object.fromEntries([...Array(500).keys()].map((i) => [`field${i}`, [long]])),
    ],
    ['a codec without a short name', wide, null],
    ['a long key', t.record(t.string, Int), { [long]: 'a' }],
    ['a deep path', deep, bottom],
  ])('is never more than about 1 kB: %s', (_, codec, input) => {
    const message = messageOf(codec, input);
    expect(message).toMatch(
      /^A message does not have the expected shape \(.+: expected .+, got .+\)\.$/,
    );
    expect(message.length).toBeLessThan(1_100);
  });
});

describe('parseJson', () => {
  it.each<[text: string, value: unknown]>([
    ['{"a":[1,"2",null]}', { a: [1, '2', null] }],
    ['null', null],
    ['0', 0],
    ['', undefined],
    ['{"a":', undefined],
    ['<html>502 Bad Gateway</html>', undefined],
    ['NaN', undefined],
  ])('%j gives %j', (text, value) => expect(parseJson(text)).toEqual(value));
});
