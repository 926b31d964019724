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
  return Array.from({ length: levels }, (_, depth): readonly Slot[] => [
    { side: 'buy', index: bid - depth },
    { side: 'sell', index: ask + depth },
  ])
    .flat()
    .filter(({ index }) => index >= 1);
};

const nameOf = ({ side, index }: Slot): string => `${side} ${index}`;

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
  const wanted = new Set(slots.map(nameOf));
  const kept = new Set(quotes.filter((quote) => wanted.has(nameOf(quote)) && isKept(quote)));
  const present = new Set([...kept].map(nameOf));
  return {
    stale: quotes.filter((quote) => !kept.has(quote)),
    missing: slots.filter((slot) => !present.has(nameOf(slot))),
  };
};
