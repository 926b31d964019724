/** A second, in ms. */
export const SECOND = 1_000;
/** A minute, in ms. */
export const MINUTE = 60 * SECOND;
/** A day, in ms. */
export const DAY = 24 * 60 * MINUTE;
