import { EMPTY, from, merge, mergeMap, share, Subject, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import { attend, type AttendOptions } from './attend.js';
import type { Journal } from './journal.js';
import { lookUp } from './look-up.js';

/** What going on with restored orders works with. */
export interface RestoredOrdersOptions extends AttendOptions {
  readonly journal: Journal;
}

const interrupted = new ConnectorError(
  'network',
  'The process ended before the exchange had answered.',
  { outcome: 'unknown' },
);

/**
 * Goes on with the orders that the journal has from an earlier connector, from the first subscription
 * on: each is asked after, and looked after until it is over, whoever is subscribed. Never emits.
 */
export const restoredOrders = (options: RestoredOrdersOptions): Observable<never> => {
  const { context, tracking, journal } = options;
  const goOn = ({ clientOrderId, exchangeOrderId }: InFlightOrder): Observable<never> => {
    const unknown = exchangeOrderId === undefined;
    const found$ = unknown
      ? context.clock.synchronized$.pipe(
          mergeMap(() => lookUp(clientOrderId, interrupted, options)),
        )
      : EMPTY;
    return merge(attend(clientOrderId, options), found$);
  };
  return journal.unfinished$.pipe(
    mergeMap((entries) => from(tracking.restore(entries))),
    mergeMap(goOn),
    share({
      connector: () => new Subject(),
      resetOnError: false,
      resetOnComplete: false,
      resetOnRefCountZero: false,
    }),
  );
};
