import { createHash } from 'node:crypto';
import type { LevelMessage } from '../../src/core/book-message.js';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { levelsOf, type TrueBook } from './recording.js';

const plain = (levels: readonly LevelMessage[]): readonly (readonly string[])[] =>
  levels.map((level) => level.map((number) => new Decimal(number).toFixed()));

/** The hash of all levels, as the truth states it. */
const hashOf = (book: OrderBook): string => {
  const { bids, asks } = book.snapshot();
  const text = JSON.stringify([plain(bids), plain(asks)]);
  return createHash('sha256').update(text).digest('hex');
};

/** The best levels, their number, and the update id. */
export const expectLevels = (
  book: OrderBook | undefined,
  id: number,
  truth: Pick<TrueBook, 'bids' | 'asks' | 'n_bids' | 'n_asks'>,
): void => {
  const depth = Math.max(truth.bids.length, truth.asks.length);
  const { updateId, bids, asks } = book!.snapshot(depth);
  const counts = [book!.depthOf('bids'), book!.depthOf('asks')];
  expect({ updateId, bids, asks, counts }).toEqual({
    updateId: id,
    bids: levelsOf(truth.bids),
    asks: levelsOf(truth.asks),
    counts: [truth.n_bids, truth.n_asks],
  });
};

/** All levels at the end of a recording. */
export const expectFinal = (book: OrderBook | undefined, truth: TrueBook): void => {
  expectLevels(book, truth.last_applied.u, truth);
  expect(hashOf(book!)).toBe(truth.full_book_sha256);
};
