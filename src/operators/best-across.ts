import {
  concat,
  defer,
  distinctUntilChanged,
  from,
  map,
  mergeMap,
  of,
  tap,
  type Observable,
} from 'rxjs';
import type { Gapped } from '../core/gapped.js';
import type { Level, OrderBook } from '../order-book/order-book.js';

/** A venue's best level; of no venue, with price NaN and amount 0, where none has one. */
export interface VenueLevel<Venue extends string = string> extends Level {
  readonly venue: Venue | undefined;
}

/** The highest bid and the lowest ask of several venues. */
export interface BestAcross<Venue extends string = string> {
  readonly bid: VenueLevel<Venue>;
  readonly ask: VenueLevel<Venue>;
}

/** What tells a venue's book: better with its gaps. */
export type BookSource = Observable<OrderBook> | Observable<Gapped<OrderBook>>;

const none: VenueLevel<never> = { venue: undefined, price: NaN, amount: 0 };

const same = (a: VenueLevel, b: VenueLevel): boolean =>
  a.venue === b.venue && Object.is(a.price, b.price) && a.amount === b.amount;

/** The book that an event speaks of; nothing where it speaks of a gap. */
const bookIn = (event: OrderBook | Gapped<OrderBook>): OrderBook | undefined => {
  if (!('kind' in event)) return event;
  return event.kind === 'data' ? event.value : undefined;
};

const bestOf = <Venue extends string>(
  books: ReadonlyMap<Venue, OrderBook | undefined>,
): BestAcross<Venue> => {
  let bid: VenueLevel<Venue> = none;
  let ask: VenueLevel<Venue> = none;
  for (const [venue, book] of books) {
    if (book === undefined) continue;
    const { bestBid, bestAsk } = book;
    // A price of NaN is better than nothing, and everything is better than it.
    if (!(bid.price >= bestBid.price) && bestBid.amount > 0) bid = { venue, ...bestBid };
    if (!(ask.price <= bestAsk.price) && bestAsk.amount > 0) ask = { venue, ...bestAsk };
  }
  return { bid, ask };
};

/**
 * The best bid and the best ask over the books of several venues, with the venue's name, whenever either changes.
 * Prices are in quote per base, amounts in base units, both float64; what the values say stays as it is. Of two
 * venues with the same price, the one that is named first is told.
 *
 * All books are read at every event of any, so that one that fell out of step, and is empty, is left out
 * from the next event on. With `{ gaps: true }` it is left out at once: without it, what a lone venue had before it was
 * lost stays the last that was told. Emits from the first book on, without those that are not there yet; a
 * book that completes is left out. Completes when all have, errors when one does.
 *
 * ```text
 * a         99/101---------100/101--------------gap------
 * b         -------98/100-------------------------------
 *              bestAcross({ a, b })
 * bid       99 a-----------100 a----------------98 b-----
 * ask       101 a--100 b--------------------------------
 * ```
 *
 * @example
 * ```ts
 * bestAcross({
 *   spot: binance().orderBook$('BTC-USDT', { gaps: true }),
 *   perpetual: binancePerpetual().orderBook$('BTC-USDT', { gaps: true }),
 * })
 *   .pipe(filter(({ bid, ask }) => bid.price > ask.price))
 *   .subscribe(({ bid, ask }) => console.log(`buy at ${ask.venue}, sell at ${bid.venue}`));
 * ```
 */
export const bestAcross = <Venue extends string>(
  books: Readonly<Record<Venue, BookSource>>,
): Observable<BestAcross<Venue>> =>
  defer(() => {
    const latest = new Map<Venue, OrderBook | undefined>();
    const sources = Object.entries(books) as [Venue, BookSource][];
    for (const [venue] of sources) latest.set(venue, undefined);
    return from(sources).pipe(
      mergeMap(([venue, source]) => {
        const events$: Observable<OrderBook | Gapped<OrderBook>> = source;
        return concat(events$.pipe(map(bookIn)), of(undefined)).pipe(
          tap((book) => latest.set(venue, book)),
        );
      }),
      map(() => bestOf(latest)),
      distinctUntilChanged((a, b) => same(a.bid, b.bid) && same(a.ask, b.ask)),
    );
  });
