import {
  defer,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  merge,
  switchMap,
  tap,
  timer,
  EMPTY,
  type Observable,
} from 'rxjs';
import type { OrderUpdate } from '../core/order.js';
import { shareLatest } from '../net/share-latest.js';
import { ExternalOrders } from '../orders/external-orders.js';
import type { Context } from './context.js';
import type { OrderQueries } from './order-queries.js';
import type { OrderTracking } from './order-tracking.js';
import { LONG_POLL } from './pulse.js';
import { isStanding, type UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';

/** What following external orders works with. */
export interface ExternalOrdersOptions {
  readonly context: Context;
  readonly tracking: OrderTracking;
  readonly queries: OrderQueries;
  readonly user$: Observable<UserStreamSignal>;
  /** Keeps the orders of this connector known. */
  readonly account$: Observable<never>;
}

/**
 * The account's open orders that this connector did not place: the exchange's list, asked for whenever
 * the account's stream comes up and every 120 s, and in between what the stream tells. Nothing but
 * telling is done about them. Shared.
 */
export const externalOrders = ({
  context,
  tracking,
  queries,
  user$,
  account$,
}: ExternalOrdersOptions): Observable<readonly OrderUpdate[]> => {
  const { scheduler } = context.environment;
  const isForeign = ({ clientOrderId }: OrderUpdate): boolean =>
    tracking.order(clientOrderId) === undefined;
  const ask$ = user$.pipe(
    filter(isStanding),
    switchMap(({ kind }) => (kind === 'subscribed' ? timer(0, LONG_POLL, scheduler) : EMPTY)),
    exhaustMap(() => queries.open$.pipe(withPersistence(context))),
    ignoreElements(),
  );
  return defer(() => {
    const orders = new ExternalOrders();
    let isComplete = false;
    const told$ = user$.pipe(
      filter((signal) => signal.kind === 'order'),
      filter(isForeign),
      tap((update) => orders.told(update, scheduler.now())),
    );
    const listed$ = queries.listed$.pipe(
      tap(({ updates, askedAt }) => {
        isComplete = true;
        orders.listed(updates.filter(isForeign), askedAt);
      }),
    );
    return merge(account$, told$, listed$, ask$).pipe(
      filter(() => isComplete),
      map(() => orders.open),
    );
  }).pipe(shareLatest());
};
