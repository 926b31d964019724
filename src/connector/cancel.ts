import {
  catchError,
  concat,
  defer,
  EMPTY,
  finalize,
  first,
  forkJoin,
  last,
  map,
  merge,
  mergeMap,
  of,
  ReplaySubject,
  retry,
  share,
  takeUntil,
  throwError,
  timeout,
  timer,
  type Observable,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import { backoff } from '../net/backoff.js';
import type { Context } from './context.js';
import type { OrderQueries } from './order-queries.js';
import type { OrderTracking } from './order-tracking.js';

/**
 * What a cancel came to.
 *
 * - `canceled`, `filled`, `failed`: the order's end; a cancel may come too late, or there was no order
 * - `refused`: the exchange keeps the order, see `error`
 * - `unknown`: no certain answer came in time
 * - `not_found`: this connector knows no such order
 */
export interface CancelResult {
  readonly clientOrderId: string;
  readonly outcome: 'canceled' | 'filled' | 'failed' | 'refused' | 'unknown' | 'not_found';
  /** The order as it was left. */
  readonly order?: InFlightOrder;
  readonly error?: ConnectorError;
}

/** The cancelling of one connector's orders. */
export interface Canceller {
  readonly cancel: (clientOrderId: string) => Observable<CancelResult>;
  readonly cancelAll: (options?: CancelAllOptions) => Observable<readonly CancelResult[]>;
}

/** How all orders are cancelled. */
export interface CancelAllOptions {
  /**
   * How long to wait for each order's result, in ms; an order without one gets `unknown`.
   * @defaultValue 10,000
   */
  readonly timeout?: number;
}

/** How often a cancel is sent whose outcome stays unknown. */
const ATTEMPTS = 5;

const endOf = ({ state }: InFlightOrder): CancelResult['outcome'] =>
  state === 'filled' || state === 'canceled' || state === 'failed' ? state : 'unknown';

/** Makes the commands that cancel. */
export const createCanceller = (
  { environment: { scheduler, random } }: Context,
  tracking: OrderTracking,
  queries: OrderQueries,
): Canceller => {
  const wait = backoff({ random });
  const ongoing = new Map<string, Observable<CancelResult>>();
  let attempts = 0;

  const refused = (error: unknown): boolean =>
    error instanceof ConnectorError &&
    error.kind !== 'order_not_found' &&
    !error.retryable &&
    error.outcome === 'refused';

  /**
   * Cancels until it is certain. "No such order" and an answer that did not come say nothing about
   * what became of the order (it may be filled, canceled or not there yet), so its status is asked for.
   */
  const request = (clientOrderId: string): Observable<never> =>
    defer(() => {
      const order = tracking.order(clientOrderId);
      if (order === undefined || isDone(order)) return EMPTY;
      return queries.cancel(order).pipe(
        catchError((error: unknown) => {
          const passed = throwError(() => error);
          return refused(error) ? passed : concat(queries.status(order), passed);
        }),
      );
    }).pipe(
      retry({
        count: ATTEMPTS,
        delay: (error: unknown, count) =>
          refused(error) ? throwError(() => error) : timer(wait(count - 1), scheduler),
      }),
    );

  const run = (clientOrderId: string): Observable<CancelResult> => {
    const attempt = ++attempts;
    const story$ = tracking.story$(clientOrderId);
    tracking.learn([{ kind: 'cancel_requested', clientOrderId, attempt }]);
    return story$.pipe(
      first((order) => isDone(order) || order.exchangeOrderId !== undefined),
      mergeMap(() =>
        merge(request(clientOrderId).pipe(takeUntil(story$.pipe(last()))), story$).pipe(last()),
      ),
      map((order): CancelResult => ({ clientOrderId, outcome: endOf(order), order })),
      catchError((error: unknown) => {
        const order = tracking.order(clientOrderId);
        return of<CancelResult>({
          clientOrderId,
          outcome: refused(error) ? 'refused' : 'unknown',
          error: toConnectorError(error, 'exchange'),
          ...(order === undefined ? {} : { order }),
        });
      }),
      finalize(() => tracking.learn([{ kind: 'cancel_answered', clientOrderId, attempt }])),
    );
  };

  const cancel: Canceller['cancel'] = (clientOrderId) =>
    defer(() => {
      const running = ongoing.get(clientOrderId);
      if (running !== undefined) return running;
      if (tracking.order(clientOrderId) === undefined)
        return of<CancelResult>({ clientOrderId, outcome: 'not_found' });
      const started = run(clientOrderId).pipe(
        finalize(() => ongoing.delete(clientOrderId)),
        share({ connector: () => new ReplaySubject(1) }),
      );
      ongoing.set(clientOrderId, started);
      return started;
    });

  const cancelAll: Canceller['cancelAll'] = ({ timeout: each = 10_000 } = {}) =>
    defer(() => {
      const late = (clientOrderId: string): Observable<CancelResult> => {
        const order = tracking.order(clientOrderId);
        return of({ clientOrderId, outcome: 'unknown', ...(order === undefined ? {} : { order }) });
      };
      const results = [...tracking.inFlightOrders.keys()].map((id) =>
        cancel(id).pipe(timeout({ first: each, scheduler, with: () => late(id) })),
      );
      return results.length === 0 ? of([]) : forkJoin(results);
    });

  return { cancel, cancelAll };
};
