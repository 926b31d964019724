import {
  catchError,
  concat,
  defer,
  EMPTY,
  mergeMap,
  of,
  repeat,
  retry,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import { abandon } from './abandon.js';
import type { Canceller } from './cancel.js';
import type { LookUpOptions } from './look-up.js';

/** How many proofs that the exchange does not have an order are borne with. */
const ABSENCES = 3;
/** How far apart the proofs are, and the questions whether a lost order has shown up, in ms. */
const APART = 5_000;

const isAbsence = (error: unknown): boolean =>
  error instanceof ConnectorError && error.kind === 'order_not_found';

const lostError = ({ clientOrderId }: InFlightOrder): ConnectorError =>
  new ConnectorError(
    'lost',
    `The exchange said ${ABSENCES + 1} times that it has no order ${clientOrderId}, which it had acknowledged. ` +
      'It is looked for every 5 s, and canceled if it shows up.',
  );

/**
 * Asks after an order, and declares it lost where the exchange proves four times, 5 s apart, that it
 * does not have it, and neither its other id nor its fills say otherwise. A question that was not
 * answered proves nothing.
 */
export const orLost = (
  clientOrderId: string,
  question$: Observable<never>,
  { context, tracking, queries }: LookUpOptions,
): Observable<never> => {
  const { scheduler } = context.environment;

  const verdict$ = defer(() => {
    const order = tracking.order(clientOrderId);
    if (order === undefined) return EMPTY;
    const declare$ = defer(() => {
      tracking.learn([
        {
          kind: 'lost',
          clientOrderId,
          verdict: scheduler.now(),
          asOf: tracking.order(clientOrderId)?.updatedAt ?? order.updatedAt,
          error: lostError(order),
        },
      ]);
      return EMPTY;
    });
    return concat(
      queries.fills(order),
      queries
        .status({ ...order, exchangeOrderId: undefined })
        .pipe(
          catchError((error: unknown) => (isAbsence(error) ? declare$ : throwError(() => error))),
        ),
    );
  });

  return defer(() => {
    let absences = 0;
    return question$.pipe(
      retry({
        delay: (error: unknown) => {
          if (isAbsence(error)) absences += 1;
          if (absences === 0) return throwError(() => error);
          return absences > ABSENCES ? throwError(() => error) : timer(APART, scheduler);
        },
      }),
      catchError((error: unknown) =>
        absences > ABSENCES && isAbsence(error) ? verdict$ : throwError(() => error),
      ),
    );
  });
};

/**
 * Looks every 5 s for the orders that were lost, tells the tracker if one shows up, and cancels it:
 * nobody waits for it any more. Never emits.
 */
export const lostOrders = (
  options: LookUpOptions & { readonly canceller: Canceller },
): Observable<never> => {
  const { context, tracking, queries } = options;
  const isLost = (clientOrderId: string): boolean =>
    tracking.order(clientOrderId)?.reason === 'lost';

  const lookFor = (order: InFlightOrder, verdict: number): Observable<never> => {
    const { clientOrderId } = order;
    const found$ = defer(() => {
      tracking.learn([{ kind: 'found', clientOrderId, verdict }]);
      return abandon(clientOrderId, options);
    });
    const ask$ = concat(queries.status(order), found$).pipe(
      catchError((error: unknown) => {
        if (!isAbsence(error)) context.report(toConnectorError(error, 'exchange'));
        return EMPTY;
      }),
    );
    return timer(APART, context.environment.scheduler).pipe(
      mergeMap(() => (isLost(clientOrderId) ? ask$ : EMPTY)),
      repeat({ delay: () => (isLost(clientOrderId) ? of(true) : EMPTY) }),
    );
  };

  return tracking.change$.pipe(
    mergeMap(({ order, evidence }) =>
      order.reason === 'lost' && evidence?.kind === 'lost'
        ? lookFor(order, evidence.verdict)
        : EMPTY,
    ),
  );
};
