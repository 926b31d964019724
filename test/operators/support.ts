import { TestScheduler } from 'rxjs/testing';
import type { LevelMessage } from '../../src/core/book-message.js';
import { Decimal } from '../../src/core/decimal.js';
import type { PublicTrade } from '../../src/core/trade.js';
import { MutableOrderBook } from '../../src/order-book/mutable-order-book.js';

/** Runs marbles in virtual time. */
export const marbles = (run: Parameters<TestScheduler['run']>[0]): void => {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);
};

/** A book that holds these levels, `[price, amount]`. */
export const bookOf = (
  bids: readonly LevelMessage[],
  asks: readonly LevelMessage[],
): MutableOrderBook => {
  const book = new MutableOrderBook('BTC-USDT');
  book.replace({ updateId: 1, bids, asks });
  return book;
};

/** A book of one level a side; none where the price is NaN. */
export const topAt = (bid: number, ask: number, amount = 1): MutableOrderBook =>
  bookOf(Number.isNaN(bid) ? [] : [[bid, amount]], Number.isNaN(ask) ? [] : [[ask, amount]]);

/** A trade of an amount; a negative one was sold. */
export const tradeOf = (
  time: number,
  amount: number | string,
  price: number | string = 100,
): PublicTrade => ({
  pair: 'BTC-USDT',
  tradeId: `${time}`,
  side: new Decimal(amount).isNegative() ? 'sell' : 'buy',
  price: new Decimal(price),
  amount: new Decimal(amount).abs(),
  time,
});
