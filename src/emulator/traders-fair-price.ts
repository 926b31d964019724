import type { Random } from '../core/random.js';
import { gaussian } from './traders-chance.js';

/** A price that wanders and never goes far. */
export interface FairPriceWalk {
  readonly start: number;
  /** Standard deviation of the relative change in one step. */
  readonly deviation: number;
}

/** Share of its distance to the start that the price loses in one step. */
const PULL = 1e-5;

/** The most by which it ever leaves its start, as a share of it. */
const BAND = 0.2;

/** One step of a geometric random walk that is pulled back to its start. */
export const nextFairPrice = (
  price: number,
  { start, deviation }: FairPriceWalk,
  random: Random,
): number => {
  const moved = price * Math.exp(deviation * gaussian(random) + PULL * Math.log(start / price));
  return Math.min(start * (1 + BAND), Math.max(start * (1 - BAND), moved));
};
