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
    reader.open(text) && reader.integer(0) && reader.isAtEnd() ? reader.numbers[0] : undefined;

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
    expect(reader.integer(3)).toBe(true);
    expect([reader.numbers[3], reader.isAtEnd()]).toEqual([12, false]);
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

describe('a beginning that is remembered', () => {
  const fresh = () => {
    const memory = new FrameReader(200);
    /** Reads a price's frame step by step, or from where it is known; its numbers, or undefined. */
    const read = (text: string): readonly (number | undefined)[] | undefined => {
      if (!memory.open(text)) return undefined;
      if (memory.beginning === undefined) {
        if (!memory.literal(bytesOf('{"about":"')) || !memory.content()) return undefined;
        if (!memory.literal(bytesOf('","id":')) || !memory.integer(2)) return undefined;
        if (memory.literal(bytesOf(',"at":')) && !memory.integer(5)) return undefined;
        if (!memory.literal(bytesOf(',"p":'))) return undefined;
        memory.remember('price');
      }
      const isWhole = memory.integer(0) && memory.literal(bytesOf('}')) && memory.isAtEnd();
      return isWhole ? [...memory.numbers] : undefined;
    };
    return { memory, read };
  };

  const about = (topic: string, id: string, rest = ''): string =>
    `{"about":"${topic}","id":${id}${rest},"p":7}`;

  it('is not read again: its numbers are there, and NaN for those that it has not', () => {
    const { memory, read } = fresh();
    const topic = 'a topic of so many letters as to be told by';
    expect(read(about(topic, '1672515782136', ',"at":15'))).toEqual([
      7,
      NaN,
      1672515782136,
      NaN,
      NaN,
      15,
      NaN,
      NaN,
    ]);
    expect(memory.open(about(topic, '9999999999999', ',"at":10'))).toBe(true);
    expect(memory.beginning).toMatchObject({ name: 'price', hasNumbers: true });
    expect([...memory.numbers]).toEqual([NaN, NaN, 9999999999999, NaN, NaN, 10, NaN, NaN]);
    expect(memory.open(about(topic, '9999999999999'))).toBe(true);
    expect(memory.beginning).toBeUndefined();
    expect([...memory.numbers]).toEqual(Array(8).fill(NaN));
  });

  it('is that of the same frame, however often it is begun', () => {
    const { memory, read } = fresh();
    const frame = about('x'.repeat(40), '123');
    expect(memory.open(frame)).toBe(true);
    expect(memory.beginning).toBeUndefined();
    const numbers = read(frame);
    expect(read(frame)).toEqual(numbers);
    expect(memory.beginning?.name).toBe('price');
    expect(read(frame)).toEqual(numbers);
  });

  it.each([
    '0123',
    '12345',
    '123',
    '12a4',
    '1:34',
    '1/34',
    '-123',
    '12.4',
    '1 34',
    '',
    '12\u00b94',
  ])('is not one with %j where it has a number of four digits', (id) => {
    const { read } = fresh();
    const topic = 'x'.repeat(40);
    expect(read(about(topic, '1234'))).toBeDefined();
    expect(read(about(topic, id))).toEqual(fresh().read(about(topic, id)));
  });

  it('is none where the frame is cut within it', () => {
    const { read } = fresh();
    const frame = about('x'.repeat(40), '1234567');
    expect(read(frame)).toBeDefined();
    for (let length = 0; length < frame.length; length += 1)
      expect(read(frame.slice(0, length))).toBeUndefined();
    expect(read(frame)).toBeDefined();
  });

  it('gives what reading it gives, whatever came before', () => {
    const topics = fc.constantFrom('a', 'b'.repeat(29), 'b'.repeat(30), 'c'.repeat(40));
    const ids = fc.oneof(
      fc.nat(10 ** 6).map(String),
      fc.stringMatching(/^[0-9]{1,17}$/),
      fc.stringMatching(/^[0-9:/a\u00b0\u0080]{1,9}$/),
    );
    const rests = fc.oneof(
      fc.constant(''),
      fc.nat(99).map((at) => `,"at":${at}`),
    );
    const frames = fc.tuple(topics, ids, rests).map((parts) => about(...parts));
    fc.assert(
      fc.property(fc.array(frames, { minLength: 2, maxLength: 12 }), (texts) => {
        const { read } = fresh();
        for (const text of texts) expect(read(text)).toEqual(fresh().read(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('makes room for others: of more topics than anybody follows, the later ones are known', () => {
    const { memory, read } = fresh();
    const frameOf = (topic: number): string => about(`${topic}`.padStart(30, '-'), '1');
    for (let topic = 0; topic < 5_000; topic += 1) read(frameOf(topic));
    memory.open(frameOf(4_999));
    expect(memory.beginning).toBeDefined();
    memory.open(frameOf(0));
    expect(memory.beginning).toBeUndefined();
  });
});
