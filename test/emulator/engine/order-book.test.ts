import fc from 'fast-check';
import type { Side } from '../../../src/core/order.js';
import { type Level, OrderBook } from '../../../src/emulator/engine/order-book.js';
import { dec } from './market.js';

const lines = (levels: readonly Level[]): string[] =>
  levels.map(
    ({ price, amount, orders }) =>
      `${amount.toFixed()} @ ${price.toFixed()}: ${[...orders.keys()].join(' ')}`,
  );

const add = (
  book: OrderBook,
  side: Side,
  order: readonly [id: number, price: number, rest: number],
) => book.add(side, dec(order[1]), { orderId: order[0], accountId: 'ann', rest: dec(order[2]) });

const openBook = (side: Side) => {
  const book = new OrderBook();
  add(book, side, [1, 11, 5]);
  add(book, side, [2, 10, 5]);
  add(book, side, [3, 12, 5]);
  add(book, side, [4, 11, 2]);
  return book;
};

describe('the book', () => {
  it('has the highest bid first', () => {
    expect(lines(openBook('buy').levels('buy'))).toEqual(['5 @ 12: 3', '7 @ 11: 1 4', '5 @ 10: 2']);
  });

  it('has the lowest ask first', () => {
    expect(lines(openBook('sell').levels('sell'))).toEqual([
      '5 @ 10: 2',
      '7 @ 11: 1 4',
      '5 @ 12: 3',
    ]);
  });

  it('knows a price by its value', () => {
    const book = openBook('buy');
    book.add('buy', dec('11.000'), { orderId: 5, accountId: 'ann', rest: dec(1) });
    expect(lines(book.levels('buy'))[1]).toBe('8 @ 11: 1 4 5');
  });

  it('keeps the place of an order that loses a part', () => {
    const book = openBook('buy');
    const level = book.take(1, dec('0.5'));
    expect(lines([level])).toEqual(['6.5 @ 11: 1 4']);
    expect(level.orders.get(1)?.rest).toEqual(dec('4.5'));
  });

  it('tells of a level that it loses, with nothing in it', () => {
    const book = openBook('sell');
    expect(lines([book.take(2, dec(5))])).toEqual(['0 @ 10: ']);
    expect(lines(book.levels('sell'))).toEqual(['7 @ 11: 1 4', '5 @ 12: 3']);
  });

  it('has nothing to take of an order that left', () => {
    const book = openBook('buy');
    book.take(1, dec(5));
    expect(() => book.take(1, dec(1))).toThrow('Order 1 does not rest in the book');
  });

  it('stays sorted and summed, whatever comes and goes', () => {
    const number = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(fc.array(fc.tuple(number(20), number(9), fc.boolean())), (all) => {
        const book = new OrderBook();
        all.forEach(([price, rest], id) => add(book, 'sell', [id, price, rest]));
        all.forEach(([, rest, leaves], id) => leaves && book.take(id, dec(rest)));
        const left = all.filter(([, , leaves]) => !leaves);
        const prices = [...new Set(left.map(([price]) => price))].toSorted((a, b) => a - b);
        const sums = prices.map((price) =>
          left.filter((order) => order[0] === price).reduce((total, [, rest]) => total + rest, 0),
        );
        const levels = book.levels('sell');
        expect(levels.map(({ price }) => price.toNumber())).toEqual(prices);
        expect(levels.map(({ amount }) => amount.toNumber())).toEqual(sums);
      }),
    );
  });
});
