import { distinctUntilChanged, filter, map, pipe, type OperatorFunction } from 'rxjs';
import type { OrderBook } from '../order-book/order-book.js';

/**
 * The mid price of a book whenever it changes; nothing while a side is empty.
 *
 * @example
 * ```ts
 * exchange.orderBook$('BTC-USDT').pipe(midPrice()).subscribe(console.log);
 * ```
 */
export const midPrice = (): OperatorFunction<OrderBook, number> =>
  pipe(
    map((book: OrderBook) => book.midPrice),
    filter((price) => !Number.isNaN(price)),
    distinctUntilChanged(),
  );
