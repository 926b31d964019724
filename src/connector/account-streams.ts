import {
  catchError,
  EMPTY,
  exhaustMap,
  ignoreElements,
  map,
  merge,
  mergeMap,
  of,
  share,
  Subject,
  takeUntil,
  tap,
  type Observable,
} from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import type { TradingRules } from '../core/trading-rule.js';
import type { Fill, InFlightOrder } from '../orders/in-flight-order.js';
import { shareLatest } from '../net/share-latest.js';
import type { OrderTracking } from './order-tracking.js';
import type { Reconciler } from './reconciler.js';
import type { UserStreamSignal } from './user-stream.js';

/** The streams of the account's orders. */
export interface OrderStreams {
  /** Keeps the tracker in step while subscribed; never emits. */
  readonly account$: Observable<never>;
  /** Keeps {@link OrderStreams.account$} up until no order is alive, whoever is subscribed. */
  readonly keepUp: () => void;
  readonly orderUpdates$: Observable<InFlightOrder>;
  readonly fills$: Observable<Fill>;
  readonly inFlightOrders$: Observable<ReadonlyMap<string, InFlightOrder>>;
}

/** What the order streams work with. */
export interface OrderStreamsOptions {
  readonly tracking: OrderTracking;
  readonly user$: Observable<UserStreamSignal>;
  readonly rules$: Observable<TradingRules>;
  readonly reconcile: Reconciler['reconcile'];
  /** Goes on with the orders of an earlier connector. */
  readonly restored$: Observable<never>;
}

/** What the tracker tells, kept in step by the account's own stream and by REST; each shared. */
export const orderStreams = ({
  tracking,
  user$,
  rules$,
  reconcile,
  restored$,
}: OrderStreamsOptions): OrderStreams => {
  const { change$, idle$, inFlightOrders$, learn } = tracking;
  const evidence$ = user$.pipe(
    tap((signal) => {
      if (signal.kind === 'order' || signal.kind === 'trade') learn([signal]);
    }),
  );
  const account$ = merge(restored$, rules$, reconcile(evidence$)).pipe(ignoreElements(), share());

  /** A stream that failed for good takes no order off the exchange: REST goes on alone. */
  const pinned$ = account$.pipe(
    catchError((error: unknown) =>
      reconcile(of({ kind: 'down', cause: toConnectorError(error, 'network') })),
    ),
  );
  const starts = new Subject<void>();
  // It lives as long as the connector, and holds nothing while no order is alive.
  starts.pipe(exhaustMap(() => pinned$.pipe(takeUntil(idle$)))).subscribe();

  const fed = <T>(source: Observable<T>): Observable<T> => merge(source, account$);
  return {
    account$,
    keepUp: () => starts.next(),
    orderUpdates$: fed(change$.pipe(map(({ order }) => order))),
    fills$: fed(change$.pipe(mergeMap(({ fill }) => (fill === undefined ? EMPTY : of(fill))))),
    inFlightOrders$: fed(inFlightOrders$).pipe(shareLatest()),
  };
};
