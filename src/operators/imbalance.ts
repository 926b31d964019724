import type { OperatorFunction } from 'rxjs';
import type { OrderBook } from '../order-book/order-book.js';
import { wholeNumber } from './positive.js';
import { reading } from './reading.js';

/**
 * By how much the bids outweigh the asks within the best `depth` levels a side, whenever it changes, as float64:
 * (bids - asks) / (bids + asks), from -1, where there are asks only, to 1. Nothing while both sides are empty.
 * Completes and errors with the source.
 *
 * ```text
 * best bid   1-------3-------
 * best ask   1---------------
 *               imbalance(1)
 *            0-------0.5-----
 * ```
 *
 * @throws RangeError where the depth is not a whole number above zero.
 *
 * @example
 * ```ts
 * exchange.orderBook$('BTC-USDT').pipe(imbalance(5)).subscribe(console.log);
 * ```
 */
export const imbalance = (depth: number): OperatorFunction<OrderBook, number> => {
  wholeNumber('A depth', depth);
  return reading((book) => book.imbalance(depth));
};
