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

/** More than anything: the bound of what has none. */
export const UNLIMITED: Decimal = new Decimal(Infinity);

/** The greatest of some numbers. */
export const largest = (...values: readonly Decimal[]): Decimal => Decimal.max(...values);

/** The smallest of some numbers. */
export const smallest = (...values: readonly Decimal[]): Decimal => Decimal.min(...values);

/** How many digits a Decimal keeps together in one number. */
const WORD = 14;
const powers: readonly number[] = Array.from({ length: WORD + 1 }, (_, exponent) => 10 ** exponent);

/** What the digits in a part of a text say; NaN where there is anything else, nothing or too much. */
const wordOf = (text: string, from: number, to: number): number => {
  if (to === from || to - from > WORD) return NaN;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
};

const digitsOf = (word: number): number => {
  let digits = 0;
  while (word >= (powers[digits] ?? Infinity)) digits += 1;
  return digits;
};

/**
 * The number of a whole part and of so many digits behind the point, 14 at the most each; nothing for a
 * negative zero, and where one of them is NaN.
 *
 * @see bignumber.js, "BigNumber", on the object form `{ s, e, c, _isBigNumber: true }`
 */
export const decimalOfDigits = (
  isNegative: boolean,
  whole: number,
  digits: number,
  places: number,
): Decimal | undefined => {
  const fraction = digits * (powers[WORD - places] ?? NaN);
  if (Number.isNaN(whole + fraction)) return undefined;
  const s = isNegative ? -1 : 1;
  if (whole > 0) {
    const c = fraction > 0 ? [whole, fraction] : [whole];
    return new Decimal({ s, e: digitsOf(whole) - 1, c, _isBigNumber: true });
  }
  if (fraction > 0)
    return new Decimal({ s, e: digitsOf(fraction) - WORD - 1, c: [fraction], _isBigNumber: true });
  return isNegative ? undefined : ZERO;
};

/**
 * The number that a text such as `"-12.50"` stands for; nothing where it is not written like that, or has more
 * than 14 digits on a side. What exchanges send is: the constructor takes eight times as long for a text.
 */
export const plainDecimal = (text: string): Decimal | undefined => {
  const isNegative = text.startsWith('-');
  const point = text.indexOf('.');
  const whole = wordOf(text, isNegative ? 1 : 0, point === -1 ? text.length : point);
  if (point === -1) return decimalOfDigits(isNegative, whole, 0, 0);
  const digits = wordOf(text, point + 1, text.length);
  return decimalOfDigits(isNegative, whole, digits, text.length - point - 1);
};

/**
 * The number that a text stands for.
 *
 * @throws where it stands for none.
 */
export const decimalOf = (text: string): Decimal => plainDecimal(text) ?? new Decimal(text);

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
