import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeError } from '../../src/core/codecs.js';
import { Decimal } from '../../src/core/decimal.js';
import { listOf, message, partial } from '../../src/core/message.js';
import { DecimalFromString, either, Int, words } from '../../src/core/scalar.js';

const Part = message('Part', { decimals: { price: 'p' }, optional: { ints: { count: 'n' } } });
const Side = words('Side', { buy: 'BUY', sell: 'SELL' });

const Order = message('Order', {
  always: { e: 'order', v: 2 },
  texts: { symbol: 's' },
  ids: { orderId: 'i' },
  ints: { time: 'T' },
  decimals: { amount: 'info.q' },
  flags: { isOpen: 'w' },
  codecs: { side: ['S', Side], liquidity: ['m', either('maker', 'taker')] },
  lists: { parts: ['info.P', Part] },
  optional: { texts: { client: 'c' } },
});

const sample = {
  e: 'order',
  v: 2,
  s: 'BTCUSDT',
  i: 7,
  T: 5,
  w: true,
  S: 'SELL',
  m: false,
  info: { q: '1.50', P: [{ p: '2' }, { p: '3', n: 4 }], other: {} },
  other: 1,
};

const told = {
  symbol: 'BTCUSDT',
  orderId: '7',
  time: 5,
  amount: new Decimal('1.5'),
  isOpen: true,
  side: 'sell',
  liquidity: 'taker',
  parts: [{ price: new Decimal(2) }, { price: new Decimal(3), count: 4 }],
};

const decoded = (codec: t.Mixed, input: unknown): unknown => {
  const result = codec.decode(input);
  return isRight(result) ? result.right : 'refused';
};

const messageOf = (codec: t.Mixed, input: unknown): string => {
  const result = codec.decode(input);
  return isLeft(result) ? decodeError('A message', result.left).message : 'accepted';
};

describe('a message', () => {
  it('tells in this library’s names what its table names, and nothing else', () => {
    const before = structuredClone(sample);
    expect(decoded(Order, sample)).toStrictEqual(told);
    expect(decoded(Order, { ...sample, c: 'rx-1' })).toStrictEqual({ ...told, client: 'rx-1' });
    expect(sample).toEqual(before);
  });

  it.each<[string, object, string]>([
    ['a value', { i: '7' }, 'i: expected Int, got "7"'],
    ['a value that is missing', { T: undefined }, 'T: expected Int, got undefined'],
    ['a word', { S: 'HOLD' }, 'S: expected Side, got "HOLD"'],
    ['what it always says', { v: 3 }, 'v: expected 2, got 3'],
    ['a value within', { info: { q: 1, P: [] } }, 'info.q: expected DecimalFromString, got 1'],
    ['what it is within', { info: 7 }, 'info.q: expected DecimalFromString, got undefined'],
    [
      'an item',
      { info: { q: '1', P: [{ p: '1' }, { p: 'x' }] } },
      'info.P.1.p: expected DecimalFromString, got "x"',
    ],
    ['what may be missing', { c: null }, 'c: expected string, got null'],
  ])('is refused for %s, by the exchange’s name of it', (_, change, words) => {
    expect(messageOf(Order, { ...sample, ...change })).toContain(words);
  });

  it.each([null, 7, 'text', []])('is not %j', (input) => {
    expect(messageOf(Order, input)).toContain('the message: expected Order, got');
  });

  it('is refused for what is missing, whatever may stand in its place', () => {
    const Any = message('Any', { codecs: { data: ['data', t.unknown] } });
    expect(decoded(Any, { data: null })).toEqual({ data: null });
    expect(messageOf(Any, {})).toContain('data: expected unknown, got undefined');
  });

  it('of which anything may be missing is empty', () => {
    const Limits = partial('Limits', { decimals: { most: 'max' } });
    expect(decoded(Limits, {})).toStrictEqual({});
    expect(decoded(Limits, { max: '1' })).toStrictEqual({ most: new Decimal(1) });
    expect(decoded(Limits, { max: 1 })).toBe('refused');
  });

  it('is one of a list', () => {
    expect(decoded(listOf(Part), [{ p: '1' }])).toEqual([{ price: new Decimal(1) }]);
  });
});

describe('a table of messages', () => {
  const table = message('Table', {
    texts: { name: 'n' },
    ints: { count: 'c' },
    codecs: { price: ['p', DecimalFromString] },
    optional: { flags: { isNew: 'w' } },
  });
  const careful = t.intersection([
    t.type({ n: t.string, c: Int, p: DecimalFromString }),
    t.partial({ w: t.boolean }),
  ]);
  const mostly = <T>(right: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue() });
  const anyMessage = mostly(
    fc.record(
      {
        n: mostly(fc.string()),
        c: mostly(fc.integer()),
        p: mostly(fc.constantFrom('1.50', '0', '-3')),
        w: mostly(fc.boolean()),
      },
      { requiredKeys: ['n', 'c', 'p'] },
    ),
  );

  it('reads what io-ts reads, and refuses what it refuses', () => {
    fc.assert(
      fc.property(anyMessage, (input) => {
        const read = careful.decode(input);
        if (isLeft(read)) {
          expect(decoded(table, input)).toBe('refused');
          expect(messageOf(table, input)).toMatch(/expected .+, got .+/);
          return;
        }
        const { n: name, c: count, p: price, w: isNew } = read.right;
        expect(decoded(table, input)).toEqual({ name, count, price, isNew });
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads again what it wrote', () => {
    expect(Order.encode(told as unknown as t.TypeOf<typeof Order>)).toEqual({
      ...Object.fromEntries(Object.entries(sample).filter(([name]) => name !== 'other')),
      info: { q: '1.5', P: sample.info.P },
    });
    expect([Order.is(told), Order.is({ ...told, time: 'x' }), Order.is(7)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
