import type { BookDiff, BookSnapshot, LevelMessage } from '../core/book-message.js';
import type { TradingPair } from '../core/trading-pair.js';
import { BookSide, type BookSideName } from './book-side.js';
import type { Level, OrderBook, OrderBookSnapshot } from './order-book.js';

const levelAt = (side: BookSide, rank: number): Level => ({
  price: side.priceAt(rank),
  amount: side.amountAt(rank),
});

/** The ranks of a side from the best on, at most `depth` of them, each made into something. */
const best = <T>(side: BookSide, depth: number, make: (side: BookSide, rank: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.min(depth, side.depth)) }, (_, rank) => make(side, rank));

const frozenLevel = (side: BookSide, rank: number): LevelMessage =>
  Object.freeze<[number, number]>([side.priceAt(rank), side.amountAt(rank)]);

/**
 * The book that the library itself writes; subscribers get it as an {@link OrderBook}, which only
 * reads. It takes what it is told: whether a message follows the last one is for {@link BookSync}.
 */
export class MutableOrderBook implements OrderBook {
  readonly bids = new BookSide('bids');
  readonly asks = new BookSide('asks');
  updateId = 0;
  time = 0;

  constructor(readonly pair: TradingPair) {}

  get bestBid(): Level {
    return levelAt(this.bids, 0);
  }

  get bestAsk(): Level {
    return levelAt(this.asks, 0);
  }

  get midPrice(): number {
    return (this.bids.priceAt(0) + this.asks.priceAt(0)) / 2;
  }

  get spread(): number {
    return this.asks.priceAt(0) - this.bids.priceAt(0);
  }

  get isCrossed(): boolean {
    return this.bids.priceAt(0) >= this.asks.priceAt(0);
  }

  depthOf(side: BookSideName): number {
    return this[side].depth;
  }

  amountAt(side: BookSideName, price: number): number {
    return this[side].amountAt(this[side].rankOf(price));
  }

  levels(side: BookSideName, depth = Infinity): readonly Level[] {
    return best(this[side], depth, levelAt);
  }

  forEachLevel(side: BookSideName, visit: (price: number, amount: number) => unknown): void {
    const levels = this[side];
    for (let rank = 0; rank < levels.depth; rank += 1) {
      if (visit(levels.priceAt(rank), levels.amountAt(rank)) === false) return;
    }
  }

  volumeUpTo(side: BookSideName, price: number): number {
    const levels = this[side];
    const count = levels.countUpTo(price);
    let volume = 0;
    for (let rank = 0; rank < count; rank += 1) volume += levels.amountAt(rank);
    return volume;
  }

  priceFor(side: BookSideName, amount: number): number {
    if (!(amount > 0)) return NaN;
    const levels = this[side];
    let volume = 0;
    for (let rank = 0; rank < levels.depth; rank += 1) {
      volume += levels.amountAt(rank);
      if (volume >= amount) return levels.priceAt(rank);
    }
    return NaN;
  }

  vwapFor(side: BookSideName, amount: number): number {
    if (!(amount > 0)) return NaN;
    const levels = this[side];
    let volume = 0;
    let cost = 0;
    for (let rank = 0; rank < levels.depth; rank += 1) {
      const price = levels.priceAt(rank);
      const offered = levels.amountAt(rank);
      if (volume + offered >= amount) return (cost + (amount - volume) * price) / amount;
      volume += offered;
      cost += offered * price;
    }
    return NaN;
  }

  snapshot(depth = Infinity): OrderBookSnapshot {
    return Object.freeze({
      pair: this.pair,
      updateId: this.updateId,
      time: this.time,
      bids: Object.freeze(best(this.bids, depth, frozenLevel)),
      asks: Object.freeze(best(this.asks, depth, frozenLevel)),
    });
  }

  /** Applies the changes of a diff. */
  apply(diff: BookDiff): void {
    this.bids.apply(diff.bids);
    this.asks.apply(diff.asks);
    this.updateId = diff.lastUpdateId;
    this.time = diff.time;
  }

  /** Replaces all levels; the time stays, for a snapshot tells none. */
  replace(snapshot: BookSnapshot): void {
    this.bids.replace(snapshot.bids);
    this.asks.replace(snapshot.asks);
    this.updateId = snapshot.updateId;
  }

  /** Forgets everything. */
  clear(): void {
    this.bids.clear();
    this.asks.clear();
    this.updateId = 0;
    this.time = 0;
  }
}
