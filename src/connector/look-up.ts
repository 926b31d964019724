import {
  catchError,
  defer,
  EMPTY,
  filter,
  mergeMap,
  retry,
  takeUntil,
  tap,
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

const waitBefore = (lookup: number): number => Math.min(LAST_LOOKUP, FIRST_LOOKUP * 2 ** lookup);

const neverPlaced = (cause: ConnectorError): ConnectorError =>
  new ConnectorError('not_placed', `The exchange holds no such order: ${cause.message}`, { cause });

/**
 * Finds out whether a placement gave an order, and tells the tracker. Completes when that is certain;
 * never errors.
 *
 * An answer that did not come proves nothing: the order is looked up, 0.5, 1, 2, 4… s later, until the
 * exchange shows it, or says that it has none at a time when the request can no longer take effect. By the
 * clock alone that time would be here at once where this machine's clock is set ahead: it has to be waited for.
 */
export const lookUp = (
  clientOrderId: string,
  cause: ConnectorError,
  { context, tracking, queries }: LookUpOptions,
): Observable<never> => {
  const { exchange, clock, environment } = context;
  const effectiveFor = exchange.orders.validity + MARGIN;
  const certainFrom = clock.now() + effectiveFor;
  let waited = 0;
  const found$ = tracking
    .story$(clientOrderId)
    .pipe(filter(({ exchangeOrderId }) => exchangeOrderId !== undefined));
  const lookup$ = defer(() => {
    const isCertain = clock.now() >= certainFrom && waited >= effectiveFor;
    const current = tracking.order(clientOrderId);
    return current === undefined
      ? EMPTY
      : queries.status(current).pipe(
          catchError((error: unknown) => {
            const failure = toConnectorError(error, 'exchange');
            if (failure.kind !== 'order_not_found' || !isCertain) return throwError(() => failure);
            tracking.learn([{ kind: 'not_placed', clientOrderId, error: neverPlaced(cause) }]);
            return EMPTY;
          }),
        );
  });
  const later = (lookup: number): Observable<unknown> =>
    timer(waitBefore(lookup), environment.scheduler).pipe(
      tap(() => (waited += waitBefore(lookup))),
    );
  return later(0).pipe(
    mergeMap(() => lookup$.pipe(retry({ delay: (_, count) => later(count) }))),
    takeUntil(found$),
  );
};
