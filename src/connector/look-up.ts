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
import { provesAbsence, type OrderQueries } from './order-queries.js';
import type { OrderTracking } from './order-tracking.js';

/** What finding out about an order works with. */
export interface LookUpOptions {
  readonly context: Context;
  readonly tracking: OrderTracking;
  readonly queries: OrderQueries;
}

const FIRST_LOOKUP = 500;
const LAST_LOOKUP = 30_000;
/** How wrong clocks may be: added to the time in which a placement may still take effect, in ms. */
const MARGIN = 5_000;

const waitBefore = (lookup: number): number => Math.min(LAST_LOOKUP, FIRST_LOOKUP * 2 ** lookup);

const neverPlaced = (cause: ConnectorError): ConnectorError =>
  new ConnectorError('not_placed', `The exchange holds no such order: ${cause.message}`, { cause });

/** A placement whose outcome is not known. */
export interface OpenPlacement {
  readonly clientOrderId: string;
  readonly cause: ConnectorError;
}

/** When something is sent. */
export interface Sending {
  /** By this machine's clock. */
  readonly at: number;
  /** By the exchange's clock, as it was known then. */
  readonly sentAt: number;
}

/**
 * Before which time the exchange cannot have taken what is sent, by its clock. Whenever this machine's clock was
 * wrong, before or since, it is the earlier of what it comes to.
 */
export const createNotBefore = (
  { clock, environment: { scheduler } }: Pick<Context, 'clock' | 'environment'>,
  { at, sentAt }: Sending = { at: scheduler.now(), sentAt: clock.now() },
): (() => number) => {
  let earliest = sentAt;
  return () => {
    earliest = Math.min(earliest, clock.now() - (scheduler.now() - at));
    return earliest - MARGIN;
  };
};

/**
 * Finds out whether a placement gave an order, and tells the tracker. Completes when that is certain;
 * never errors.
 *
 * An answer that did not come proves nothing: the order is looked up, 0.5, 1, 2, 4… s later, until the
 * exchange shows it, or says that it has none at a time when the request can no longer take effect. By the
 * clock alone that time would be here at once where this machine's clock is set ahead: it has to be waited for.
 * Look-ups that fail are told on `errors$`.
 *
 * An order that the exchange took before is another one with the same id, and proves that this one is not
 * there; and where it was refused for the id, that this is final.
 */
export const lookUp = (
  { clientOrderId, cause }: OpenPlacement,
  { context, tracking, queries }: LookUpOptions,
): Observable<never> => {
  const { exchange, clock, environment, report } = context;
  const effectiveFor = exchange.orders.validity + MARGIN;
  const certainFrom = clock.now() + effectiveFor;
  let waited = 0;
  const found$ = tracking
    .story$(clientOrderId)
    .pipe(filter(({ exchangeOrderId }) => exchangeOrderId !== undefined));
  const conclude = (failure: ConnectorError, isCertain: boolean): Observable<never> => {
    const isOther = failure.kind === 'duplicate_order_id';
    if (isOther && cause.kind === 'duplicate_order_id') {
      tracking.learn([{ kind: 'refused', clientOrderId, error: cause }]);
      tracking.forget(clientOrderId);
      return EMPTY;
    }
    const isAbsent = provesAbsence(failure);
    if (!isAbsent) report(failure);
    if (!isAbsent || !isCertain) return throwError(() => failure);
    tracking.learn([{ kind: 'not_placed', clientOrderId, error: neverPlaced(cause) }]);
    if (isOther) tracking.forget(clientOrderId);
    return EMPTY;
  };
  const lookup$ = defer(() => {
    const isCertain = clock.now() >= certainFrom && waited >= effectiveFor;
    const current = tracking.order(clientOrderId);
    if (current === undefined) return EMPTY;
    return queries
      .status(current)
      .pipe(
        catchError((error: unknown) => conclude(toConnectorError(error, 'exchange'), isCertain)),
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
