import { filter, from, map, mergeMap, share, Subject, tap, type Observable } from 'rxjs';
import { ConnectorError } from '../core/errors.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { JournalEntry } from '../orders/journal-entry.js';
import type { Journal } from './journal.js';
import { createNotBefore, lookUp, type LookUpOptions } from './look-up.js';

/** What going on with restored orders works with. */
export interface RestoredOrdersOptions extends LookUpOptions {
  readonly journal: Journal;
  /** Takes the orders over as soon as they are there. */
  readonly adopt: (live: readonly InFlightOrder[]) => void;
  /** Keeps the account's side up until no order is alive. */
  readonly keepUp: () => void;
}

const interrupted = new ConnectorError(
  'network',
  'The process ended before the exchange had answered.',
  { outcome: 'unknown' },
);

/**
 * Goes on with the orders that the journal has from an earlier connector, from the first subscription
 * on. Those of which it is not known whether they were placed are looked up. Never emits.
 */
export const restoredOrders = (options: RestoredOrdersOptions): Observable<never> => {
  const { context, tracking, journal, adopt, keepUp } = options;
  const sent = (entry: JournalEntry): void => {
    if (entry.type !== 'placed' || entry.sentAt === undefined) return;
    const { intent, sentAt } = entry;
    tracking.sent(intent.clientOrderId, createNotBefore(context, { at: intent.createdAt, sentAt }));
  };
  return journal.unfinished$.pipe(
    map((entries) => {
      const live = tracking.restore(entries);
      entries.forEach(sent);
      return live;
    }),
    tap((live) => {
      adopt(live);
      if (live.length > 0) keepUp();
    }),
    mergeMap((live) => from(live)),
    filter(({ exchangeOrderId }) => exchangeOrderId === undefined),
    mergeMap(({ clientOrderId }) =>
      context.clock.synchronized$.pipe(
        mergeMap(() => lookUp({ clientOrderId, cause: interrupted }, options)),
      ),
    ),
    share({
      connector: () => new Subject(),
      resetOnError: false,
      resetOnComplete: false,
      resetOnRefCountZero: false,
    }),
  );
};
