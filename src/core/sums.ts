import type { Decimal } from './decimal.js';

/** The exact sum; where one of the two is nothing, it is the other, and nothing is made for it. */
export const plus = (a: Decimal, b: Decimal): Decimal => {
  if (b.isZero()) return a;
  return a.isZero() ? b : a.plus(b);
};

/** The exact difference; where there is nothing to take, it is what was there. */
export const minus = (a: Decimal, b: Decimal): Decimal => (b.isZero() ? a : a.minus(b));
