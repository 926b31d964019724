import { EMPTY, from, last, map, merge, mergeMap, takeUntil, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import { attend, type AttendOptions } from './attend.js';
import type { Journal } from './journal.js';
import { lookUp } from './look-up.js';

const interrupted = new ConnectorError(
  'network',
  'The process ended before the exchange had answered.',
  { outcome: 'unknown' },
);

/**
 * Goes on with the orders that the journal has from an earlier connector: each is asked after, and
 * looked after until it is over. Never emits.
 */
export const restoredOrders = (journal: Journal, options: AttendOptions): Observable<never> => {
  const { context, tracking } = options;
  const goOn = ({ clientOrderId, exchangeOrderId }: InFlightOrder): Observable<never> => {
    const unknown = exchangeOrderId === undefined;
    const found$ = unknown
      ? context.clock.synchronized$.pipe(
          mergeMap(() => lookUp(clientOrderId, interrupted, options)),
        )
      : EMPTY;
    return merge(attend(clientOrderId, options), found$).pipe(
      takeUntil(tracking.story$(clientOrderId).pipe(last())),
    );
  };
  let restored: readonly string[] | undefined;
  return journal.unfinished$.pipe(
    mergeMap((entries) => {
      restored ??= tracking.restore(entries).map(({ clientOrderId }) => clientOrderId);
      return from(restored);
    }),
    map((clientOrderId) => tracking.order(clientOrderId)),
    mergeMap((order) => (order === undefined || isDone(order) ? EMPTY : goOn(order))),
  );
};
