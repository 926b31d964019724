import {
  catchError,
  defer,
  distinctUntilKeyChanged,
  EMPTY,
  finalize,
  ignoreElements,
  merge,
  mergeMap,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import type { GapMarker } from '../core/gapped.js';
import type { OrderUpdate } from '../core/order.js';
import { emitEach } from '../net/emit-each.js';
import { isFromExchange } from '../orders/evidence.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import { OrderDoubts } from '../orders/order-doubts.js';
import { abandon } from './abandon.js';
import type { Canceller } from './cancel.js';
import type { LookUpOptions } from './look-up.js';
import type { ToldChange } from './order-tracking.js';
import { createPulse } from './pulse.js';
import { questionCycles } from './question-cycles.js';
import type { StatusEntry } from './status.js';
import type { UserStream, UserStreamStanding } from './user-stream.js';

/** What reconciling works with. */
export interface ReconcilerOptions extends LookUpOptions {
  readonly canceller: Canceller;
}

/** Keeps what is known of the orders in step with what the exchange knows. */
export interface Reconciler {
  /**
   * While subscribed, asks after the orders for which there is a reason: events of it may have been
   * missed, it was silent for long, fills of it are missing, it is lost. Takes what the account's
   * stream tells of itself; never emits, and errors only as that does.
   */
  readonly reconcile: (user: Pick<UserStream, 'standing$' | 'heardAt'>) => Observable<never>;
  /** Takes over orders that were restored: nothing is certain of them before they were asked after. */
  readonly adopt: (live: readonly InFlightOrder[]) => void;
  /** The gap in what the account's stream tells that is not made good yet. */
  readonly gap: () => GapMarker | undefined;
}

const NOTHING: readonly never[] = [];

/** The reconciler of one connector. */
export const createReconciler = (options: ReconcilerOptions): Reconciler => {
  const { context, tracking, queries } = options;
  const { environment, clock, report, userDoubt } = context;
  const { scheduler } = environment;
  let status: StatusEntry | undefined;
  let gap: GapMarker | undefined;
  let isUp = false;
  /** Since when the account's stream is up, or down. */
  let stoodAt = -Infinity;
  let isRestored = false;
  let isRecovering = false;

  const showStatus = (): void => {
    if (isRestored && !isRecovering) status?.up();
    else status?.down('asking the exchange how the orders stand');
  };

  /** Every order that was in doubt is not any more: if the stream is up, nothing is missed from here on. */
  const settled = (recovered: 'complete' | 'partial'): void => {
    if (gap !== undefined && !isUp) return;
    isRecovering = false;
    showStatus();
    if (gap === undefined) return;
    gap = undefined;
    tracking.mark({ kind: 'resumed', recovered });
  };
  const doubts = new OrderDoubts(settled);

  const begin = (marker: GapMarker): void => {
    isRecovering = true;
    showStatus();
    if (gap !== undefined) return;
    gap = marker;
    doubts.begin();
    tracking.mark(marker);
  };

  /** An order that the list of open orders shows is settled, unless fills of it are missing. */
  const shown = ({ clientOrderId }: OrderUpdate): void => {
    const verdict = tracking.lostOrders.get(clientOrderId);
    if (verdict !== undefined) tracking.learn([{ kind: 'found', clientOrderId, verdict }]);
    const order = tracking.order(clientOrderId);
    if (order === undefined || isDone(order)) return;
    if (order.fillsComplete) doubts.shown(order);
    else doubts.hurry(order);
  };

  const list$ = defer(() => queries.open(stoodAt)).pipe(
    tap((updates) => updates.filter(tracking.knows).forEach(shown)),
    catchError((error: unknown) => {
      report(toConnectorError(error, 'exchange'));
      return EMPTY;
    }),
    ignoreElements(),
  );

  const reconcile: Reconciler['reconcile'] = (user) =>
    defer(() => {
      const pulse = createPulse({ scheduler, clock, user });
      let wasUp = false;
      const entry = context.status.enter('orders');
      status = entry;
      showStatus();
      /** Whoever comes next begins anew. */
      const leave = (): void => {
        entry.leave();
        if (status !== entry) return;
        status = gap = undefined;
        isUp = isRecovering = false;
      };

      /** What REST showed and the account's stream should have told speaks against the stream. */
      const suspect = ({ evidence, backfilled }: ToldChange): void => {
        if (backfilled !== true || evidence === undefined || !isFromExchange(evidence)) return;
        if (pulse.shouldHaveTold(evidence.time)) userDoubt.raise();
      };
      /** The order where it was lost and is alive again. */
      const heed = (change: ToldChange): readonly InFlightOrder[] => {
        suspect(change);
        return doubts.heed(change.order, scheduler.now()) ? [change.order] : NOTHING;
      };
      const cycles = (signal: UserStreamStanding): Observable<never> => {
        isUp = signal.kind === 'subscribed';
        stoodAt = scheduler.now();
        const listFirst = isUp && wasUp;
        if (signal.kind === 'subscribed')
          doubts.distrust(tracking.inFlightOrders.keys(), scheduler.now());
        else if (wasUp) begin({ kind: 'gap', since: pulse.heardAt(), cause: signal.cause });
        wasUp ||= isUp;
        return questionCycles({ ...options, doubts, pulse, list$, listFirst });
      };
      return merge(
        tracking.change$.pipe(
          emitEach(heed),
          mergeMap((order) => abandon(order.clientOrderId, options)),
        ),
        user.standing$.pipe(tap(pulse.feel), distinctUntilKeyChanged('kind'), switchMap(cycles)),
      ).pipe(finalize(leave));
    });

  const adopt: Reconciler['adopt'] = (live) => {
    isRestored = true;
    isRecovering ||= live.length > 0;
    showStatus();
    doubts.distrust(
      live.map(({ clientOrderId }) => clientOrderId),
      scheduler.now(),
    );
    for (const id of tracking.lostOrders.keys()) {
      const order = tracking.order(id);
      if (order !== undefined) doubts.heed(order, scheduler.now());
    }
  };

  return { reconcile, adopt, gap: () => gap };
};
