import { BigNumber } from 'bignumber.js';
import fc from 'fast-check';
import {
  ceilTo,
  Decimal,
  decimalOf,
  floorTo,
  plainDecimal,
  sum,
  ZERO,
} from '../../src/core/decimal.js';

const PLACES = 12;

/** The decimal of so many units of 1e-12; whole numbers are the oracle, for they never round. */
const ofUnits = (units: bigint): Decimal => new Decimal(units.toString()).shiftedBy(-PLACES);

const floorOf = (value: bigint, step: bigint): bigint => {
  const rest = value % step;
  return value - (rest < 0n ? rest + step : rest);
};

const anyUnits = fc.bigInt({ min: -(10n ** 32n), max: 10n ** 32n });
const anyStep = fc.oneof(
  fc.bigInt({ min: 1n, max: 10n ** 14n }),
  fc.integer({ min: 0, max: 14 }).map((places) => 10n ** BigInt(places)),
);

describe('floorTo and ceilTo', () => {
  it.each<[value: string, step: string, floor: string, ceil: string]>([
    ['0.30000000000000004', '0.1', '0.3', '0.4'],
    ['0.3', '0.1', '0.3', '0.3'],
    ['0.09', '0.1', '0', '0.1'],
    ['7', '3', '6', '9'],
    ['1.1', '0.25', '1', '1.25'],
    ['0', '0.1', '0', '0'],
    ['-1.5', '1', '-2', '-1'],
    ['-2', '1', '-2', '-2'],
    [
      '12345678901234567890.123456789',
      '0.00000001',
      '12345678901234567890.12345678',
      '12345678901234567890.12345679',
    ],
    ['99999999999999999999999.5', '1', '99999999999999999999999', '100000000000000000000000'],
    ['1.23456789', '0', '1.23456789', '1.23456789'],
  ])('%s in steps of %s: %s and %s', (value, step, floor, ceil) => {
    expect(floorTo(new Decimal(value), new Decimal(step)).toFixed()).toBe(floor);
    expect(ceilTo(new Decimal(value), new Decimal(step)).toFixed()).toBe(ceil);
  });

  it('give the nearest multiples at or around any value, exactly', () => {
    fc.assert(
      fc.property(anyUnits, anyStep, (value, step) => {
        const floor = floorOf(value, step);
        const ceil = floor === value ? value : floor + step;
        expect(floorTo(ofUnits(value), ofUnits(step)).toFixed()).toBe(ofUnits(floor).toFixed());
        expect(ceilTo(ofUnits(value), ofUnits(step)).toFixed()).toBe(ofUnits(ceil).toFixed());
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['floorTo', floorTo],
    ['ceilTo', ceilTo],
  ])('%s changes nothing the second time', (_, toStep) => {
    fc.assert(
      fc.property(anyUnits.map(ofUnits), anyStep.map(ofUnits), (value, step) => {
        const once = toStep(value, step);
        expect(toStep(once, step).eq(once)).toBe(true);
      }),
    );
  });
});

describe('Decimal', () => {
  it('prints without an exponent, however small or large', () => {
    expect(new Decimal('1e-20').toString()).toBe('0.00000000000000000001');
    expect(JSON.stringify({ amount: new Decimal('1e25') })).toBe(
      '{"amount":"10000000000000000000000000"}',
    );
  });

  it('is not reached by what a program sets on the shared class', () => {
    const before = BigNumber.config();
    BigNumber.config({ DECIMAL_PLACES: 1, EXPONENTIAL_AT: 0, RANGE: 5 });
    try {
      expect(new Decimal(1).div(3).toFixed()).toBe(`0.${'3'.repeat(30)}`);
      expect(new Decimal('123456789.5').toString()).toBe('123456789.5');
    } finally {
      BigNumber.config(before);
    }
  });

  it('takes numbers of a program’s own copy of bignumber.js', () => {
    const Theirs = BigNumber.clone({ DECIMAL_PLACES: 2 });
    expect(new Decimal(new Theirs('0.123456789')).toFixed()).toBe('0.123456789');
  });
});

describe('decimalOf', () => {
  const digits = fc.string({
    unit: fc.integer({ min: 0, max: 9 }).map(String),
    minLength: 1,
    maxLength: 17,
  });
  const zeros = fc.string({ unit: fc.constant('0'), maxLength: 3 });
  const numbers = fc
    .tuple(fc.constantFrom('', '-'), zeros, digits, fc.option(fc.tuple(zeros, digits)))
    .map(([sign, lead, whole, part]) => `${sign}${lead}${whole}${part ? `.${part.join('')}` : ''}`);
  const marks = fc.string({
    unit: fc.constantFrom('0', '1', '9', '-', '+', '.', 'e', ' '),
    maxLength: 6,
  });

  const outcome = (read: () => Decimal): Decimal | 'refused' => {
    try {
      return read();
    } catch {
      return 'refused';
    }
  };

  it('reads what the constructor reads, in the same form', () => {
    fc.assert(
      fc.property(fc.oneof(numbers, marks), (text) => {
        expect(outcome(() => decimalOf(text))).toEqual(outcome(() => new Decimal(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '0',
    '-0.0',
    '0.00',
    '1',
    '-12.50',
    '99999999999999.99999999999999',
    '0.00000000000001',
  ])('reads %s, and calculates with it', (text) => {
    const [read, made] = [decimalOf(text), new Decimal(text)];
    expect(read).toEqual(made);
    expect(read.times(3).minus('0.1').toFixed()).toBe(made.times(3).minus('0.1').toFixed());
  });

  it('reads by hand what exchanges send', () => {
    expect(plainDecimal('64250.10000000')).toEqual(new Decimal('64250.1'));
    expect(plainDecimal('0.00000000')).toBe(ZERO);
  });

  it.each(['', '-', '.5', '5.', '-.5', '+5', '1e5', ' 1', '1 ', '--1', '1.2.3', '1-2', '٣'])(
    'leaves %j to others',
    (text) => expect(plainDecimal(text)).toBeUndefined(),
  );
});

describe('sum', () => {
  it('of nothing is zero', () => expect(sum([])).toBe(ZERO));

  it('is exact, and takes any iterable', () => {
    expect(
      sum(new Set(['0.1', '0.2', '-0.3', '1e-25'].map((text) => new Decimal(text)))).toFixed(),
    ).toBe('0.0000000000000000000000001');
    fc.assert(
      fc.property(fc.array(anyUnits), (values) => {
        const total = values.reduce((a, b) => a + b, 0n);
        expect(sum(values.map(ofUnits)).eq(ofUnits(total))).toBe(true);
      }),
    );
  });
});
