import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  ignoreElements,
  map,
  merge,
  mergeMap,
  repeat,
  switchMap,
  timer,
  type Observable,
} from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { Context } from './context.js';
import type { OrderQueries } from './order-queries.js';
import type { OrderTracking } from './order-tracking.js';

/** What looking after an order works with. */
export interface AttendOptions {
  readonly context: Context;
  readonly tracking: OrderTracking;
  readonly queries: OrderQueries;
  /** When to ask the exchange how the order stands. */
  readonly pace$: Observable<void>;
}

/** How long fills that the exchange counted may take to arrive by themselves, in ms. */
const FILLS_WITHIN = 5_000;
/** How often they are asked for, after that, until they are given up. */
const FILLS_QUERIES = 3;

/**
 * Looks after an order that is alive: asks for its status at the given pace, and for fills that do not
 * arrive. Never emits and never errors; what goes wrong goes to `errors$`.
 */
export const attend = (
  clientOrderId: string,
  { context, tracking, queries, pace$ }: AttendOptions,
): Observable<never> => {
  const { environment, report } = context;
  const survive = (error: unknown): Observable<never> => {
    report(toConnectorError(error, 'exchange'));
    return EMPTY;
  };
  const ask = (query: (order: InFlightOrder) => Observable<never>): Observable<never> => {
    const order = tracking.order(clientOrderId);
    return order?.exchangeOrderId === undefined ? EMPTY : query(order).pipe(catchError(survive));
  };
  const giveUp = (): Observable<never> => {
    tracking.learn([{ kind: 'fills_unavailable', clientOrderId }]);
    return EMPTY;
  };
  const missingFills$ = tracking.story$(clientOrderId).pipe(
    map(({ fillsComplete }) => !fillsComplete),
    distinctUntilChanged(),
    switchMap((missing) =>
      missing
        ? concat(
            timer(FILLS_WITHIN, environment.scheduler).pipe(
              mergeMap(() => ask(queries.fills)),
              repeat(FILLS_QUERIES),
            ),
            defer(giveUp),
          )
        : EMPTY,
    ),
  );
  return merge(missingFills$, pace$.pipe(exhaustMap(() => ask(queries.status)))).pipe(
    ignoreElements(),
  );
};
