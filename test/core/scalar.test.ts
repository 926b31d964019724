import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { parseJson } from '../../src/core/codecs.js';
import { Decimal } from '../../src/core/decimal.js';
import { FieldReader } from '../../src/core/field-reader.js';
import {
  DecimalFromString,
  either,
  Flag,
  Id,
  Int,
  Text,
  TextOrNull,
  UpperBound,
  words,
  type Scalar,
} from '../../src/core/scalar.js';
import { plain, refused } from '../support/number-texts.js';

const decoded = <A>(codec: t.Decoder<unknown, A>, input: unknown): A | 'refused' => {
  const result = codec.decode(input);
  return isRight(result) ? result.right : 'refused';
};

describe('DecimalFromString', () => {
  it.each(plain)('reads %j', (text, value) => {
    expect(decoded(DecimalFromString, text)).toEqual(new Decimal(value));
  });

  it('reads every digit', () => {
    const text = '123456789012345678901234567890.123456789012345678901234567891';
    expect(DecimalFromString.encode(new Decimal(text))).toBe(text);
    expect(decoded(DecimalFromString, text)).toEqual(new Decimal(text));
  });

  it('reads -0 as zero', () => {
    const zero = decoded(DecimalFromString, '-0');
    expect(zero !== 'refused' && zero.isZero() && zero.toFixed()).toBe('0');
  });

  it.each(refused)('refuses %p', (input) => {
    expect(decoded(DecimalFromString, input)).toBe('refused');
  });

  it('knows its own values', () => {
    expect(DecimalFromString.is(new Decimal(1))).toBe(true);
    expect([1, '1', null, {}].some((value) => DecimalFromString.is(value))).toBe(false);
  });
});

describe('Int', () => {
  it.each([0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('reads %p', (value) => {
    expect(decoded(Int, value)).toBe(value);
  });

  it.each([
    0.5,
    NaN,
    Infinity,
    2 ** 53,
    -(2 ** 53),
    1e300,
    '1',
    '',
    null,
    undefined,
    true,
    [1],
    {},
    1n,
  ])('refuses %p', (input) => expect(decoded(Int, input)).toBe('refused'));

  it('refuses an id that JSON.parse rounded', () => {
    expect(decoded(Int, parseJson('9007199254740993'))).toBe('refused');
  });
});

describe('numbers that come again', () => {
  it('are read the same, however many others come in between', () => {
    for (let round = 0; round < 3; round += 1)
      for (let units = 0; units < 700; units += 1)
        expect(decoded(DecimalFromString, `0.${units}`)).toEqual(new Decimal(`0.${units}`));
  });
});

describe('Id', () => {
  it('is a whole number, told as a text', () => {
    expect(decoded(Id, 9_007_199_254_740_991)).toBe('9007199254740991');
    expect(decoded(Id, -1)).toBe('-1');
    for (const input of ['1', 1.5, 2 ** 53, null]) expect(decoded(Id, input)).toBe('refused');
  });
});

describe('UpperBound', () => {
  it('of zero is none', () => {
    expect(decoded(UpperBound, '0.00')).toEqual(new Decimal(Infinity));
    expect(decoded(UpperBound, '9000.5')).toEqual(new Decimal('9000.5'));
    expect(decoded(UpperBound, 9)).toBe('refused');
  });
});

const Status = words('Status', { open: ['NEW', 'PARTLY'], done: 'FILLED' });

describe('words', () => {
  it.each([
    ['NEW', 'open'],
    ['PARTLY', 'open'],
    ['FILLED', 'done'],
    ['new', 'refused'],
    ['open', 'refused'],
    ['constructor', 'refused'],
    ['__proto__', 'refused'],
    [null, 'refused'],
  ])('%j means %s', (input, word) => {
    expect(decoded(Status, input)).toBe(word);
  });

  it('are told in the exchange’s own: the first of those that mean the same', () => {
    expect([Status.encode('open'), Status.encode('done')]).toEqual(['NEW', 'FILLED']);
  });
});

/** Each scalar, with what it is likely to meet. */
const scalars: readonly (readonly [string, Scalar<unknown, unknown>, fc.Arbitrary<unknown>])[] = (
  [
    ['Text', Text, fc.string()],
    ['TextOrNull', TextOrNull, fc.option(fc.string())],
    ['Int', Int, fc.maxSafeInteger()],
    ['Id', Id, fc.maxSafeInteger()],
    ['Flag', Flag, fc.boolean()],
    ['DecimalFromString', DecimalFromString, fc.stringMatching(/^-?[1-9]\d{0,8}(\.\d{1,9})?$/)],
    ['UpperBound', UpperBound, fc.constantFrom('0', '0.0', '1.50', '-1')],
    ['either', either('maker', 'taker'), fc.boolean()],
    ['words', Status, fc.constantFrom('NEW', 'PARTLY', 'FILLED', 'OTHER')],
  ] as const
).map(([name, scalar, likely]) => [name, scalar as Scalar<unknown, unknown>, likely]);

const reader = new FieldReader(1_000);

describe.each(scalars)('%s', (_, scalar, likely) => {
  const input = fc.oneof({ weight: 3, arbitrary: likely }, fc.jsonValue());

  it('is the same in the text of a frame as in what is parsed of it, where it is read there', () => {
    let scanned = 0;
    fc.assert(
      fc.property(input, (value) => {
        const frame = JSON.stringify({ a: value });
        if (reader.open(frame, 0) !== frame.length) return;
        const read = scalar.scan(reader, 'a');
        if (read === undefined) return;
        scanned += 1;
        expect(read).toEqual(scalar.read((JSON.parse(frame) as { readonly a: unknown }).a));
      }),
    );
    expect(scanned).toBeGreaterThan(10);
  });

  it('reads again what it wrote', () => {
    fc.assert(
      fc.property(input, (value) => {
        const read = scalar.read(value);
        if (read === undefined) return;
        expect(scalar.is(read)).toBe(true);
        expect(scalar.read(scalar.encode(read))).toEqual(read);
      }),
    );
  });
});
