import { ignoreElements, map, merge, mergeMap, EMPTY, of, share, tap, type Observable } from 'rxjs';
import type { TradingRules } from '../core/trading-rule.js';
import type { Fill, InFlightOrder } from '../orders/in-flight-order.js';
import { shareLatest } from '../net/share-latest.js';
import type { OrderTracking } from './order-tracking.js';
import type { UserStreamSignal } from './user-stream.js';

/** The streams of the account's orders. */
export interface OrderStreams {
  /** Feeds the tracker while subscribed; never emits. */
  readonly account$: Observable<never>;
  readonly orderUpdates$: Observable<InFlightOrder>;
  readonly fills$: Observable<Fill>;
  readonly inFlightOrders$: Observable<ReadonlyMap<string, InFlightOrder>>;
}

/** What the order streams work with. */
export interface OrderStreamsOptions {
  readonly tracking: OrderTracking;
  readonly user$: Observable<UserStreamSignal>;
  readonly rules$: Observable<TradingRules>;
  /** Goes on with the orders of an earlier connector. */
  readonly restored$: Observable<never>;
  /** Looks for the orders that were lost. */
  readonly lost$: Observable<never>;
}

/** What the tracker tells, kept fed by the account's own stream; each shared. */
export const orderStreams = ({
  tracking,
  user$,
  rules$,
  restored$,
  lost$,
}: OrderStreamsOptions): OrderStreams => {
  const { change$, inFlightOrders$, learn } = tracking;
  const evidence$ = user$.pipe(
    tap((signal) => {
      if (signal.kind === 'order' || signal.kind === 'trade') learn([signal]);
    }),
  );
  const account$ = merge(restored$, lost$, evidence$, rules$).pipe(ignoreElements(), share());
  const fed = <T>(source: Observable<T>): Observable<T> => merge(source, account$);
  return {
    account$,
    orderUpdates$: fed(change$.pipe(map(({ order }) => order))),
    fills$: fed(change$.pipe(mergeMap(({ fill }) => (fill === undefined ? EMPTY : of(fill))))),
    inFlightOrders$: fed(inFlightOrders$).pipe(shareLatest()),
  };
};
