import fc from 'fast-check';
import { minus, plus } from '../../../src/emulator/engine/sums.js';
import { dec } from './market.js';

const amount = fc.integer({ min: -3, max: 1_000_000 }).map((units) => dec(units).shiftedBy(-3));

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
    const some = dec(1);
    const results = [plus(some, dec(0)), plus(dec(0), some), minus(some, dec(0))];
    for (const result of results) expect(result).toBe(some);
  });
});
