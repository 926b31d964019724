import { Decimal } from '../../src/core/decimal.js';

/** Texts that are decimal numbers, and what they stand for. */
export const plain: readonly (readonly [text: string, value: number])[] = [
  ['0', 0],
  ['1', 1],
  ['0.00100000', 0.001],
  ['-12.5', -12.5],
  ['007', 7],
  ['100000000000000000000000', 1e23],
];

/** What is none. */
export const refused: readonly unknown[] = [
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
