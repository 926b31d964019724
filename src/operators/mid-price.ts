import type { OperatorFunction } from 'rxjs';
import type { OrderBook } from '../order-book/order-book.js';
import { reading } from './reading.js';

/**
 * The mid price of a book whenever it changes, in quote per base, as float64; nothing while a side is
 * empty. Completes and errors with the source.
 *
 * ```text
 * bid/ask   99/101---99/101---99/103---99/(none)---
 *              midPrice()
 *           100---------------101------------------
 * ```
 *
 * @example
 * ```ts
 * exchange.orderBook$('BTC-USDT').pipe(midPrice()).subscribe(console.log);
 * ```
 */
export const midPrice = (): OperatorFunction<OrderBook, number> => reading((book) => book.midPrice);
