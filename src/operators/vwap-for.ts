import { distinctUntilChanged, map, pipe, type OperatorFunction } from 'rxjs';
import type { BookSideName } from '../order-book/book-side.js';
import type { OrderBook } from '../order-book/order-book.js';
import { positive } from './positive.js';

/**
 * The average price of taking an amount (in base units) out of a side of the book, whenever it changes, in quote
 * per base, as float64: to buy takes `asks`. That the side no longer holds the amount is news as well: it emits
 * NaN then, with which every comparison is false. Completes and errors with the source.
 *
 * ```text
 * asks   1 at 101, 1 at 103---1 at 101---2 at 101---
 *           vwapFor('asks', 2)
 *        102------------------NaN--------101--------
 * ```
 *
 * @throws RangeError where the amount is not above zero.
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(vwapFor('asks', 2.5))
 *   .subscribe((price) => console.log(price < 64_000));
 * ```
 */
export const vwapFor = (
  side: BookSideName,
  amount: number,
): OperatorFunction<OrderBook, number> => {
  positive('An amount', amount);
  return pipe(
    map((book: OrderBook) => book.vwapFor(side, amount)),
    // Of two NaN, the second is not news.
    distinctUntilChanged((a, b) => Object.is(a, b)),
  );
};
