import type { BookSnapshot, LevelMessage } from '../core/book-message.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { BookSideName } from './book-side.js';

/** What is offered at one price. */
export interface Level {
  /** In quote per base. */
  readonly price: number;
  /** In base units. */
  readonly amount: number;
}

/** A frozen copy of a book; its levels are `[price, amount]`, the best first. */
export interface OrderBookSnapshot extends BookSnapshot {
  readonly pair: TradingPair;
  /** See {@link OrderBook.time}. */
  readonly time: number;
}

/** The levels that a message changed: `[price, amount]` each, as the exchange told; amount 0 removed it. */
export interface BookChanges {
  readonly bids: readonly LevelMessage[];
  readonly asks: readonly LevelMessage[];
}

/**
 * A live view of an order book: the same object after every message, always at its latest state.
 * What has to outlive the moment is copied with {@link OrderBook.snapshot}.
 *
 * Prices and amounts are float64, exact for decimals of up to 15 significant digits; what is
 * computed from them (mid price, spread, sums, averages) is rounded as floats are. Where a question
 * has no answer (a side is empty or not deep enough), a price is NaN, with which every comparison is
 * false: `if (book.spread < limit)` does not act on an empty book.
 *
 * In the costs, n is the number of levels of a side and k the number of levels visited.
 */
export interface OrderBook {
  readonly pair: TradingPair;
  /** The exchange's id of the last update in the book; 0 while the book holds none. */
  readonly updateId: number;
  /**
   * The exchange's time of the last diff applied, in ms since the epoch; 0 until the first, since a
   * snapshot by REST tells no time.
   */
  readonly time: number;
  /** The highest bid; price NaN and amount 0 where there is none. O(1), one small object. */
  readonly bestBid: Level;
  /** The lowest ask; price NaN and amount 0 where there is none. O(1), one small object. */
  readonly bestAsk: Level;
  /** Halfway between the best bid and ask; NaN where a side is empty. O(1). */
  readonly midPrice: number;
  /**
   * The mid price drawn towards the side that offers less, where the price is likelier to go:
   * (bid × ask amount + ask × bid amount) / both amounts. NaN where a side is empty. O(1).
   */
  readonly microPrice: number;
  /** The best ask minus the best bid; NaN where a side is empty. O(1). */
  readonly spread: number;
  /** Whether the best bid reaches the best ask, as in no true book. O(1). */
  readonly isCrossed: boolean;

  /** The number of levels of a side. O(1). */
  depthOf(side: BookSideName): number;

  /** The amount at exactly this price; 0 where there is no such level. O(log n). */
  amountAt(side: BookSideName, price: number): number;

  /** The best levels of a side, all or at most `depth`, the best first. O(k), an object a level. */
  levels(side: BookSideName, depth?: number): readonly Level[];

  /**
   * Visits the levels of a side, the best first, until `visit` returns `false`. O(k), allocates
   * nothing.
   */
  forEachLevel(side: BookSideName, visit: (price: number, amount: number) => unknown): void;

  /**
   * The amount offered at this price or better. O(log n + k).
   *
   * Hummingbot: `get_volume_for_price(is_buy, price)`, where `is_buy` is `asks` here.
   */
  volumeUpTo(side: BookSideName, price: number): number;

  /**
   * What the levels at this price or better cost in all, in quote units. O(log n + k).
   *
   * Hummingbot: `get_quote_volume_for_price(is_buy, price)`, where `is_buy` is `asks` here.
   */
  quoteVolumeUpTo(side: BookSideName, price: number): number;

  /**
   * By how much the bids outweigh the asks, within the best `depth` levels a side: from -1, where there are
   * asks only, to 1. NaN where both sides are empty. O(k).
   */
  imbalance(depth: number): number;

  /**
   * The worst price that taking this amount would reach: what a limit order has to bid to be filled
   * at once. NaN where the side does not hold the amount, or the amount is not positive. O(k).
   *
   * Hummingbot: `get_price_for_volume(is_buy, volume)`, where `is_buy` is `asks` here.
   */
  priceFor(side: BookSideName, amount: number): number;

  /**
   * The average price of taking this amount, each level weighted by what is taken of it. NaN where
   * the side does not hold the amount, or the amount is not positive. O(k).
   *
   * Hummingbot: `get_vwap_for_volume(is_buy, volume)`, where `is_buy` is `asks` here.
   */
  vwapFor(side: BookSideName, amount: number): number;

  /**
   * The worst price that spending this much, in quote units, would reach. NaN where the side does not hold as
   * much, or it is not positive. O(k).
   *
   * Hummingbot: `get_price_for_quote_volume(is_buy, volume)`, where `is_buy` is `asks` here.
   */
  priceForQuoteVolume(side: BookSideName, quoteVolume: number): number;

  /**
   * What taking this amount costs, in quote units. NaN where the side does not hold the amount, or the
   * amount is not positive. O(k).
   *
   * Hummingbot: `get_quote_volume_for_base_amount(is_buy, amount)`, where `is_buy` is `asks` here.
   */
  quoteVolumeFor(side: BookSideName, amount: number): number;

  /**
   * What has changed since the book was at an update id: nothing where it is still there, what the last
   * message changed where that was the only one since. `undefined` where there was more than one, or a
   * snapshot took the place of all levels: look at the whole book then. That goes for a snapshot of
   * the very update that the book was at too, since it may reach deeper or less deep. O(k), an array a level.
   *
   * @example
   * ```ts
   * let seen = 0;
   * connector.orderBook$('BTC-USDT').subscribe((book) => {
   *   const { bids, asks } = book.changesSince(seen) ?? book.snapshot();
   *   seen = book.updateId;
   * });
   * ```
   */
  changesSince(updateId: number): BookChanges | undefined;

  /** A frozen copy of both sides, of all levels or at most `depth` a side. O(k), an array a level. */
  snapshot(depth?: number): OrderBookSnapshot;
}
