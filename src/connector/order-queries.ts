import {
  concat,
  defer,
  EMPTY,
  expand,
  finalize,
  ignoreElements,
  map,
  mergeMap,
  share,
  Subject,
  take,
  tap,
  type Observable,
} from 'rxjs';
import type { Endpoint, OrderEvidence, OrderReference } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { OrderUpdate } from '../core/order.js';
import type { TradingRules } from '../core/trading-rule.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { Context } from './context.js';
import type { OrderTracking } from './order-tracking.js';
import { ruleOf } from './trading-rules.js';

/** Calls about orders, whose answers go to the tracker. Each completes, or errors as the call does. */
export interface OrderQueries {
  /**
   * Asks for the order's status, then for its fills if the exchange counts more than are known. Errors with
   * kind `duplicate_order_id` where the exchange shows another one with the same client order id.
   */
  readonly status: (order: InFlightOrder) => Observable<never>;
  /** Asks for the order's fills, all of them. */
  readonly fills: (order: InFlightOrder) => Observable<never>;
  /** Asks the exchange to cancel the order. */
  readonly cancel: (order: InFlightOrder) => Observable<never>;
  /**
   * Asks for the account's open orders, whoever placed them. Joins a question that is on its way, if that
   * was asked at `since` or later, by this machine's clock.
   */
  readonly open: (since: number) => Observable<readonly OrderUpdate[]>;
  /** Every list that {@link OrderQueries.open} got, whoever asked for it; hot. */
  readonly listed$: Observable<OpenOrders>;
}

/** The account's open orders. */
export interface OpenOrders {
  readonly updates: readonly OrderUpdate[];
  /** When they were asked for, by this machine's clock. */
  readonly askedAt: number;
}

/** A question for the open orders that is on its way. */
interface Pending {
  readonly askedAt: number;
  readonly answer$: Observable<readonly OrderUpdate[]>;
}

/** Bounds the questions about one order, should an exchange answer with the same page again and again. */
const MAX_PAGES = 1_000;

/** Whether an answer proves that the exchange does not have an order: another one with its id proves it too. */
export const provesAbsence = (error: unknown): error is ConnectorError =>
  error instanceof ConnectorError &&
  (error.kind === 'order_not_found' || error.kind === 'duplicate_order_id');

const anotherOrder = ({ clientOrderId }: InFlightOrder): ConnectorError =>
  new ConnectorError(
    'duplicate_order_id',
    `The order ${clientOrderId} that the exchange shows is another one with the same id.`,
  );

/** The calls about orders of one connector. */
export const createOrderQueries = (
  { exchange: { orders }, rest, environment: { scheduler } }: Context,
  rules$: Observable<TradingRules>,
  tracking: OrderTracking,
): OrderQueries => {
  const referenceTo = ({
    pair,
    clientOrderId,
    exchangeOrderId,
  }: InFlightOrder): Observable<OrderReference> =>
    ruleOf(rules$, pair).pipe(
      map((rule) => ({
        rule,
        clientOrderId,
        ...(exchangeOrderId === undefined ? {} : { exchangeOrderId }),
      })),
    );

  const ask =
    (endpoint: Endpoint<OrderReference, readonly OrderEvidence[]>, backfilled: boolean) =>
    (order: InFlightOrder): Observable<never> =>
      referenceTo(order).pipe(
        mergeMap((reference) => rest.call(endpoint, reference)),
        tap((evidence) => {
          const isFollowed = tracking.order(order.clientOrderId) !== undefined;
          const isAnother = (item: OrderEvidence): boolean =>
            item.kind === 'order' && !tracking.knows(item);
          if (isFollowed && evidence.some(isAnother)) throw anotherOrder(order);
        }),
        tap((evidence) => tracking.learn(evidence, backfilled)),
        ignoreElements(),
      );

  const status = ask(orders.status, true);

  const fills = (order: InFlightOrder): Observable<never> =>
    referenceTo(order).pipe(
      mergeMap((reference) =>
        rest.call(orders.fills, reference).pipe(
          expand((page, index) => {
            const after = page.at(-1)?.tradeId;
            return after === undefined || page.length < orders.fillsPerAnswer || index >= MAX_PAGES
              ? EMPTY
              : rest.call(orders.fills, { ...reference, after });
          }),
        ),
      ),
      tap((page) => tracking.learn(page, true)),
      ignoreElements(),
    );

  const missingFills = ({ clientOrderId }: InFlightOrder): Observable<never> =>
    defer(() => {
      const order = tracking.order(clientOrderId);
      return order === undefined || order.fillsComplete ? EMPTY : fills(order);
    });

  const listed = new Subject<OpenOrders>();
  const list = (askedAt: number): Observable<readonly OrderUpdate[]> =>
    rules$.pipe(
      take(1),
      mergeMap((rules) => rest.call(orders.open, { rules })),
      tap((updates) => {
        tracking.learn(updates, true);
        listed.next({ updates, askedAt });
      }),
    );

  let pending: Pending | undefined;
  const open: OrderQueries['open'] = (since) =>
    defer(() => {
      if (pending !== undefined && pending.askedAt >= since) return pending.answer$;
      const askedAt = scheduler.now();
      const asked: Pending = {
        askedAt,
        answer$: list(askedAt).pipe(
          finalize(() => {
            if (pending === asked) pending = undefined;
          }),
          share(),
        ),
      };
      pending = asked;
      return asked.answer$;
    });

  return {
    fills,
    cancel: ask(orders.cancel, false),
    status: (order) => concat(status(order), missingFills(order)),
    open,
    listed$: listed.asObservable(),
  };
};
