import type { OperatorFunction } from 'rxjs';
import type { OrderBook } from '../order-book/order-book.js';
import { reading } from './reading.js';

/** How a spread is told. */
export interface SpreadOptions {
  /**
   * Whether it is told as a fraction of the mid price (0.0001 is a basis point) and not in quote per base.
   * @defaultValue `false`
   */
  readonly relative?: boolean;
}

/**
 * The best ask minus the best bid, whenever that changes, as float64; below zero in a crossed book, nothing while
 * a side is empty. Completes and errors with the source.
 *
 * ```text
 * bid/ask   99/101---98/100---99/100---
 *              spread()
 *           2-----------------1--------
 * ```
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(
 *     spread({ relative: true }),
 *     map((spread) => spread > 0.001),
 *     distinctUntilChanged(),
 *   )
 *   .subscribe((isWide) => console.log(isWide));
 * ```
 */
export const spread = ({ relative = false }: SpreadOptions = {}): OperatorFunction<
  OrderBook,
  number
> => reading((book) => (relative ? book.spread / book.midPrice : book.spread));
