import type { BookDiff, LevelMessage } from './book-message.js';
import { doubled } from './doubled.js';

const INITIAL_LEVELS = 16;

/**
 * Levels in memory that is used again: price and amount in turn, in one flat array. It grows and never
 * shrinks, so that a message costs no allocation.
 */
export class LevelBuffer {
  /** Price, amount, price, amount…; beyond {@link LevelBuffer.count} levels it holds anything. */
  numbers = new Float64Array(2 * INITIAL_LEVELS);
  /** How many levels there are. */
  count = 0;

  /** Makes room for one more level. */
  reserve(): void {
    if (2 * this.count === this.numbers.length) this.numbers = doubled(this.numbers);
  }

  /** Takes these levels in place of what it holds. */
  load(levels: readonly LevelMessage[]): void {
    this.count = 0;
    for (const [price, amount] of levels) {
      this.reserve();
      this.numbers[2 * this.count] = price;
      this.numbers[2 * this.count + 1] = amount;
      this.count += 1;
    }
  }

  /** The levels as values of their own. */
  toLevels(): LevelMessage[] {
    const { numbers } = this;
    return Array.from({ length: this.count }, (_, index) => [
      numbers[2 * index] ?? NaN,
      numbers[2 * index + 1] ?? NaN,
    ]);
  }
}

/** A {@link BookDiff} in memory that is used again: what a scanner reads a frame into. */
export class DiffBuffer {
  firstUpdateId = 0;
  lastUpdateId = 0;
  /** `NaN` where the exchange does not tell it: a field that is always a number costs no allocation. */
  previousUpdateId = NaN;
  time = 0;
  bids = new LevelBuffer();
  asks = new LevelBuffer();

  /** Takes a diff in place of what it holds. */
  load({ firstUpdateId, lastUpdateId, previousUpdateId, time, bids, asks }: BookDiff): void {
    this.firstUpdateId = firstUpdateId;
    this.lastUpdateId = lastUpdateId;
    this.previousUpdateId = previousUpdateId ?? NaN;
    this.time = time;
    this.bids.load(bids);
    this.asks.load(asks);
  }

  /** The diff as a value of its own. */
  toDiff(): BookDiff {
    const { firstUpdateId, lastUpdateId, previousUpdateId, time, bids, asks } = this;
    return {
      firstUpdateId,
      lastUpdateId,
      ...(Number.isNaN(previousUpdateId) ? {} : { previousUpdateId }),
      time,
      bids: bids.toLevels(),
      asks: asks.toLevels(),
    };
  }
}
