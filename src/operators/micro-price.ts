import type { OperatorFunction } from 'rxjs';
import type { OrderBook } from '../order-book/order-book.js';
import { reading } from './reading.js';

/**
 * The mid price drawn towards the side that offers less, where the price is likelier to go, whenever it
 * changes: (bid × ask amount + ask × bid amount) / both amounts. In quote per base, as float64; nothing while a
 * side is empty. Completes and errors with the source.
 *
 * ```text
 * best bid   3 at 99-----1 at 99---
 * best ask   1 at 101--------------
 *               microPrice()
 *            100.5-------100-------
 * ```
 *
 * @example
 * ```ts
 * exchange.orderBook$('BTC-USDT').pipe(microPrice()).subscribe(console.log);
 * ```
 */
export const microPrice = (): OperatorFunction<OrderBook, number> =>
  reading((book) => book.microPrice);
