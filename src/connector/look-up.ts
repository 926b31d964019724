import {
  catchError,
  defer,
  EMPTY,
  filter,
  mergeMap,
  retry,
  takeUntil,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { Context } from './context.js';
import type { OrderQueries } from './order-queries.js';
import type { OrderTracking } from './order-tracking.js';

/** What finding out about an order works with. */
export interface LookUpOptions {
  readonly context: Context;
  readonly tracking: OrderTracking;
  readonly queries: OrderQueries;
}

const FIRST_LOOKUP = 500;
const LAST_LOOKUP = 30_000;
/** What is added to the time in which a placement may still take effect, in ms. */
const MARGIN = 5_000;

const neverPlaced = (cause: ConnectorError): ConnectorError =>
  new ConnectorError('not_placed', `The exchange holds no such order: ${cause.message}`, { cause });

/**
 * Finds out whether a placement gave an order, and tells the tracker. Completes when that is certain;
 * never errors.
 *
 * An answer that did not come proves nothing: the order is looked up, 0.5, 1, 2, 4… s later, until the
 * exchange shows it, or says that it has none at a time when the request can no longer take effect.
 */
export const lookUp = (
  clientOrderId: string,
  cause: ConnectorError,
  { context, tracking, queries }: LookUpOptions,
): Observable<never> => {
  const { exchange, clock, environment } = context;
  const certainFrom = clock.now() + exchange.orders.validity + MARGIN;
  const found$ = tracking
    .story$(clientOrderId)
    .pipe(filter(({ exchangeOrderId }) => exchangeOrderId !== undefined));
  const lookup$ = defer(() => {
    const askedAt = clock.now();
    const current = tracking.order(clientOrderId);
    return current === undefined
      ? EMPTY
      : queries.status(current).pipe(
          catchError((error: unknown) => {
            const failure = toConnectorError(error, 'exchange');
            if (failure.kind !== 'order_not_found' || askedAt < certainFrom)
              return throwError(() => failure);
            tracking.learn([{ kind: 'not_placed', clientOrderId, error: neverPlaced(cause) }]);
            return EMPTY;
          }),
        );
  });
  const later = (count: number): Observable<number> =>
    timer(Math.min(LAST_LOOKUP, FIRST_LOOKUP * 2 ** count), environment.scheduler);
  return later(0).pipe(
    mergeMap(() => lookup$.pipe(retry({ delay: (_, count) => later(count) }))),
    takeUntil(found$),
  );
};
