// By its default: the types of bignumber.js for CommonJS have the named export as a value only.
import BigNumber from 'bignumber.js';

/**
 * An exact decimal number: sums, differences and products never round.
 *
 * `toFixed()` prints it plainly. It is a `bignumber.js` class of this library's own, so settings
 * that a program makes on the shared `BigNumber` do not reach it.
 */
export const Decimal = BigNumber.clone({ EXPONENTIAL_AT: 1e9, DECIMAL_PLACES: 30 });
/** {@inheritDoc Decimal} */
export interface Decimal extends BigNumber {}

/** What a caller may hand in where a {@link Decimal} is meant. Prefer text: `0.1 + 0.2` is not 0.3. */
export type DecimalInput = string | number | Decimal;

/** Zero, exactly. */
export const ZERO: Decimal = new Decimal(0);

/** The same numbers are written again and again: zero, steps, a price that many orders share. */
const KEPT = 1_000;
const kept = new Map<string, Decimal>();

/** The number that a text stands for; of a text that was read of late, the same object. */
export const decimalOf = (text: string): Decimal => {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const value = new Decimal(text);
  if (kept.size === KEPT) kept.clear();
  kept.set(text, value);
  return value;
};

/** How many places a step of 1, 0.1, 0.01… has; nothing where it is another. Few steps, many orders. */
const placesOf = new WeakMap<Decimal, number | undefined>();

const decimalPlaces = (step: Decimal): number | undefined => {
  if (placesOf.has(step)) return placesOf.get(step);
  const exponent = -(step.e ?? NaN);
  const places = exponent >= 0 && step.eq(`1e${-exponent}`) ? exponent : undefined;
  placesOf.set(step, places);
  return places;
};

/** Whether a value has no more places than a step of a power of ten: nothing has to be divided then. */
const isOnPlaces = (value: Decimal, step: Decimal): boolean =>
  (value.decimalPlaces() ?? Infinity) <= (decimalPlaces(step) ?? -1);

/** The largest multiple of `step` that is not above `value`; `value` itself where `step` is zero. */
export const floorTo = (value: Decimal, step: Decimal): Decimal => {
  if (step.isZero() || isOnPlaces(value, step)) return value;
  const towardsZero = value.dividedToIntegerBy(step).multipliedBy(step);
  return towardsZero.gt(value) ? towardsZero.minus(step) : towardsZero;
};

/** The smallest multiple of `step` that is not below `value`; `value` itself where `step` is zero. */
export const ceilTo = (value: Decimal, step: Decimal): Decimal => {
  const floor = floorTo(value, step);
  return floor.eq(value) ? value : floor.plus(step);
};

/** The multiple of `step` that is nearest to `value`, halves up; `value` itself where `step` is zero. */
export const roundTo = (value: Decimal, step: Decimal): Decimal => {
  const floor = floorTo(value, step);
  return value.minus(floor).times(2).lt(step) || step.isZero() ? floor : floor.plus(step);
};

/** The exact sum. */
export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
};
