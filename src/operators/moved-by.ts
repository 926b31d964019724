import { filter, defer, type MonoTypeOperatorFunction } from 'rxjs';
import { positive } from './positive.js';

/** How far a price has to move. */
export type PriceMove =
  /** In quote per base. */
  | { readonly absolute: number; readonly relative?: never }
  /** As a fraction of the last price that was let through: 0.001 are ten basis points. */
  | { readonly relative: number; readonly absolute?: never };

/** Lets values through whose price has moved far enough. */
export interface MovedBy {
  /**
   * Lets a price through where it moved by so much or more, up or down, since the last one that was let through;
   * the first always. What is not a number is held back. Completes and errors with the source.
   *
   * ```text
   * 100---100.4---101---101.5---100---
   *    movedBy({ absolute: 1 })
   * 100-----------101-----------100---
   * ```
   *
   * @throws RangeError where the move is not above zero.
   *
   * @example
   * ```ts
   * exchange
   *   .orderBook$('BTC-USDT')
   *   .pipe(midPrice(), movedBy({ relative: 0.0005 }))
   *   .subscribe(console.log);
   * ```
   */
  (move: PriceMove): MonoTypeOperatorFunction<number>;
  /** The same of anything that has a price, which is read out at once: `movedBy(move, ({ ask }) => ask.price)`. */
  <T>(move: PriceMove, priceOf: (value: T) => number): MonoTypeOperatorFunction<T>;
}

/**
 * Lets a price through where it moved by so much or more since the last one that was let through, or anything else
 * that has a price: see {@link MovedBy}.
 *
 * @example
 * ```ts
 * exchange
 *   .orderBook$('BTC-USDT')
 *   .pipe(
 *     topOfBook(),
 *     movedBy({ absolute: 10 }, ({ ask }) => ask.price),
 *   )
 *   .subscribe(({ ask }) => console.log(ask.price));
 * ```
 */
export const movedBy: MovedBy = <T>(
  { absolute, relative }: PriceMove,
  priceOf: (value: T) => number = Number,
): MonoTypeOperatorFunction<T> => {
  positive('A move', absolute ?? relative);
  const needed = (last: number): number => absolute ?? relative * Math.abs(last);
  return (source) =>
    defer(() => {
      let last: number | undefined;
      return source.pipe(
        filter((value) => {
          const price = priceOf(value);
          if (Number.isNaN(price)) return false;
          if (last !== undefined && Math.abs(price - last) < needed(last)) return false;
          last = price;
          return true;
        }),
      );
    });
};
