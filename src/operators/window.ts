import { positive, wholeNumber } from './positive.js';

/** Which values are looked at together. */
export type Window =
  /** The last so many. */
  | { readonly count: number; readonly ms?: never }
  /** Those of the last so many ms. */
  | { readonly ms: number; readonly count?: never };

/** How values are put together: `merge` is associative, and need not have an inverse. */
export interface Merging<T> {
  readonly none: T;
  readonly merge: (older: T, newer: T) => T;
}

interface Entry<T> {
  readonly at: number;
  readonly value: T;
}

/** The values in a window, put together. */
export interface SlidingWindow<T> {
  /** Takes in a value of a time, lets go of those that are out of the window then, and puts together the rest. */
  readonly push: (value: T, at: number) => T;
}

/**
 * Makes windows over values that keep what these add up to. Nothing is ever subtracted, so that no error of rounding
 * stays behind when a value leaves: the older half of the values is kept as sums of each with all after it,
 * the newer half as one sum. A value is merged three times at the most, whatever the size of the window.
 *
 * @throws RangeError where the count is not a whole number above zero, or the ms are not above zero.
 */
export const slidingWindows = <T>(
  window: Window,
  merging: Merging<T>,
): (() => SlidingWindow<T>) => {
  if (window.count === undefined) positive('A window', window.ms);
  else wholeNumber('A window', window.count);
  return () => slidingWindow(window, merging);
};

const slidingWindow = <T>({ count, ms }: Window, { none, merge }: Merging<T>): SlidingWindow<T> => {
  /** Each with the sum of itself and all older entries after it; the oldest is the last. */
  let older: Entry<T>[] = [];
  let newer: Entry<T>[] = [];
  let newerSum = none;

  const turn = (): void => {
    let sum = none;
    older = newer.reverse().map(({ at, value }) => ({ at, value: (sum = merge(value, sum)) }));
    newer = [];
    newerSum = none;
  };
  const isOut = ({ at }: Entry<T>, now: number): boolean =>
    count === undefined ? at <= now - ms : older.length + newer.length > count;

  return {
    push: (value, now) => {
      newer.push({ at: now, value });
      newerSum = merge(newerSum, value);
      for (;;) {
        const oldest = older.at(-1) ?? newer[0];
        if (oldest === undefined || !isOut(oldest, now)) break;
        if (older.length === 0) turn();
        older.pop();
      }
      return merge(older.at(-1)?.value ?? none, newerSum);
    },
  };
};
