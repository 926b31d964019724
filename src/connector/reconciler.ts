import {
  catchError,
  defer,
  distinctUntilKeyChanged,
  EMPTY,
  filter,
  ignoreElements,
  merge,
  mergeMap,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import type { OrderUpdate } from '../core/order.js';
import { isDone } from '../orders/in-flight-order.js';
import { OrderDoubts } from '../orders/order-doubts.js';
import { abandon } from './abandon.js';
import type { Canceller } from './cancel.js';
import type { LookUpOptions } from './look-up.js';
import type { ToldChange } from './order-tracking.js';
import { createPulse } from './pulse.js';
import { questionCycles } from './question-cycles.js';
import { isStanding, type UserStreamSignal } from './user-stream.js';

/** What reconciling works with. */
export interface ReconcilerOptions extends LookUpOptions {
  readonly canceller: Canceller;
}

/** Keeps what is known of the orders in step with what the exchange knows. */
export interface Reconciler {
  /**
   * While subscribed, asks after the orders for which there is a reason: events of it may have been
   * missed, it was silent for long, fills of it are missing, it is lost. Takes what the account's
   * stream tells; never emits, and errors only as that does.
   */
  readonly reconcile: (user$: Observable<UserStreamSignal>) => Observable<never>;
  /** Takes over orders that were restored: nothing is certain of them before they were asked after. */
  readonly adopt: () => void;
}

/** The reconciler of one connector. */
export const createReconciler = (options: ReconcilerOptions): Reconciler => {
  const { context, tracking, queries } = options;
  const { environment, clock, report, userDoubt } = context;
  const { scheduler } = environment;
  const doubts = new OrderDoubts();

  /** An order that the list of open orders shows is settled, unless fills of it are missing. */
  const shown = ({ clientOrderId }: OrderUpdate): void => {
    const verdict = tracking.lostOrders.get(clientOrderId);
    if (verdict !== undefined) tracking.learn([{ kind: 'found', clientOrderId, verdict }]);
    const order = tracking.order(clientOrderId);
    if (order === undefined || isDone(order)) return;
    if (order.fillsComplete) doubts.shown(order);
    else doubts.hurry(order);
  };

  const list$ = queries.open$.pipe(
    tap((updates) => updates.forEach(shown)),
    catchError((error: unknown) => {
      report(toConnectorError(error, 'exchange'));
      return EMPTY;
    }),
    ignoreElements(),
  );

  const reconcile: Reconciler['reconcile'] = (user$) =>
    defer(() => {
      const pulse = createPulse(scheduler, clock);
      let wasUp = false;

      /** What REST showed and the account's stream should have told speaks against the stream. */
      const suspect = ({ evidence, backfilled }: ToldChange): void => {
        if (backfilled !== true || !(evidence?.kind === 'order' || evidence?.kind === 'trade'))
          return;
        if (pulse.shouldHaveTold(evidence.time)) userDoubt.raise();
      };
      const cycles = ({ kind }: UserStreamSignal): Observable<never> => {
        const isUp = kind === 'subscribed';
        const listFirst = isUp && wasUp;
        if (isUp) doubts.distrust(tracking.inFlightOrders.keys());
        wasUp ||= isUp;
        return questionCycles({ ...options, doubts, pulse, list$, listFirst });
      };
      return merge(
        tracking.change$.pipe(
          tap(suspect),
          filter(({ order }) => doubts.heed(order, scheduler.now())),
          mergeMap(({ order }) => abandon(order.clientOrderId, options)),
        ),
        user$.pipe(
          tap(pulse.feel),
          filter(isStanding),
          distinctUntilKeyChanged('kind'),
          switchMap(cycles),
        ),
      );
    });

  const adopt = (): void => {
    doubts.distrust(tracking.inFlightOrders.keys());
    for (const id of tracking.lostOrders.keys()) {
      const order = tracking.order(id);
      if (order !== undefined) doubts.heed(order, scheduler.now());
    }
  };

  return { reconcile, adopt };
};
