import {
  afterBookChanges,
  bookEvents,
  type FeedKinds,
  type OpenFeed,
} from '../binance/market-feed.js';
import type { BookEvent } from '../binance/depth-diff.js';
import { interval } from 'rxjs';
import { decimalText } from '../binance/text.js';
import type { Side } from '../../core/order.js';
import type { Decimal } from '../../core/decimal.js';
import type { Listing } from '../engine/model.js';
import type { FuturesBackend } from './backend.js';
import { aggregateJson, bestLevels, levelsJson, shownUpdateId } from './market-methods.js';
import { amountText, priceText } from './text.js';

type Open = OpenFeed<FuturesBackend>;

// Source for all: Binance USD-M Futures API, Websocket Market Streams.

const USUAL = 250;
const SLOW = 500;
const FAST = 100;

const listingOf = ({ engine }: FuturesBackend, symbol: string): Listing => {
  const listing = engine.listings.get(symbol);
  if (listing) return listing;
  throw new RangeError(`${symbol} is not listed`);
};

/** What every payload of a market says of itself: UM-futures have `st` 1. */
const heading = (event: string, now: number, symbol: string) => ({
  e: event,
  E: now,
  T: now,
  s: symbol,
  ps: symbol,
  st: 1,
});

/** The last amount of each level that changed. */
const changedLevels = (listing: Listing, events: readonly BookEvent[], side: Side) => {
  const levels = new Map<string, Decimal>();
  for (const event of events) {
    if (event.side === side) levels.set(priceText(listing, event.price), event.amount);
  }
  return Array.from(levels, ([price, amount]) => [price, amountText(listing, amount)]);
};

/** Each diff names the one before it: `pu` is the `u` of that. */
const openDepth =
  (period: number): Open =>
  (source) => {
    const { backend, symbol, publish } = source;
    let last = backend.engine.depth(symbol, 1).updateId;
    return afterBookChanges(source, period, (changes) => {
      const [first] = changes;
      if (!first) return;
      const previous = last;
      last = changes.at(-1)?.updateId ?? last;
      const listing = listingOf(backend, symbol);
      publish({
        ...heading('depthUpdate', backend.now(), symbol),
        U: shownUpdateId(first.updateId),
        u: shownUpdateId(last),
        pu: shownUpdateId(previous),
        b: changedLevels(listing, changes, 'buy'),
        a: changedLevels(listing, changes, 'sell'),
      });
    });
  };

const openPartialDepth =
  (levels: number, period: number): Open =>
  (source) => {
    const { backend, symbol, publish } = source;
    const { engine } = backend;
    let last = engine.depth(symbol, 1).updateId;
    return afterBookChanges(source, period, () => {
      const { updateId, bids, asks } = engine.depth(symbol, levels);
      const listing = listingOf(backend, symbol);
      publish({
        ...heading('depthUpdate', backend.now(), symbol),
        U: shownUpdateId(last + 1),
        u: shownUpdateId(updateId),
        pu: shownUpdateId(last),
        b: levelsJson(listing, bids),
        a: levelsJson(listing, asks),
      });
      last = updateId;
    });
  };

const openBookTicker: Open = ({ backend, symbol, publish }) => {
  const { engine, now } = backend;
  const best = () => bestLevels(listingOf(backend, symbol), engine.depth(symbol, 1));
  let last = JSON.stringify(best());
  return engine.listen((events) => {
    const changes = bookEvents(events, symbol);
    const [{ updateId } = { updateId: 0 }] = changes.slice(-1);
    if (changes.length === 0) return;
    const current = best();
    const text = JSON.stringify(current);
    if (text === last) return;
    last = text;
    const { bidPrice: b, bidQty: B, askPrice: a, askQty: A } = current;
    publish({ ...heading('bookTicker', now(), symbol), u: shownUpdateId(updateId), b, B, a, A });
  });
};

const openAggregates: Open = ({ backend, symbol, publish }) =>
  backend.tape.listen((trade) => {
    if (trade.symbol !== symbol) return;
    const payload = aggregateJson(listingOf(backend, symbol), trade);
    publish({ e: 'aggTrade', E: backend.now(), s: symbol, ...payload, st: 1 });
  });

const openMarkPrice =
  (period: number): Open =>
  ({ backend, symbol, scheduler, publish }) => {
    const beats = interval(period, scheduler).subscribe(() => {
      const { markPrice, indexPrice, fundingRate, nextFundingTime } = backend.engine.terms(symbol);
      publish({
        e: 'markPriceUpdate',
        E: backend.now(),
        s: symbol,
        p: decimalText(markPrice),
        ap: decimalText(markPrice),
        i: decimalText(indexPrice),
        P: decimalText(indexPrice),
        r: decimalText(fundingRate),
        T: nextFundingTime,
        st: 1,
      });
    });
    return () => beats.unsubscribe();
  };

const periods = [
  ['', USUAL],
  ['@500ms', SLOW],
  ['@100ms', FAST],
] as const;

/** The streams of `/public`: the books. */
export const publicKinds: FeedKinds<FuturesBackend> = new Map<string, Open>([
  ['bookTicker', openBookTicker],
  ...periods.flatMap(([suffix, period]): [string, Open][] => [
    [`depth${suffix}`, openDepth(period)],
    ...[5, 10, 20].map((levels): [string, Open] => [
      `depth${levels}${suffix}`,
      openPartialDepth(levels, period),
    ]),
  ]),
]);

/** The streams of `/market`: all that is no book. */
export const marketKinds: FeedKinds<FuturesBackend> = new Map<string, Open>([
  ['aggTrade', openAggregates],
  ['markPrice', openMarkPrice(3000)],
  ['markPrice@1s', openMarkPrice(1000)],
]);
