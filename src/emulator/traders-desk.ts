import { Decimal, floorTo } from '../core/decimal.js';
import type { Random } from '../core/random.js';
import type { Engine, Listing } from './engine/model.js';

/** What every synthetic trader of a market works with. */
export interface Desk {
  readonly engine: Engine;
  readonly listing: Listing;
  readonly random: Random;
  /** A client order id that no house order of this market has had. */
  readonly nextId: () => string;
}

/**
 * The amount of an order within the listing's limits whose value is `size` times the least
 * notional: sizes in such terms suit any quote asset.
 */
export const amountWorth = (listing: Listing, size: number, price: Decimal): Decimal => {
  const { minNotional, amountStep, minAmount, maxAmount } = listing;
  const amount = minNotional.multipliedBy(size).dividedBy(price);
  return floorTo(Decimal.max(minAmount, Decimal.min(maxAmount, amount)), amountStep);
};

/** The price so many price steps above zero; fractions of a step are cut off. */
export const priceAt = ({ priceStep }: Listing, steps: number): Decimal =>
  priceStep.multipliedBy(Math.max(1, Math.floor(steps)));
