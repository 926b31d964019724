import fc from 'fast-check';
import { Decimal } from '../../src/core/decimal.js';
import { FieldReader } from '../../src/core/field-reader.js';

const reader = new FieldReader(200);

const opened = (text: string): boolean => reader.open(text, 0) === text.length;

it('finds fields by names of one character, wherever the object begins and ends', () => {
  const frame = '[{"a":"x","b":-12,"c":true,"d":false,"e":null,"long":7,"f":"-1.50"}]';
  expect(reader.open(frame, 1)).toBe(frame.length - 1);
  expect(reader.text('a')).toBe('x');
  expect(reader.integer('b')).toBe(-12);
  expect([reader.flag('c'), reader.flag('d'), reader.flag('e')]).toEqual([true, false, undefined]);
  expect([reader.isNull('e'), reader.isNull('a')]).toEqual([true, false]);
  expect(reader.decimal('f')).toEqual(new Decimal('-1.5'));
});

it('tells nothing of a field that is not there, nor of one from an earlier frame', () => {
  expect(opened('{"a":"1","b":1,"c":true}')).toBe(true);
  expect(opened('{"x":null}')).toBe(true);
  expect([reader.text('a'), reader.flag('c'), reader.decimal('a')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(reader.integer('b')).toBeNaN();
});

it('tells nothing of a field of another type', () => {
  expect(opened('{"a":"1","b":1,"c":true,"d":1.5}')).toBe(true);
  expect([reader.text('b'), reader.text('c'), reader.decimal('b')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([reader.integer('a'), reader.integer('c'), reader.integer('d')]).toEqual([NaN, NaN, NaN]);
  expect([reader.flag('a'), reader.flag('b')]).toEqual([undefined, undefined]);
});

it('reads a frame that fills its capacity, and none beyond', () => {
  const frame = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`;
  expect(opened(frame(200))).toBe(true);
  expect(opened(frame(201))).toBe(false);
});

it.each([
  '{}',
  '{"a"}',
  '{"a":}',
  '{"a":1',
  '{"a":1]',
  '{a:1}',
  '{"a":tru}',
  '{"a":[]}',
  '{"a":-}',
])('does not read %s', (text) => {
  expect(opened(text)).toBe(false);
});

it('reads nothing that JSON does not, and then what JSON reads', () => {
  const value = fc.oneof(
    fc.stringMatching(/^-?\d{0,17}\.?\d{0,3}([eE]\d)?$/),
    fc.constantFrom('true', 'false', 'null', 'nul', '""', '"', '[]', '{}'),
    fc.string({ maxLength: 5 }).map((text) => JSON.stringify(text)),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(value, value, (a, b) => {
      const text = `{"a":${a},"b":${b}}`;
      if (!opened(text)) return;
      const read = JSON.parse(text) as { readonly a: unknown };
      const told = reader.text('a') ?? reader.flag('a') ?? (reader.isNull('a') ? null : undefined);
      if (typeof read.a !== 'number') expect(told).toBe(read.a);
      else if (!Number.isNaN(reader.integer('a'))) expect(reader.integer('a')).toBe(read.a);
    }),
    { numRuns: 5_000 },
  );
});

it('reads the decimals that a text stands for', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{1,14}(\.\d{1,14})?$/), (text) => {
      expect(opened(`{"a":"${text}"}`)).toBe(true);
      const value = reader.decimal('a');
      if (!/^-[0.]+$/.test(text)) expect(value).toEqual(new Decimal(text));
    }),
  );
});
