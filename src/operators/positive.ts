/**
 * Sees to a parameter that only makes sense above zero.
 *
 * @throws RangeError where it is not a finite number above zero: a mistake in the program.
 */
export const positive = (name: string, value: number): void => {
  if (!(value > 0 && value < Infinity))
    throw new RangeError(`${name} must be above zero, not ${value}.`);
};

/**
 * Sees to a parameter that counts something.
 *
 * @throws RangeError where it is not a whole number above zero: a mistake in the program.
 */
export const wholeNumber = (name: string, value: number): void => {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new RangeError(`${name} must be a whole number above zero, not ${value}.`);
};
