import { concat, defer, EMPTY, ignoreElements, mergeMap, tap, type Observable } from 'rxjs';
import type { Endpoint, OrderEvidence, OrderReference } from '../core/contract.js';
import type { TradingRules } from '../core/trading-rule.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { Context } from './context.js';
import type { OrderTracking } from './order-tracking.js';
import { ruleOf } from './trading-rules.js';

/** Calls about one order, whose answers go to the tracker. Each completes, or errors as the call does. */
export interface OrderQueries {
  /** Asks for the order's status, then for its fills if the exchange counts more than are known. */
  readonly status: (order: InFlightOrder) => Observable<never>;
  /** Asks for the order's fills. */
  readonly fills: (order: InFlightOrder) => Observable<never>;
  /** Asks the exchange to cancel the order. */
  readonly cancel: (order: InFlightOrder) => Observable<never>;
}

/** The calls about orders of one connector. */
export const createOrderQueries = (
  { exchange: { orders }, rest }: Context,
  rules$: Observable<TradingRules>,
  tracking: OrderTracking,
): OrderQueries => {
  const ask =
    (endpoint: Endpoint<OrderReference, readonly OrderEvidence[]>) =>
    ({ pair, clientOrderId, exchangeOrderId }: InFlightOrder): Observable<never> =>
      ruleOf(rules$, pair).pipe(
        mergeMap((rule) =>
          rest.call(endpoint, {
            rule,
            clientOrderId,
            ...(exchangeOrderId === undefined ? {} : { exchangeOrderId }),
          }),
        ),
        tap((evidence) => tracking.learn(evidence)),
        ignoreElements(),
      );

  const fills = ask(orders.fills);

  const missingFills = ({ clientOrderId }: InFlightOrder): Observable<never> =>
    defer(() => {
      const order = tracking.order(clientOrderId);
      return order === undefined || order.fillsComplete ? EMPTY : fills(order);
    });

  return {
    fills,
    cancel: ask(orders.cancel),
    status: (order) => concat(ask(orders.status)(order), missingFills(order)),
  };
};
