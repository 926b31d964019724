import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import {
  DecimalFromString,
  decodeError,
  fields,
  FloatFromString,
  Int,
  parseJson,
} from '../../src/core/codecs.js';
import { Decimal } from '../../src/core/decimal.js';

const decoded = <A>(codec: t.Decoder<unknown, A>, input: unknown): A | 'refused' => {
  const result = codec.decode(input);
  return isRight(result) ? result.right : 'refused';
};

const messageOf = (codec: t.Mixed, input: unknown, what = 'A message'): string => {
  const result = codec.decode(input);
  return isLeft(result) ? decodeError(what, result.left).message : 'accepted';
};

const plain: readonly (readonly [text: string, value: number])[] = [
  ['0', 0],
  ['1', 1],
  ['0.00100000', 0.001],
  ['-12.5', -12.5],
  ['007', 7],
  ['100000000000000000000000', 1e23],
];

const refused: readonly unknown[] = [
  '',
  ' ',
  ' 1',
  '1 ',
  '1\n',
  '1e5',
  '1E-8',
  '+1',
  '.5',
  '5.',
  '-',
  '--1',
  '1,000',
  '1_000',
  '0x10',
  '1.2.3',
  '١',
  'abc',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  1,
  NaN,
  Infinity,
  true,
  null,
  undefined,
  {},
  [],
  ['1'],
  new Decimal(1),
];

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

describe('fields', () => {
  const inner = { price: DecimalFromString, count: Int };
  const quick = fields({ name: t.string, of: t.array(fields(inner)), is: t.boolean }, 'Message');
  const careful = t.type({ name: t.string, of: t.array(t.type(inner)), is: t.boolean }, 'Message');
  const mostly = <T>(right: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue() });
  const anyPart = fc.record(
    { price: mostly(fc.constantFrom('1.50', '0', '-3')), count: mostly(fc.integer()) },
    { requiredKeys: ['price'] },
  );
  const anyMessage = mostly(
    fc.record({
      name: mostly(fc.string()),
      of: mostly(fc.array(mostly(anyPart), { maxLength: 3 })),
      is: mostly(fc.boolean()),
    }),
  );

  it('read what t.type reads, and refuse what it refuses with the same words', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decoded(quick, message)).toEqual(decoded(careful, message));
        expect(messageOf(quick, message)).toBe(messageOf(careful, message));
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave out what is not named, and leave the message as it was', () => {
    const message = { name: 'a', of: [{ price: '1', count: 2, more: 3 }], is: true, more: 4 };
    const before = structuredClone(message);
    expect(decoded(quick, message)).toEqual({
      name: 'a',
      of: [{ price: new Decimal(1), count: 2 }],
      is: true,
    });
    expect(message).toEqual(before);
  });
});

describe('numbers that come again', () => {
  it('are read the same, however many others come in between', () => {
    for (let round = 0; round < 3; round += 1)
      for (let units = 0; units < 700; units += 1)
        expect(decoded(DecimalFromString, `0.${units}`)).toEqual(new Decimal(`0.${units}`));
  });
});
