import type { Decimal } from '../../core/decimal.js';
import type { Listing } from './model.js';
import { OrderBook } from './order-book.js';

/** One listing's book and counters; all ids start at 1, but those of prevented matches at 0. */
export interface Market {
  listing: Listing;
  readonly book: OrderBook;
  executionId: number;
  tradeId: number;
  /** The id of the next prevented match. */
  nextMatchId: number;
  updateId: number;
  lastPrice: Decimal | undefined;
}

/** A market without orders and trades. */
export const createMarket = (listing: Listing): Market => ({
  listing,
  book: new OrderBook(),
  executionId: 0,
  tradeId: 0,
  nextMatchId: 0,
  updateId: 0,
  lastPrice: undefined,
});
