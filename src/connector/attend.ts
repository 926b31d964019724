import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  ignoreElements,
  last,
  map,
  merge,
  mergeMap,
  repeat,
  retry,
  switchMap,
  takeUntil,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { toConnectorError } from '../core/errors.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { LookUpOptions } from './look-up.js';
import { orLost } from './lost-orders.js';

/** What looking after an order works with. */
export interface AttendOptions extends LookUpOptions {
  /** When to ask the exchange how the order stands. */
  readonly pace$: Observable<void>;
  /** Keeps the account's side up while subscribed. */
  readonly account$: Observable<never>;
}

/** How long fills that the exchange counted may take to arrive by themselves, in ms. */
const FILLS_WITHIN = 5_000;
/** How many answers without them it takes to give them up. */
const FILLS_ANSWERS = 3;

/**
 * Looks after an order until it is over: keeps the account's side up, asks for the order's status at the
 * given pace, and for fills that do not arrive. Never emits and never errors; what goes wrong goes to
 * `errors$`.
 */
export const attend = (clientOrderId: string, care: AttendOptions): Observable<never> => {
  const { context, tracking, queries, pace$, account$ } = care;
  const { environment, report } = context;
  const wait$ = timer(FILLS_WITHIN, environment.scheduler);
  const tell = (error: unknown): void => report(toConnectorError(error, 'exchange'));

  const ask = (query: (order: InFlightOrder) => Observable<never>): Observable<never> =>
    defer(() => {
      const order = tracking.order(clientOrderId);
      return order?.exchangeOrderId === undefined ? EMPTY : query(order);
    }).pipe(tap({ error: tell }));

  /** An exchange that could not be asked has not said that it has none: only answers count. */
  const askForFills$ = wait$.pipe(
    mergeMap(() => ask(queries.fills).pipe(retry({ delay: () => wait$ }))),
    repeat(FILLS_ANSWERS),
  );
  const giveUp$ = defer(() => {
    tracking.learn([{ kind: 'fills_unavailable', clientOrderId }]);
    return EMPTY;
  });
  const story$ = tracking.story$(clientOrderId);
  const missingFills$ = story$.pipe(
    map(({ fillsComplete }) => !fillsComplete),
    distinctUntilChanged(),
    switchMap((missing) => (missing ? concat(askForFills$, giveUp$) : EMPTY)),
  );
  const status$ = pace$.pipe(
    exhaustMap(() =>
      orLost(clientOrderId, ask(queries.status), care).pipe(catchError(() => EMPTY)),
    ),
  );
  return merge(missingFills$, status$, account$.pipe(catchError(() => EMPTY))).pipe(
    ignoreElements(),
    takeUntil(story$.pipe(last())),
  );
};
