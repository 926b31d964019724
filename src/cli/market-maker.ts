import {
  auditTime,
  catchError,
  distinctUntilChanged,
  EMPTY,
  map,
  merge,
  switchMap,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { Connector } from '../connector/connector.js';
import type { OrderRequest } from '../core/order.js';
import type { TradingPair } from '../core/trading-pair.js';
import { midPrice } from '../operators/mid-price.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';

/** How the market maker quotes. */
export interface MarketMakerOptions {
  readonly pair: TradingPair;
  /** The distance of each quote from the mid price, as a part of it. */
  readonly distance: number;
  /** The value of each quote, in quote units. */
  readonly value: number;
  readonly scheduler: SchedulerLike;
}

interface Quotes {
  readonly bid: OrderRequest;
  readonly ask: OrderRequest;
}

const quotesAround = (mid: number, { pair, distance, value }: MarketMakerOptions): Quotes => {
  const quote = (price: number): OrderRequest => ({
    pair,
    type: 'limit_maker',
    price: price.toPrecision(9),
    amount: (value / price).toPrecision(3),
  });
  return { bid: quote(mid * (1 - distance)), ask: quote(mid * (1 + distance)) };
};

const sameQuotes = (a: Quotes, b: Quotes): boolean =>
  a.bid.price === b.bid.price && a.ask.price === b.ask.price;

/**
 * Quotes both sides of the market, anew every second: a new pair of quotes unsubscribes the old one,
 * which cancels it. An order that fails is left out until the next pair.
 */
export const marketMaker = (
  exchange: Connector,
  options: MarketMakerOptions,
): Observable<InFlightOrder> => {
  const terms = { cancelOnUnsubscribe: true };
  return exchange.orderBook$(options.pair).pipe(
    midPrice(),
    auditTime(1_000, options.scheduler),
    map((mid) => quotesAround(mid, options)),
    distinctUntilChanged(sameQuotes),
    switchMap(({ bid, ask }) =>
      merge(
        exchange.buy(bid, terms).pipe(catchError(() => EMPTY)),
        exchange.sell(ask, terms).pipe(catchError(() => EMPTY)),
      ),
    ),
  );
};
