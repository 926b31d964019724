import {
  defer,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  mergeMap,
  share,
  switchMap,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import type { Context } from './context.js';
import { gapMetrics } from './gap-metrics.js';
import type { Metric, MetricEvent, OrderMetric } from './metric.js';
import type { OrderTracking, ToldChange } from './order-tracking.js';

/** What a connector tells of its own work. */
export interface Metrics {
  /** All of it. */
  readonly metric$: Observable<Metric>;
  /** What happens seldom. */
  readonly event$: Observable<MetricEvent>;
}

const isPlaced = (order: InFlightOrder): boolean =>
  order.exchangeOrderId !== undefined || isDone(order);

/** How long orders and cancels took that were begun while this is subscribed to. */
const orderMetrics = (
  change$: Observable<ToldChange>,
  scheduler: SchedulerLike,
): Observable<OrderMetric> =>
  defer(() => {
    const begun = { place: new Map<string, number>(), cancel: new Map<string, number>() };
    const answered = (
      command: OrderMetric['command'],
      { clientOrderId, pair, state }: InFlightOrder,
    ): readonly OrderMetric[] => {
      const since = begun[command].get(clientOrderId);
      if (since === undefined) return [];
      begun[command].delete(clientOrderId);
      return [{ kind: 'order', command, clientOrderId, pair, state, ms: scheduler.now() - since }];
    };
    return change$.pipe(
      mergeMap(({ order, evidence }) => {
        const { clientOrderId, state } = order;
        if (evidence === undefined) begun.place.set(clientOrderId, scheduler.now());
        if (state === 'pending_cancel' && !begun.cancel.has(clientOrderId))
          begun.cancel.set(clientOrderId, scheduler.now());
        return [
          ...(isPlaced(order) ? answered('place', order) : []),
          ...(state === 'pending_cancel' ? [] : answered('cancel', order)),
        ];
      }),
    );
  });

/**
 * What a connector tells of its own work. Who listens to all of it keeps the exchange's clock known while anything is in
 * demand, since latencies are told by it.
 */
export const createMetrics = (
  { meter, environment, throttler, clock, status }: Context,
  { change$, marker$ }: Pick<OrderTracking, 'change$' | 'marker$'>,
): Metrics => {
  const { scheduler } = environment;
  const accountGap$ = defer(() =>
    marker$.pipe(
      map(gapMetrics({ channel: 'userStream', pair: undefined }, scheduler)),
      filter((metric) => metric !== undefined),
    ),
  );
  const event$ = merge(meter.event$, accountGap$, orderMetrics(change$, scheduler));
  const clock$ = status.inDemand$.pipe(
    switchMap((inDemand) => (inDemand ? clock.keepSynchronized$ : EMPTY)),
    ignoreElements(),
  );
  const budget$ = throttler.budget$.pipe(map((budget) => ({ kind: 'budget', budget }) as const));
  return { event$, metric$: merge(event$, meter.message$, budget$, clock$).pipe(share()) };
};
