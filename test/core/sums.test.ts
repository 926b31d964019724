import fc from 'fast-check';
import { minus, plus } from '../../src/core/sums.js';
import { Decimal } from '../../src/core/decimal.js';

const amount = fc
  .integer({ min: -3, max: 1_000_000 })
  .map((units) => new Decimal(units).shiftedBy(-3));

describe('a sum and a difference', () => {
  it('are those of decimals', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(plus(a, b)).toEqual(a.plus(b));
        expect(minus(a, b)).toEqual(a.minus(b));
      }),
    );
  });

  it('make nothing anew where one side is nothing', () => {
    const some = new Decimal(1);
    const results = [
      plus(some, new Decimal(0)),
      plus(new Decimal(0), some),
      minus(some, new Decimal(0)),
    ];
    for (const result of results) expect(result).toBe(some);
  });
});
