import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import { imbalance, microPrice, midPrice, spread, topOfBook, vwapFor } from 'rxchange/operators';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { record } from '../support/recording.js';
import { bookOf, marbles, topAt } from './support.js';

const a = topAt(99, 101);
const sameTop = bookOf(
  [
    [99, 1],
    [98, 5],
  ],
  [[101, 1]],
);
const wider = topAt(99, 103);
const noAsk = topAt(99, NaN);
const heavyBid = bookOf([[99, 3]], [[101, 1]]);
const books = { a, s: sameTop, w: wider, n: noAsk, h: heavyBid };

type Reading = (source: Observable<OrderBook>) => Observable<number>;

const cases: readonly (readonly [string, Reading, string, string, Record<string, number>])[] = [
  ['midPrice', midPrice(), 'a-s-w-n-w-a|', 'x---y-----x|', { x: 100, y: 101 }],
  ['microPrice', microPrice(), 'a-s-h-n-h-a|', 'x---y-----x|', { x: 100, y: 100.5 }],
  ['spread', spread(), 'a-s-w-n-w-a|', 'x---y-----x|', { x: 2, y: 4 }],
  ['relative spread', spread({ relative: true }), 'a-w-n-#', 'x-y---#', { x: 0.02, y: 4 / 101 }],
  ['imbalance', imbalance(1), 'a-s-h-n|', 'x---y-z|', { x: 0, y: 0.5, z: 1 }],
  ['deeper imbalance', imbalance(2), 's-a-#', 'x-y-#', { x: 5 / 7, y: 0 }],
  ['vwapFor bids', vwapFor('bids', 2), 's-a-n-h|', 'x-y---z|', { x: 98.5, y: NaN, z: 99 }],
  ['never', midPrice(), '---', '---', {}],
  ['empty', midPrice(), '|', '|', {}],
];

describe('what is read out of a book', () => {
  it.each(cases)('%s: %#', (_, reading, source, sees, values) => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold(source, books).pipe(reading)).toBe(sees, values);
    });
  });

  it('stays as it was when the book changes', () => {
    const book = topAt(99, 101);
    const book$ = new Subject<OrderBook>();
    const tops = record(book$.pipe(topOfBook()));
    const prices = record(book$.pipe(midPrice()));
    book$.next(book);
    book.clear();
    book$.next(book);
    expect(prices.values).toEqual([100]);
    expect(tops.values).toEqual([
      { bid: { price: 99, amount: 1 }, ask: { price: 101, amount: 1 } },
      { bid: { price: NaN, amount: 0 }, ask: { price: NaN, amount: 0 } },
    ]);
  });

  it('is of no amount and no depth that make no sense', () => {
    expect(() => vwapFor('asks', 0)).toThrow(RangeError);
    expect(() => vwapFor('asks', NaN)).toThrow(RangeError);
    expect(() => imbalance(1.5)).toThrow(RangeError);
    expect(() => imbalance(0)).toThrow('A depth must be a whole number above zero, not 0.');
  });
});
