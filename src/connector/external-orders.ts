import {
  defer,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  merge,
  mergeMap,
  switchMap,
  timer,
  EMPTY,
  type Observable,
} from 'rxjs';
import type { Gapped } from '../core/gapped.js';
import type { OrderUpdate } from '../core/order.js';
import { shareStanding } from '../net/share-standing.js';
import { ExternalOrders } from '../orders/external-orders.js';
import { createAccountGap, standingState } from './account-gap.js';
import type { Context } from './context.js';
import type { OpenOrders, OrderQueries } from './order-queries.js';
import type { OrderTracking } from './order-tracking.js';
import { LONG_POLL } from './pulse.js';
import type { UserStream, UserStreamSignal } from './user-stream.js';
import { withPersistence } from './with-persistence.js';

/** What following external orders works with. */
export interface ExternalOrdersOptions {
  readonly context: Context;
  readonly tracking: OrderTracking;
  readonly queries: OrderQueries;
  readonly user: UserStream;
  /** Keeps the orders of this connector known. */
  readonly account$: Observable<never>;
}

/**
 * The account's open orders that this connector did not place, with their gaps: the exchange's list, asked
 * for whenever the account's stream comes up and every 120 s, and in between what the stream tells. Nothing
 * but telling is done about them. Shared.
 */
export const externalOrders = ({
  context,
  tracking,
  queries,
  user,
  account$,
}: ExternalOrdersOptions): Observable<Gapped<readonly OrderUpdate[]>> => {
  const { scheduler } = context.environment;
  const isForeign = (update: OrderUpdate): boolean => !tracking.knows(update);
  const listEvery = (since: number): Observable<unknown> =>
    timer(0, LONG_POLL, scheduler).pipe(
      exhaustMap(() => queries.open(since).pipe(withPersistence(context))),
    );
  const ask$ = user.standing$.pipe(
    switchMap(({ kind }) => (kind === 'subscribed' ? listEvery(scheduler.now()) : EMPTY)),
    ignoreElements(),
  );
  return defer(() => {
    const orders = new ExternalOrders();
    const gap = createAccountGap(scheduler);
    let isComplete = false;

    const tell = (backfilled: boolean): Gapped<readonly OrderUpdate[]> => ({
      kind: 'data',
      value: orders.open,
      backfilled,
    });
    const hear = (signal: UserStreamSignal): Gapped<readonly OrderUpdate[]> | undefined => {
      if (signal.kind !== 'order' || !isForeign(signal)) return gap.heed(signal);
      gap.heed(signal);
      orders.told(signal, scheduler.now());
      return isComplete ? tell(false) : undefined;
    };
    const take = ({ updates, askedAt }: OpenOrders): readonly Gapped<readonly OrderUpdate[]>[] => {
      isComplete = true;
      orders.listed(updates.filter(isForeign), askedAt);
      const told = tell(gap.isOpen());
      const end = gap.answered(askedAt);
      return end === undefined ? [told] : [told, end];
    };
    return merge(
      account$,
      user.signal$.pipe(
        map(hear),
        filter((event) => event !== undefined),
      ),
      queries.listed$.pipe(mergeMap(take)),
      ask$,
    );
  }).pipe(shareStanding(standingState));
};
