import { Decimal } from 'rxchange';
import { difference, shown } from '../../../src/testing/conformance/means.js';

describe('the difference between a value and a fixture', () => {
  it.each([
    ['decimals of one value', new Decimal('1.50'), '1.5'],
    ['an unbounded decimal', new Decimal(Infinity), 'Infinity'],
    ['maps and objects', new Map([['BTC', { total: new Decimal(1) }]]), { BTC: { total: '1' } }],
    ['a property that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['lists', [[1, 2], []], [[1, 2], []]],
    ['NaN', NaN, NaN],
  ])('is none between %s', (_, actual, means) => {
    expect(difference(actual, means)).toBeUndefined();
  });

  it.each([
    ['a decimal', { price: new Decimal(1) }, { price: '1.01' }, 'price'],
    ['a decimal that is no text', { price: new Decimal(1) }, { price: 1 }, 'price'],
    ['a text in the place of a decimal', { price: '1' }, { price: 1 }, 'price'],
    ['what is missing', { a: {} }, { a: { b: 1 } }, 'a.b'],
    ['what is too much', { a: { b: 1 } }, { a: {} }, 'a.b'],
    ['a shorter list', [1], [1, 2], ''],
    ['a list in the place of an object', [], {}, ''],
    ['an element', new Map([['BTC', [1, 2]]]), { BTC: [1, 3] }, 'BTC.1'],
    ['null', null, {}, ''],
  ])('is found in %s', (_, actual, means, path) => {
    expect(difference(actual, means)?.path).toBe(path);
  });
});

it('shows values briefly', () => {
  expect(shown({ price: new Decimal('1e-9'), by: new Map([['a', 1n]]), at: undefined })).toBe(
    '{"price":"0.000000001","by":{"a":"1"}}',
  );
  expect(shown(undefined)).toBe('undefined');
  expect(shown(new TypeError('no'))).toBe('"TypeError: no"');
  expect(shown('x'.repeat(1_000))).toHaveLength(300);
});
