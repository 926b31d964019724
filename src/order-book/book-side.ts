import type { LevelMessage } from '../core/book-message.js';
import type { LevelBuffer } from '../core/diff-buffer.js';
import { ConnectorError } from '../core/errors.js';

/** The name of one side of a book. A buyer takes `asks`, a seller takes `bids`. */
export type BookSideName = 'bids' | 'asks';

const INITIAL_CAPACITY = 256;

const doubled = (full: Float64Array): Float64Array => {
  const larger = new Float64Array(full.length * 2);
  larger.set(full);
  return larger;
};

/**
 * One side of a book: prices and amounts in two flat arrays, sorted from the worst level to the best.
 *
 * The best level stands at the end because that is where a market changes: a change near the top
 * moves few numbers, and a level is set without allocating anything.
 */
export class BookSide {
  /** 1 where a higher price is better, -1 where a lower one is. */
  private readonly direction: 1 | -1;
  private prices: Float64Array = new Float64Array(INITIAL_CAPACITY);
  private amounts: Float64Array = new Float64Array(INITIAL_CAPACITY);
  private count = 0;

  constructor(name: BookSideName) {
    this.direction = name === 'bids' ? 1 : -1;
  }

  /** The number of levels. O(1). */
  get depth(): number {
    return this.count;
  }

  /** The price at a rank, 0 being the best; NaN where there is no such level. O(1). */
  priceAt(rank: number): number {
    return rank >= 0 && rank < this.count ? (this.prices[this.count - 1 - rank] ?? NaN) : NaN;
  }

  /** The amount at a rank, 0 being the best; 0 where there is no such level. O(1). */
  amountAt(rank: number): number {
    return rank >= 0 && rank < this.count ? (this.amounts[this.count - 1 - rank] ?? 0) : 0;
  }

  /** The rank of the level at exactly this price; -1 where there is none. O(log n). */
  rankOf(price: number): number {
    const worse = this.countWorseThan(price);
    return this.holds(worse, price) ? this.count - 1 - worse : -1;
  }

  /** How many levels have this price or a better one. O(log n). */
  countUpTo(price: number): number {
    return Number.isNaN(price) ? 0 : this.count - this.countWorseThan(price);
  }

  /**
   * Sets the amount at a price; 0 removes the level, which need not exist.
   *
   * O(log n), and a level that is new or removed moves the levels better than it.
   *
   * @throws {@link ConnectorError} of kind `decode`, the side unchanged, where the price is not
   * positive and finite, or the amount is negative or not finite: a NaN would break the order of the
   * levels for good, unseen.
   */
  set(price: number, amount: number): void {
    if (!(price > 0 && price < Infinity && amount >= 0 && amount < Infinity)) {
      throw new ConnectorError('decode', `No book level: price ${price}, amount ${amount}`);
    }
    const index = this.countWorseThan(price);
    const exists = this.holds(index, price);
    if (amount === 0) {
      if (exists) this.removeAt(index);
      return;
    }
    if (!exists) this.openAt(index, price);
    this.amounts[index] = amount;
  }

  /** Sets each level, in order. */
  apply({ numbers, count }: LevelBuffer): void {
    for (let index = 0; index < 2 * count; index += 2)
      this.set(numbers[index] ?? NaN, numbers[index + 1] ?? NaN);
  }

  /** Replaces all levels, in any order; O(n log n) where the best stands first. */
  replace(levels: readonly LevelMessage[]): void {
    this.clear();
    for (const [price, amount] of levels.toReversed()) this.set(price, amount);
  }

  /** Removes all levels; the memory is kept. O(1). */
  clear(): void {
    this.count = 0;
  }

  /** How many levels have a worse price: the index at which this price stands, or would. */
  private countWorseThan(price: number): number {
    const { direction, prices } = this;
    const key = direction * price;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (direction * (prices[middle] ?? NaN) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private holds(index: number, price: number): boolean {
    return index < this.count && this.prices[index] === price;
  }

  private removeAt(index: number): void {
    this.prices.copyWithin(index, index + 1, this.count);
    this.amounts.copyWithin(index, index + 1, this.count);
    this.count -= 1;
  }

  private openAt(index: number, price: number): void {
    if (this.count === this.prices.length) {
      this.prices = doubled(this.prices);
      this.amounts = doubled(this.amounts);
    }
    this.prices.copyWithin(index + 1, index, this.count);
    this.amounts.copyWithin(index + 1, index, this.count);
    this.prices[index] = price;
    this.count += 1;
  }
}
