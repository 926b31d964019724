import type { Random } from '../core/random.js';
import type { EngineOrder } from './engine/model.js';
import { exponential } from './traders-chance.js';
import { amountWorth, wholeSteps, type Desk } from './traders-desk.js';
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

/** The value of a quote that is so many slots away, in least notionals: never tiny, sometimes large. */
const quoteSize = (distance: number, random: Random): number =>
  QUOTE_SIZE * (1 + GROWTH * distance) * (0.1 + 0.9 * exponential(random));

/** Places a quote; returns it where it does not trade at once. */
const placeQuote = (
  desk: Desk,
  { slotWidth }: Ladder,
  { side, index, distance }: Slot & { readonly distance: number },
): Quote | undefined => {
  const { engine, listing, random, nextId } = desk;
  const steps = wholeSteps((index + random()) * slotWidth);
  const { order } = engine.place(MAKERS_ACCOUNT, {
    symbol: listing.symbol,
    clientOrderId: nextId(),
    side,
    // Not post-only: it takes a strategy's quote that the price has passed.
    type: 'limit',
    price: listing.priceStep.multipliedBy(steps),
    amount: amountWorth(desk, quoteSize(distance, random), steps),
  });
  const { orderId } = order;
  return order.workedAt === undefined
    ? undefined
    : { orderId, side, index: Math.floor(steps / slotWidth) };
};

/**
 * Market makers under one set of rules: the function renews their quotes around a fair price that is
 * given in price steps.
 */
export const createMakers = (desk: Desk, ladder: Ladder): ((fairPrice: number) => void) => {
  const { engine, listing, random, nextId } = desk;
  const { slotWidth } = ladder;
  /** The quotes of the last time, by order id: to work a slot out of a price takes longer. */
  let known = new Map<number, Quote>();

  const quoteOf = ({ orderId, side, price }: EngineOrder): Quote => {
    const steps = price.dividedToIntegerBy(listing.priceStep).toNumber();
    return { orderId, side, index: Math.floor(steps / slotWidth) };
  };
  const currentQuotes = (): readonly Quote[] => {
    const before = known;
    known = new Map();
    for (const order of engine.openOrders(MAKERS_ACCOUNT, listing.symbol)) {
      known.set(order.orderId, before.get(order.orderId) ?? quoteOf(order));
    }
    return [...known.values()];
  };
  const isKept = (): boolean => random() >= RENEWAL;

  return (fairPrice) => {
    const { stale, missing } = requote(currentQuotes(), slotsAround(fairPrice, ladder), isKept);
    for (const { orderId } of stale) engine.cancel(MAKERS_ACCOUNT, orderId, nextId());
    for (const { side, index } of missing) {
      const distance = Math.abs(fairPrice / slotWidth - index);
      const quote = placeQuote(desk, ladder, { side, index, distance });
      if (quote) known.set(quote.orderId, quote);
    }
  };
};
