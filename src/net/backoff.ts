import type { Random } from '../core/random.js';

/** How long to wait between attempts. */
export interface BackoffOptions {
  /**
   * The most that is waited before the first new attempt, in ms; it doubles with each further one.
   * @defaultValue `500`
   */
  readonly first?: number;
  /**
   * The most that is ever waited, in ms.
   * @defaultValue `30_000`
   */
  readonly max?: number;
  readonly random: Random;
}

/** The least wait, as a part of `first`: no draw makes an attempt follow at once. */
const LEAST = 0.1;

/**
 * The wait before a new attempt, in whole ms, by how many were made in vain before (from 0): a
 * uniform draw between a small floor and a bound that doubles ("full jitter": AWS Architecture Blog,
 * "Exponential Backoff And Jitter"), so that many that failed together do not come back together.
 */
export const backoff =
  ({ first = 500, max = 30_000, random }: BackoffOptions) =>
  (attempt: number): number => {
    const bound = Math.min(max, first * 2 ** attempt);
    const least = first * LEAST;
    return Math.ceil(least + (bound - least) * (1 - random()));
  };
