import fc from 'fast-check';
import { LevelBuffer } from '../../src/core/diff-buffer.js';
import { bytesOf, FrameReader } from '../../src/core/frame-reader.js';

const reader = new FrameReader(1_000);

/** What stands behind an opening bracket, read as levels; undefined where it is refused. */
const levelsOf = (text: string) => {
  const buffer = new LevelBuffer();
  return reader.open(text) && reader.levels(buffer) && reader.isAtEnd()
    ? buffer.toLevels()
    : undefined;
};

const numberOf = (text: string): number | undefined => levelsOf(`["${text}","1"]]`)?.[0]?.[0];

describe('a decimal number', () => {
  const digits = (maxLength: number) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength })
      .map((all) => all.join(''));

  it('is the float64 that Number makes of it, of however many digits', () => {
    const texts = fc.oneof(
      digits(25),
      fc.tuple(digits(12), digits(12)).map((parts) => parts.join('.')),
      fc.tuple(digits(20), digits(30)).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(numberOf(text)).toBe(Number(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '0',
    '0.00000000',
    '999999999',
    '2147483648',
    '4294967296.5',
    '0.999999999',
    '0.2147483648',
    '9007199254740993',
    '99999999999999.9',
    '123456.123456789',
    '12345678901234567890',
    '0.1234567890123456789012345',
  ])('%s', (text) => {
    expect(numberOf(text)).toBe(Number(text));
  });

  it.each([
    '',
    '.',
    '.5',
    '5.',
    '-1',
    '+1',
    '1e5',
    '1.5e3',
    '0x10',
    ' 1',
    '1 ',
    '1,5',
    '1..5',
    '∞',
  ])('is not made of %j', (text) => {
    expect(numberOf(text)).toBeUndefined();
  });
});

describe('levels', () => {
  it('are read up to the end of their array', () => {
    expect(levelsOf('["1.5","2"],["0.25","0.00000000"]]')).toEqual([
      [1.5, 2],
      [0.25, 0],
    ]);
    expect(levelsOf(']')).toEqual([]);
  });

  it('may be more than there was room for', () => {
    const many = Array.from({ length: 40 }, (_, index) => [index + 1, index * 2] as const);
    const text = many.map(([price, amount]) => `["${price}","${amount}"]`).join(',');
    expect(levelsOf(`${text}]`)).toEqual(many);
  });

  it.each([
    '',
    '[]]',
    '["1","2"]',
    '["1","2"],]',
    '["1","2"],',
    '["1","2"][',
    '["1"]]',
    '["1","2","3"]]',
    '[1,2]]',
    '["1",2]]',
    '["1", "2"]]',
    '["1","2" ]]',
    "['1','2']]",
    '["1\\u0030","2"]]',
  ])('are not what %j holds', (text) => {
    expect(levelsOf(text)).toBeUndefined();
  });
});

describe('an integer', () => {
  const read = (text: string) =>
    reader.open(text) && reader.integer() && reader.isAtEnd() ? reader.number : undefined;

  it.each(['0', '7', '1672515782136', '999999999999999'])('%s', (text) => {
    expect(read(text)).toBe(Number(text));
  });

  it.each(['', '01', '00', '-1', '1.0', '1e3', '1000000000000000', '9007199254740993', 'x'])(
    'is not %j, for JSON or to be sure of every digit',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );
});

describe('a frame', () => {
  it('is read step by step, to its very end', () => {
    expect(reader.open('{"s":"é币","n":12}')).toBe(true);
    expect(reader.literal(bytesOf('{"s":"'))).toBe(true);
    expect(reader.content()).toBe(true);
    expect(reader.literal(bytesOf('","n":'))).toBe(true);
    expect(reader.integer()).toBe(true);
    expect([reader.number, reader.isAtEnd()]).toEqual([12, false]);
    expect(reader.literal(bytesOf('}'))).toBe(true);
    expect(reader.isAtEnd()).toBe(true);
    expect(reader.literal(bytesOf('}'))).toBe(false);
  });

  it('does not go on in what is left of a longer one before it', () => {
    reader.open('["1","2"]]');
    expect(reader.open('["1","2"]')).toBe(true);
    expect(reader.levels(new LevelBuffer())).toBe(false);
  });

  it.each(['a"', 'a\\"b"', 'a\nb"', 'a', ''])('may hold a string that ends or not: %j', (text) => {
    expect(reader.open(text)).toBe(true);
    expect(reader.content()).toBe(text === 'a"');
  });

  it('is refused where it is too long', () => {
    expect(reader.open('x'.repeat(1_000))).toBe(true);
    expect(reader.open('x'.repeat(1_001))).toBe(false);
    expect(reader.open('é'.repeat(501))).toBe(false);
  });
});
