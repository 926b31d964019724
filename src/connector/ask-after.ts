import { catchError, concat, defer, EMPTY, throwError, type Observable } from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';
import { ABSENCES, type OrderDoubts } from '../orders/order-doubts.js';
import type { LookUpOptions } from './look-up.js';
import { provesAbsence } from './order-queries.js';

const lostError = ({ clientOrderId }: InFlightOrder): ConnectorError =>
  new ConnectorError(
    'lost',
    `The exchange said ${ABSENCES + 1} times that it has no order ${clientOrderId}, which it had acknowledged. ` +
      'It is looked for every 5 s, after 10 min ever more seldom, and canceled if it shows up.',
  );

/**
 * The second source, before an order is declared lost: its fills and its other id. Errors where it was
 * not answered, which proves nothing.
 */
const verdict = (
  order: InFlightOrder,
  { context, tracking, queries }: LookUpOptions,
): Observable<never> => {
  const { clientOrderId } = order;
  const declare$ = defer(() => {
    const asOf = tracking.order(clientOrderId)?.updatedAt ?? order.updatedAt;
    const at = context.environment.scheduler.now();
    const error = lostError(order);
    tracking.learn([{ kind: 'lost', clientOrderId, verdict: at, asOf, error }]);
    return EMPTY;
  });
  return concat(
    queries.fills(order),
    queries
      .status({ ...order, exchangeOrderId: undefined })
      .pipe(
        catchError((error: unknown) => (provesAbsence(error) ? declare$ : throwError(() => error))),
      ),
  );
};

/**
 * Asks the exchange after one order, and draws the conclusions: an order that is shown is not in doubt
 * any more, fills that do not come are given up after some answers, an order that is proven absent
 * often enough is lost, and a lost one that is shown is found. Never emits and never errors; what goes
 * wrong goes to `errors$`.
 */
export const askAfter = (
  order: InFlightOrder,
  doubts: OrderDoubts,
  options: LookUpOptions,
): Observable<never> => {
  const { context, tracking, queries } = options;
  const { clientOrderId } = order;
  const isLost = tracking.lostOrders.has(clientOrderId);

  const answered$ = defer(() => {
    const verdictOn = tracking.lostOrders.get(clientOrderId);
    if (verdictOn !== undefined)
      tracking.learn([{ kind: 'found', clientOrderId, verdict: verdictOn }]);
    const shown = tracking.order(clientOrderId);
    if (shown === undefined || isDone(shown) || !doubts.shown(shown)) return EMPTY;
    tracking.learn([{ kind: 'fills_unavailable', clientOrderId }]);
    doubts.givenUp(shown);
    return EMPTY;
  });
  const absent = (error: unknown): Observable<never> => {
    if (!provesAbsence(error)) return throwError(() => error);
    if (isLost) return EMPTY;
    return doubts.absent(clientOrderId) ? verdict(order, options) : throwError(() => error);
  };
  const query = doubts.misses(order) ? queries.fills : queries.status;
  return concat(query(order), answered$).pipe(
    catchError(absent),
    catchError((error: unknown) => {
      context.report(toConnectorError(error, 'exchange'));
      return EMPTY;
    }),
  );
};
