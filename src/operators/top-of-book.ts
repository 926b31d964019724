import { distinctUntilChanged, map, pipe, type OperatorFunction } from 'rxjs';
import type { Level, OrderBook } from '../order-book/order-book.js';

/** The best level of each side of a book. */
export interface TopOfBook {
  readonly bid: Level;
  readonly ask: Level;
}

const same = (a: Level, b: Level): boolean => Object.is(a.price, b.price) && a.amount === b.amount;

/**
 * The best bid and ask whenever either changes, in price (quote per base) or amount (base units), both float64. The
 * values stay as they are, unlike the book's. Of an empty side the price is NaN and the amount 0. Completes and
 * errors with the source.
 *
 * ```text
 * 99/101---99/101, deeper---99/(none)---
 *    topOfBook()
 * 99/101--------------------99/NaN------
 * ```
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(topOfBook())
 *   .subscribe(({ bid, ask }) => console.log(bid.price, ask.price));
 * ```
 */
export const topOfBook = (): OperatorFunction<OrderBook, TopOfBook> =>
  pipe(
    map(({ bestBid, bestAsk }: OrderBook): TopOfBook => ({ bid: bestBid, ask: bestAsk })),
    distinctUntilChanged((a, b) => same(a.bid, b.bid) && same(a.ask, b.ask)),
  );
