import type { BookSnapshot, LevelMessage } from '../core/book-message.js';
import { LevelBuffer, type DiffBuffer } from '../core/diff-buffer.js';
import type { TradingPair } from '../core/trading-pair.js';
import { BookSide, type BookSideName } from './book-side.js';
import type { BookChanges, Level, OrderBook, OrderBookSnapshot } from './order-book.js';

const levelAt = (side: BookSide, rank: number): Level => ({
  price: side.priceAt(rank),
  amount: side.amountAt(rank),
});

/** The ranks of a side from the best on, at most `depth` of them, each made into something. */
const best = <T>(side: BookSide, depth: number, make: (side: BookSide, rank: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.min(depth, side.depth)) }, (_, rank) => make(side, rank));

const volumeOf = (side: BookSide, depth: number): number => {
  const count = Math.min(depth, side.depth);
  let volume = 0;
  for (let rank = 0; rank < count; rank += 1) volume += side.amountAt(rank);
  return volume;
};

const costAt = (side: BookSide, rank: number): number => side.priceAt(rank) * side.amountAt(rank);

/** The price at which what the levels hold, summed up from the best on, reaches what is wanted. */
const priceWhere = (
  side: BookSide,
  wanted: number,
  held: (side: BookSide, rank: number) => number,
): number => {
  if (!(wanted > 0)) return NaN;
  let sum = 0;
  for (let rank = 0; rank < side.depth; rank += 1) {
    sum += held(side, rank);
    if (sum >= wanted) return side.priceAt(rank);
  }
  return NaN;
};

const frozenLevel = (side: BookSide, rank: number): LevelMessage =>
  Object.freeze<[number, number]>([side.priceAt(rank), side.amountAt(rank)]);

const noChanges: BookChanges = Object.freeze({ bids: Object.freeze([]), asks: Object.freeze([]) });

/**
 * The book that the library itself writes; subscribers get it as an {@link OrderBook}, which only
 * reads. It takes what it is told: whether a message follows the last one is for {@link BookSync}.
 */
export class MutableOrderBook implements OrderBook {
  readonly bids = new BookSide('bids');
  readonly asks = new BookSide('asks');
  updateId = 0;
  time = 0;
  /** What changed it last, and the update before that; NaN where that was not by a diff. */
  private readonly changes = { bids: new LevelBuffer(), asks: new LevelBuffer() };
  private changedAfter = NaN;
  /** The last update before all levels were replaced or cleared: who knows a book up to it may know other levels. */
  private knownBefore = -Infinity;

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

  get microPrice(): number {
    const bidAmount = this.bids.amountAt(0);
    const askAmount = this.asks.amountAt(0);
    const weighted = this.bids.priceAt(0) * askAmount + this.asks.priceAt(0) * bidAmount;
    return weighted / (bidAmount + askAmount);
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

  imbalance(depth: number): number {
    const bids = volumeOf(this.bids, depth);
    const asks = volumeOf(this.asks, depth);
    return (bids - asks) / (bids + asks);
  }

  volumeUpTo(side: BookSideName, price: number): number {
    const levels = this[side];
    return volumeOf(levels, levels.countUpTo(price));
  }

  quoteVolumeUpTo(side: BookSideName, price: number): number {
    const levels = this[side];
    const count = levels.countUpTo(price);
    let cost = 0;
    for (let rank = 0; rank < count; rank += 1) cost += costAt(levels, rank);
    return cost;
  }

  priceFor(side: BookSideName, amount: number): number {
    return priceWhere(this[side], amount, (levels, rank) => levels.amountAt(rank));
  }

  priceForQuoteVolume(side: BookSideName, quoteVolume: number): number {
    return priceWhere(this[side], quoteVolume, costAt);
  }

  vwapFor(side: BookSideName, amount: number): number {
    return this.quoteVolumeFor(side, amount) / amount;
  }

  quoteVolumeFor(side: BookSideName, amount: number): number {
    if (!(amount > 0)) return NaN;
    const levels = this[side];
    let volume = 0;
    let cost = 0;
    for (let rank = 0; rank < levels.depth; rank += 1) {
      const price = levels.priceAt(rank);
      const offered = levels.amountAt(rank);
      if (volume + offered >= amount) return cost + (amount - volume) * price;
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

  changesSince(updateId: number): BookChanges | undefined {
    if (updateId <= this.knownBefore) return undefined;
    if (updateId === this.updateId) return noChanges;
    if (updateId !== this.changedAfter) return undefined;
    const { bids, asks } = this.changes;
    return { bids: bids.toLevels(), asks: asks.toLevels() };
  }

  /** Applies the levels of a diff, and keeps them: in their place the diff has the memory of those before. */
  apply(diff: DiffBuffer): void {
    const { changes } = this;
    const { bids, asks } = changes;
    this.bids.apply(diff.bids);
    this.asks.apply(diff.asks);
    changes.bids = diff.bids;
    changes.asks = diff.asks;
    diff.bids = bids;
    diff.asks = asks;
    this.changedAfter = this.updateId;
    this.updateId = diff.lastUpdateId;
    this.time = diff.time;
  }

  /** Replaces all levels; the time stays, for a snapshot tells none. */
  replace(snapshot: BookSnapshot): void {
    this.forgetChanges();
    this.bids.replace(snapshot.bids);
    this.asks.replace(snapshot.asks);
    this.updateId = snapshot.updateId;
  }

  /** Forgets everything. */
  clear(): void {
    this.forgetChanges();
    this.bids.clear();
    this.asks.clear();
    this.updateId = 0;
    this.time = 0;
  }

  /** A snapshot may be of an update that is known, and reach less deep or deeper than the book did then. */
  private forgetChanges(): void {
    this.changedAfter = NaN;
    this.knownBefore = Math.max(this.knownBefore, this.updateId);
  }
}
