import type { Random } from '../core/random.js';
import { exponential } from './traders-chance.js';
import { amountWorth, priceAt, type Desk } from './traders-desk.js';
import { requote, slotsAround, type Ladder, type Slot } from './traders-ladder.js';

/** The house account of the market makers. */
export const MAKERS_ACCOUNT = 'house-makers';

/** The share of the quotes that is replaced in one tick though it could stay. */
const RENEWAL = 0.05;

/** The mean value of a quote beside the fair price, in least notionals. */
const QUOTE_SIZE = 1_600;

/** By what share of it quotes grow with each slot that they are farther away. */
const GROWTH = 0.1;

interface Quote extends Slot {
  readonly orderId: number;
}

const currentQuotes = ({ engine, listing }: Desk, { slotWidth }: Ladder): readonly Quote[] =>
  engine.openOrders(MAKERS_ACCOUNT, listing.symbol).map(({ orderId, side, price }) => {
    const steps = price.dividedToIntegerBy(listing.priceStep).toNumber();
    return { orderId, side, index: Math.floor(steps / slotWidth) };
  });

/** The value of a quote that is so many slots away, in least notionals: never tiny, sometimes large. */
const quoteSize = (distance: number, random: Random): number =>
  QUOTE_SIZE * (1 + GROWTH * distance) * (0.1 + 0.9 * exponential(random));

/** Renews the market makers' quotes around a fair price that is given in price steps. */
export const quoteAround = (desk: Desk, ladder: Ladder, fairPrice: number): void => {
  const { engine, listing, random, nextId } = desk;
  const { stale, missing } = requote(
    currentQuotes(desk, ladder),
    slotsAround(fairPrice, ladder),
    () => random() >= RENEWAL,
  );
  for (const { orderId } of stale) engine.cancel(MAKERS_ACCOUNT, orderId, nextId());
  for (const { side, index } of missing) {
    const price = priceAt(listing, (index + random()) * ladder.slotWidth);
    const distance = Math.abs(fairPrice / ladder.slotWidth - index);
    engine.place(MAKERS_ACCOUNT, {
      symbol: listing.symbol,
      clientOrderId: nextId(),
      side,
      // Not post-only: it takes a strategy's quote that the price has passed.
      type: 'limit',
      price,
      amount: amountWorth(listing, quoteSize(distance, random), price),
    });
  }
};
