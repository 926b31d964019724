import type { LevelMessage } from '../../src/core/book-message.js';
import type { BookSideName } from '../../src/order-book/book-side.js';

/** The obvious side of a book, which the fast one is held against. */
export type NaiveSide = Map<number, number>;

export const setNaive = (side: NaiveSide, [price, amount]: LevelMessage): void => {
  if (amount === 0) side.delete(price);
  else side.set(price, amount);
};

export const sortedNaive = (name: BookSideName, side: NaiveSide): LevelMessage[] =>
  [...side].sort(([a], [b]) => (name === 'bids' ? b - a : a - b));
