import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  ignoreElements,
  map,
  merge,
  mergeMap,
  Observable,
  of,
  share,
  Subject,
  takeUntil,
} from 'rxjs';
import type { Balances } from '../core/balance.js';
import { toConnectorError } from '../core/errors.js';
import type { Gapped } from '../core/gapped.js';
import type { OrderUpdate } from '../core/order.js';
import type { TradingRules } from '../core/trading-rule.js';
import { isFromExchange } from '../orders/evidence.js';
import type { Fill } from '../orders/fill.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import { absorb } from '../net/absorb.js';
import { shareLatest } from '../net/share-latest.js';
import type { OrderTracking, ToldChange } from './order-tracking.js';
import type { Reconciler } from './reconciler.js';
import type { UserStream } from './user-stream.js';

type InFlightOrders = ReadonlyMap<string, InFlightOrder>;

/** The streams of the account that tell of their gaps. */
export interface GappedAccountStreams extends GappedOrderStreams {
  readonly balances$: Observable<Gapped<Balances>>;
  readonly externalOrders$: Observable<Gapped<readonly OrderUpdate[]>>;
}

/** The streams of the account's orders that tell of their gaps. */
export interface GappedOrderStreams {
  readonly orderUpdates$: Observable<Gapped<InFlightOrder>>;
  readonly fills$: Observable<Gapped<Fill>>;
  readonly inFlightOrders$: Observable<Gapped<ReadonlyMap<string, InFlightOrder>>>;
}

/** The streams of the account's orders. */
export interface OrderStreams {
  /** Keeps the tracker in step while subscribed; never emits. */
  readonly account$: Observable<never>;
  /** Keeps {@link OrderStreams.account$} up until no order is alive, whoever is subscribed. */
  readonly keepUp: () => void;
  readonly orderUpdates$: Observable<InFlightOrder>;
  readonly fills$: Observable<Fill>;
  readonly inFlightOrders$: Observable<InFlightOrders>;
  readonly withGaps: GappedOrderStreams;
}

/** What the order streams work with. */
export interface OrderStreamsOptions {
  readonly tracking: OrderTracking;
  readonly user: UserStream;
  readonly rules$: Observable<TradingRules>;
  readonly reconciler: Reconciler;
  /** Goes on with the orders of an earlier connector. */
  readonly restored$: Observable<never>;
}

const data = <T>(value: T, { backfilled = false }: Pick<ToldChange, 'backfilled'>): Gapped<T> => ({
  kind: 'data',
  value,
  backfilled,
});

/** What the tracker tells, kept in step by the account's own stream and by REST; each shared. */
export const orderStreams = ({
  tracking,
  user,
  rules$,
  reconciler: { reconcile, gap },
  restored$,
}: OrderStreamsOptions): OrderStreams => {
  const { change$, marker$, idle$, learn } = tracking;
  /** What the stream tells is learned past all that only minds how it stands. */
  const learned$ = user.signal$.pipe(
    absorb((signal) => {
      if (isFromExchange(signal)) learn([signal]);
    }),
  );
  const account$ = merge(restored$, rules$, learned$, reconcile(user)).pipe(
    ignoreElements(),
    share(),
  );

  /** A stream that failed for good takes no order off the exchange: REST goes on alone. */
  const pinned$ = account$.pipe(
    catchError((error: unknown) =>
      reconcile({
        standing$: of({ kind: 'down', cause: toConnectorError(error, 'network') }),
        heardAt: user.heardAt,
      }),
    ),
  );
  const starts = new Subject<void>();
  // It lives as long as the connector, and holds nothing while no order is alive.
  starts.pipe(exhaustMap(() => pinned$.pipe(takeUntil(idle$)))).subscribe();

  const fed = <T>(source: Observable<T>): Observable<T> =>
    new Observable((subscriber) => {
      subscriber.add(source.subscribe(subscriber));
      subscriber.add(account$.subscribe({ error: (error: unknown) => subscriber.error(error) }));
    });
  /** Markers between the data, a gap that is not over first. */
  const gapped = <T>(data$: Observable<Gapped<T>>): Observable<Gapped<T>> =>
    fed(
      defer(() => {
        const standing = gap();
        return merge(standing === undefined ? EMPTY : of(standing), data$, marker$);
      }),
    );
  const inFlightOrders = (): InFlightOrders => new Map(tracking.inFlightOrders);
  const inFlightOrders$ = merge(of(undefined), change$, tracking.restored$);
  return {
    account$,
    keepUp: () => starts.next(),
    orderUpdates$: fed(tracking.order$),
    fills$: fed(tracking.fill$),
    inFlightOrders$: fed(inFlightOrders$.pipe(map(inFlightOrders))).pipe(shareLatest()),
    withGaps: {
      orderUpdates$: gapped(change$.pipe(map((change) => data(change.order, change)))),
      fills$: gapped(
        change$.pipe(
          mergeMap((change) => (change.fill === undefined ? EMPTY : of(data(change.fill, change)))),
        ),
      ),
      inFlightOrders$: gapped(
        inFlightOrders$.pipe(map((change) => data(inFlightOrders(), change ?? {}))),
      ),
    },
  };
};
