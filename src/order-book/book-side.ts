import type { LevelMessage } from '../core/book-message.js';
import type { LevelBuffer } from '../core/diff-buffer.js';
import { doubled } from '../core/doubled.js';
import { ConnectorError } from '../core/errors.js';

/** The name of one side of a book. A buyer takes `asks`, a seller takes `bids`. */
export type BookSideName = 'bids' | 'asks';

const INITIAL_CAPACITY = 256;

/** From so many numbers on the engine's own routine moves them faster than a loop: it takes a while to begin. */
const MANY = 16;

/** With fewer levels than this in a diff, it takes longer to search on from the last one than from the top. */
const LONG = 9;

/**
 * One side of a book: prices and amounts in one flat array, sorted from the worst level to the best.
 *
 * The best level stands at the end because that is where a market changes: a change near the top
 * moves few numbers, and a level is set without allocating anything.
 */
export class BookSide {
  /** 1 where a higher price is better, -1 where a lower one is. */
  private readonly direction: 1 | -1;
  /** Price and amount in turn. */
  private levels: Float64Array = new Float64Array(2 * INITIAL_CAPACITY);
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
    return rank >= 0 && rank < this.count ? (this.levels[2 * (this.count - 1 - rank)] ?? NaN) : NaN;
  }

  /** The amount at a rank, 0 being the best; 0 where there is no such level. O(1). */
  amountAt(rank: number): number {
    return rank >= 0 && rank < this.count ? (this.levels[2 * (this.count - 1 - rank) + 1] ?? 0) : 0;
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
    this.put(price, amount, this.count);
  }

  /** Sets each level, in order. */
  apply(levels: LevelBuffer): void {
    const { numbers, count } = levels;
    if (count >= LONG) this.applyLong(levels);
    else
      for (let index = 0; index < 2 * count; index += 2)
        this.put(numbers[index] ?? NaN, numbers[index + 1] ?? NaN, this.count);
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

  /** A level that is worse than the one before it, as they mostly come, is searched for from there on. */
  private applyLong({ numbers, count }: LevelBuffer): void {
    const { direction } = this;
    let from = this.count;
    let last = -Infinity;
    for (let index = 0; index < 2 * count; index += 2) {
      const price = numbers[index] ?? NaN;
      const key = direction * price;
      from = this.put(price, numbers[index + 1] ?? NaN, key < last ? from : this.count);
      last = key;
    }
  }

  /** Sets a level that is worse than those from an index on; returns where it stands, or would. */
  private put(price: number, amount: number, from: number): number {
    if (!(price > 0 && price < Infinity && amount >= 0 && amount < Infinity)) {
      throw new ConnectorError('decode', `No book level: price ${price}, amount ${amount}`);
    }
    const index = this.countWorseThan(price, from);
    const exists = this.holds(index, price);
    if (amount === 0) {
      if (exists) this.removeAt(index);
      return index;
    }
    if (!exists) this.openAt(index, price);
    this.levels[2 * index + 1] = amount;
    return index;
  }

  /**
   * How many levels have a worse price: the index at which this price stands, or would, and which is not beyond
   * `from`.
   *
   * Half of all changes are among the best five levels. So the steps from the top double first, until they
   * have passed the price; between the last two it is searched for by halves. Which half it is decides a branch: to
   * add it up is faster by a tenth where one book is followed, and slower by a quarter where a thousand are, as a
   * processor fetches ahead what it guesses.
   */
  private countWorseThan(price: number, from = this.count): number {
    const { direction, levels } = this;
    const key = direction * price;
    let high = from;
    let low = high - 1;
    for (let step = 1; low >= 0 && direction * (levels[2 * low] ?? NaN) >= key; step *= 2) {
      high = low;
      low -= step;
    }
    low = Math.max(low + 1, 0);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (direction * (levels[2 * middle] ?? NaN) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private holds(index: number, price: number): boolean {
    return index < this.count && this.levels[2 * index] === price;
  }

  private removeAt(index: number): void {
    const { levels } = this;
    const end = 2 * this.count;
    const from = 2 * index + 2;
    if (end - from > MANY) levels.copyWithin(from - 2, from, end);
    else for (let at = from; at < end; at += 1) levels[at - 2] = levels[at] ?? NaN;
    this.count -= 1;
  }

  private openAt(index: number, price: number): void {
    const end = 2 * this.count;
    if (end === this.levels.length) this.levels = doubled(this.levels);
    const { levels } = this;
    const from = 2 * index;
    if (end - from > MANY) levels.copyWithin(from + 2, from, end);
    else for (let at = end - 1; at >= from; at -= 1) levels[at + 2] = levels[at] ?? NaN;
    levels[from] = price;
    this.count += 1;
  }
}
