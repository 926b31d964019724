import type { Random } from '../core/random.js';

/** A number of the exponential distribution with mean 1. */
export const exponential = (random: Random): number => -Math.log(1 - random());

/** A number of the standard normal distribution (Box-Muller). */
export const gaussian = (random: Random): number =>
  Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random());
