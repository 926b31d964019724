import type { Decimal } from '../core/decimal.js';
import type { Random } from '../core/random.js';
import type { Engine, Listing } from './engine/model.js';

/** What every synthetic trader of a market works with, under one set of rules. */
export interface Desk {
  readonly engine: Engine;
  readonly listing: Listing;
  readonly grid: Grid;
  readonly random: Random;
  /** A client order id that no house order of this market has had. */
  readonly nextId: () => string;
}

/**
 * The rules of a listing in whole steps. What traders want is a matter of chance anyway, so that they
 * reckon in floating point; only what they order is exact.
 */
export interface Grid {
  /** The amount, in amount steps, that is worth the least notional at a price of one price step. */
  readonly notional: number;
  /** In amount steps. */
  readonly minAmount: number;
  readonly maxAmount: number;
}

/** The grid of a listing's orders. */
export const gridOf = (listing: Listing): Grid => {
  const { minNotional, priceStep, amountStep, minAmount, maxAmount } = listing;
  const steps = (amount: Decimal): number => amount.dividedToIntegerBy(amountStep).toNumber();
  return {
    notional: minNotional.dividedBy(priceStep.multipliedBy(amountStep)).toNumber(),
    minAmount: steps(minAmount),
    maxAmount: steps(maxAmount),
  };
};

/**
 * The amount of an order at a price, in price steps, within the listing's limits whose value is `size`
 * times the least notional: sizes in such terms suit any quote asset.
 */
export const amountWorth = ({ listing, grid }: Desk, size: number, price: number): Decimal => {
  const steps = Math.floor((grid.notional * size) / price);
  return listing.amountStep.multipliedBy(Math.max(grid.minAmount, Math.min(grid.maxAmount, steps)));
};

/** The number of whole price steps that a price has, one at least. */
export const wholeSteps = (steps: number): number => Math.max(1, Math.floor(steps));
