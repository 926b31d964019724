import type { Side } from '../core/order.js';

/**
 * Where market makers quote, in price steps. Prices are cut into slots of equal width, and each
 * slot near the fair price holds one quote: when the price moves, only the outermost and the
 * innermost quotes change, as in a real book.
 */
export interface Ladder {
  /** Width of a slot, in price steps. */
  readonly slotWidth: number;
  /** Quotes per side. */
  readonly levels: number;
  /** Distance from the fair price to the nearest slot at least, as a share of the price. */
  readonly halfSpread: number;
}

/** The place of one quote. */
export interface Slot {
  readonly side: Side;
  /** The slot's lowest price is `index * slotWidth` price steps. */
  readonly index: number;
}

/** The slots that should hold a quote, nearest to the fair price (in price steps) first. */
export const slotsAround = (
  fairPrice: number,
  { slotWidth, levels, halfSpread }: Ladder,
): readonly Slot[] => {
  const bid = Math.floor((fairPrice * (1 - halfSpread)) / slotWidth) - 1;
  const ask = Math.ceil((fairPrice * (1 + halfSpread)) / slotWidth);
  const slots: Slot[] = [];
  for (let depth = 0; depth < levels; depth += 1) {
    if (bid - depth >= 1) slots.push({ side: 'buy', index: bid - depth });
    if (ask + depth >= 1) slots.push({ side: 'sell', index: ask + depth });
  }
  return slots;
};

/** A number of its own for every slot. */
const keyOf = ({ side, index }: Slot): number => 2 * index + (side === 'buy' ? 1 : 0);

/** How the quotes that are there become those that should be. */
export interface Requote<Quote> {
  /** To be canceled first, so that the new quotes do not meet them. */
  readonly stale: readonly Quote[];
  /** To be placed then. */
  readonly missing: readonly Slot[];
}

/** Gives up the quotes whose slot is not wanted any more and those that are not to be kept. */
export const requote = <Quote extends Slot>(
  quotes: readonly Quote[],
  slots: readonly Slot[],
  isKept: (quote: Quote) => boolean,
): Requote<Quote> => {
  const wanted = new Set(slots.map(keyOf));
  const present = new Set<number>();
  const stale: Quote[] = [];
  for (const quote of quotes) {
    const key = keyOf(quote);
    if (wanted.has(key) && isKept(quote)) present.add(key);
    else stale.push(quote);
  }
  return { stale, missing: slots.filter((slot) => !present.has(keyOf(slot))) };
};
