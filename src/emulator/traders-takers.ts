import type { Random } from '../core/random.js';
import { exponential } from './traders-chance.js';
import { amountWorth, wholeSteps, type Desk } from './traders-desk.js';

/** The house account of the takers. */
export const TAKERS_ACCOUNT = 'house-takers';

/** The mean value of a taker's order, in least notionals. */
const TAKER_SIZE = 12_000;

/** The most, in means: no taker empties a side of the book. */
const LARGEST = 2.5;

/** How far beyond the fair price a limited taker goes on average, as a share of it. */
const REACH = 0.000_8;

const takerSize = (random: Random): number => TAKER_SIZE * Math.min(LARGEST, exponential(random));

/** Sends a market order or an IOC order of a random side, size and reach; the price is in price steps. */
export const takeAround = (desk: Desk, fairPrice: number): void => {
  const { engine, listing, random, nextId } = desk;
  const side = random() < 0.5 ? 'buy' : 'sell';
  const reach = 1 + (side === 'buy' ? 1 : -1) * REACH * exponential(random);
  const steps = wholeSteps(fairPrice * reach);
  engine.place(TAKERS_ACCOUNT, {
    symbol: listing.symbol,
    clientOrderId: nextId(),
    side,
    amount: amountWorth(desk, takerSize(random), steps),
    ...(random() < 0.5
      ? { type: 'market' }
      : { type: 'limit', timeInForce: 'IOC', price: listing.priceStep.multipliedBy(steps) }),
  });
};
