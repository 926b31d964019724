import { bestAcross } from 'rxchange/operators';
import { concat, NEVER, of, Subject, type Observable } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import type { Gapped } from '../../src/core/gapped.js';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { record } from '../support/recording.js';
import { marbles, topAt } from './support.js';

const data = (value: OrderBook): Gapped<OrderBook> => ({ kind: 'data', value, backfilled: false });
const gap: Gapped<OrderBook> = {
  kind: 'gap',
  since: 0,
  cause: new ConnectorError('network', 'The socket is gone.'),
};
const resumed: Gapped<OrderBook> = { kind: 'resumed', recovered: 'complete' };

const at = (venue: string | undefined, price: number, amount = 1) => ({ venue, price, amount });
const nowhere = at(undefined, NaN, 0);

/** A venue that tells one book and goes on. */
const booksOf = (book: OrderBook): Observable<OrderBook> => concat(of(book), NEVER);

describe('the best of several venues', () => {
  it('is told with the venue, whenever it changes', () => {
    marbles(({ cold, expectObservable }) => {
      const a$ = cold(' x-y-|', { x: topAt(99, 101), y: topAt(100, 101) });
      const b$ = cold(' -x--xy-|', { x: topAt(98, 100), y: topAt(98, 102) });
      expectObservable(bestAcross({ a: a$, b: b$ })).toBe('pqr-st-(u|)', {
        p: { bid: at('a', 99), ask: at('a', 101) },
        q: { bid: at('a', 99), ask: at('b', 100) },
        r: { bid: at('a', 100), ask: at('b', 100) },
        s: { bid: at('b', 98), ask: at('b', 100) },
        t: { bid: at('b', 98), ask: at('b', 102) },
        u: { bid: nowhere, ask: nowhere },
      });
    });
  });

  it('prefers the venue that is named first, at the same price', () => {
    const best = record(bestAcross({ b: booksOf(topAt(99, 101, 2)), a: booksOf(topAt(99, 101)) }));
    expect(best.last()).toEqual({ bid: at('b', 99, 2), ask: at('b', 101, 2) });
  });

  it('leaves a venue out from its gap until it is back', () => {
    marbles(({ cold, expectObservable }) => {
      const a$ = cold('x-g-r-x', { x: data(topAt(99, 101)), g: gap, r: resumed });
      const b$ = cold('x------', { x: data(topAt(98, 102)) });
      expectObservable(bestAcross({ a: a$, b: b$ })).toBe('p-q---p', {
        p: { bid: at('a', 99), ask: at('a', 101) },
        q: { bid: at('b', 98), ask: at('b', 102) },
      });
    });
  });

  it('leaves a book out that has become empty meanwhile', () => {
    const [a, b] = [topAt(99, 101), topAt(98, 102)];
    const a$ = new Subject<OrderBook>();
    const b$ = new Subject<OrderBook>();
    const best = record(bestAcross({ a: a$, b: b$ }));
    a$.next(a);
    b$.next(b);
    a.clear();
    b$.next(b);
    expect(best.last()).toEqual({ bid: at('b', 98), ask: at('b', 102) });
    b.clear();
    b$.next(b);
    expect(best.last()).toEqual({ bid: nowhere, ask: nowhere });
  });

  it('errors with a venue, and leaves the others', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const a$ = cold<OrderBook>('--#');
      const b$ = cold<OrderBook>('---');
      expectObservable(bestAcross({ a: a$, b: b$ })).toBe('--#');
      expectSubscriptions(b$.subscriptions).toBe('^-!');
    });
  });

  it('is of no venue at once', () => {
    expect(record(bestAcross({})).state()).toBe('completed');
  });
});
