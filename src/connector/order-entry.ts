import {
  catchError,
  concat,
  defer,
  EMPTY,
  endWith,
  finalize,
  merge,
  mergeMap,
  of,
  ReplaySubject,
  share,
  takeWhile,
  tap,
  throwError,
  timeout,
  type Observable,
} from 'rxjs';
import { toConnectorError, type ConnectorError } from '../core/errors.js';
import type { OrderRequest, Side } from '../core/order.js';
import type { TradingRule, TradingRules } from '../core/trading-rule.js';
import { checkPrefix, clientOrderId, idRefusal } from '../orders/client-order-id.js';
import type { OrderIntent } from '../orders/evidence.js';
import { isDone, refusedOrder, type InFlightOrder } from '../orders/in-flight-order.js';
import { OrderFailedError } from '../orders/order-failed-error.js';
import { intentOf, requestRefusal, type OrderDraft } from '../orders/order-request.js';
import type { Rounding } from '../orders/prepare-order.js';
import { abandon } from './abandon.js';
import type { Canceller } from './cancel.js';
import type { Funds } from './funds.js';
import type { Journal } from './journal.js';
import type { LookUpOptions } from './look-up.js';
import { createOrderChecks } from './order-checks.js';
import { submit } from './submit.js';
import { canceledUnsent, idTaken, notWritten, rulesMissing } from './unsent.js';
import { ruleOf } from './trading-rules.js';

/** How an order is placed. */
export interface PlaceOptions {
  /**
   * Cancels the order when its last subscriber leaves before it is over.
   * @defaultValue `false`
   */
  readonly cancelOnUnsubscribe?: boolean;
}

/** Makes the command of a side. */
export type PlaceOrder = (
  request: OrderRequest,
  options?: PlaceOptions,
) => Observable<InFlightOrder>;

/** What order entry works with. */
export interface OrderEntryOptions extends LookUpOptions {
  readonly rules$: Observable<TradingRules>;
  readonly canceller: Canceller;
  readonly journal: Journal;
  /** Keeps the account's side up until no order is alive. */
  readonly keepUp: () => void;
  /** What every client order id begins with. */
  readonly prefix: string;
  readonly rounding: Rounding;
  readonly funds: Funds;
}

/** How long trading rules may take to load before an order is given up, in ms. */
const RULES_WITHIN = 10_000;

/**
 * `buy` and `sell`. One call is at most one order: it is decided on at the first subscription, its
 * story is kept, and every subscriber hears it from the beginning. The story goes on without
 * subscribers, and keeps the account's side up until the order is over.
 */
export const createOrderEntry = (options: OrderEntryOptions): ((side: Side) => PlaceOrder) => {
  const { context, tracking, journal, keepUp, rules$, prefix } = options;
  const { scheduler, random } = context.environment;
  const idForm = context.exchange.orders.clientOrderId;
  checkPrefix(prefix, idForm);
  const check = createOrderChecks(options);

  /** Ends an order before anything was sent. */
  const refuse = (clientOrderId: string, error: unknown): Observable<never> => {
    const reason = toConnectorError(error, 'invalid_order');
    const kind = reason.kind === 'not_placed' ? reason.kind : 'refused';
    tracking.learn([{ kind, clientOrderId, error: reason }]);
    return EMPTY;
  };

  /** Sends the order. */
  const start = (intent: OrderIntent, rule: TradingRule): Observable<never> => {
    const { clientOrderId } = intent;
    tracking.learn([{ kind: 'prepared', clientOrderId, intent }]);
    keepUp();
    return journal.placed(intent).pipe(
      endWith(undefined),
      catchError((error: unknown) => refuse(clientOrderId, notWritten(error))),
      mergeMap(() => submit({ ...intent, rule }, options)),
    );
  };

  /** Follows the order from the moment it is decided on, so that a cancel finds it even before it is sent. */
  const place = (draft: OrderDraft): Observable<InFlightOrder> => {
    const intent = intentOf(draft);
    const { clientOrderId, pair } = intent;
    const refusal = requestRefusal(draft.request);
    tracking.track(intent);
    const placed$ = ruleOf(rules$, pair).pipe(
      timeout({
        first: RULES_WITHIN,
        scheduler,
        with: () => throwError(() => rulesMissing(RULES_WITHIN)),
      }),
      mergeMap((rule) => check(intent, rule)),
      tap(() => {
        if (tracking.order(clientOrderId)?.state === 'pending_cancel') throw canceledUnsent();
      }),
      catchError((error: unknown) => refuse(clientOrderId, error)),
      mergeMap(({ rule, prepared }) => start(prepared, rule)),
    );
    const refused$ = defer(() => refuse(clientOrderId, refusal));
    return merge(tracking.story$(clientOrderId), refusal === undefined ? placed$ : refused$);
  };

  /** An id that a strategy chose must be a valid one, and none that is still followed. */
  const idTrouble = ({ clientOrderId: id }: OrderRequest): ConnectorError | undefined => {
    if (id === undefined) return undefined;
    return idRefusal(id, idForm) ?? (tracking.order(id) === undefined ? undefined : idTaken(id));
  };

  return (side) =>
    (asked, { cancelOnUnsubscribe = false } = {}) => {
      // A program without types may hand in nothing at all.
      const request = Object(asked) as OrderRequest;
      const id = request.clientOrderId ?? clientOrderId({ prefix, now: scheduler.now(), random });
      let subscribers = 0;
      let followed = false;
      const leave = (): void => {
        subscribers -= 1;
        // The command goes on by itself: whoever left does not wait for it.
        if (subscribers === 0 && cancelOnUnsubscribe && followed) abandon(id, options).subscribe();
      };
      const story$ = defer(() => {
        const draft = { side, request, clientOrderId: id, now: scheduler.now() };
        const trouble = idTrouble(request);
        followed = trouble === undefined;
        return trouble === undefined ? place(draft) : of(refusedOrder(intentOf(draft), trouble));
      }).pipe(
        share({
          connector: () => new ReplaySubject(Infinity),
          resetOnError: false,
          resetOnComplete: false,
          resetOnRefCountZero: false,
        }),
      );
      return defer(() => {
        subscribers += 1;
        return story$.pipe(
          takeWhile((order) => !isDone(order), true),
          mergeMap(orFailed),
          finalize(leave),
        );
      });
    };
};

/** A failed order is told like any other, and then is the error. */
const orFailed = (order: InFlightOrder): Observable<InFlightOrder> =>
  order.state === 'failed'
    ? concat(
        of(order),
        throwError(() => new OrderFailedError(order)),
      )
    : of(order);
