import { distinctUntilChanged, filter, map, pipe, type OperatorFunction } from 'rxjs';
import type { OrderBook } from '../order-book/order-book.js';

/**
 * A number read out of a book at once, whenever it changes; nothing while the book has no answer. The book
 * itself goes on changing, the number does not.
 */
export const reading = (read: (book: OrderBook) => number): OperatorFunction<OrderBook, number> =>
  pipe(
    map(read),
    filter((value) => !Number.isNaN(value)),
    distinctUntilChanged(),
  );
