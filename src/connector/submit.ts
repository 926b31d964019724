import { catchError, EMPTY, type Observable } from 'rxjs';
import type { NewOrder } from '../core/contract.js';
import { toConnectorError, type ConnectorError } from '../core/errors.js';
import type { TradingRule } from '../core/trading-rule.js';
import { absorb } from '../net/absorb.js';
import type { OrderIntent } from '../orders/evidence.js';
import type { OrderPosition } from '../orders/order-position.js';
import { createNotBefore, lookUp, type LookUpOptions } from './look-up.js';

const outcomeUnknown = ({ kind, outcome }: ConnectorError): boolean =>
  outcome === 'unknown' || kind === 'duplicate_order_id';

/** An intent as it is sent to its market. Written out: to spread it takes longer than to check all of it. */
export const newOrder = (
  {
    clientOrderId,
    side,
    type,
    price,
    amount,
    quoteAmount,
    timeInForce,
    selfTradePrevention,
  }: OrderIntent,
  rule: TradingRule,
  position?: OrderPosition,
): NewOrder => ({
  rule,
  clientOrderId,
  side,
  type,
  price,
  amount,
  quoteAmount,
  timeInForce,
  selfTradePrevention,
  positionSide: position?.positionSide,
  reduceOnly: position?.reduceOnly,
});

/**
 * Sends an order, once, and tells the tracker what became of it, see {@link lookUp}. Completes when that
 * is certain; never errors.
 */
export const submit = (order: NewOrder, options: LookUpOptions): Observable<never> => {
  const { context, tracking } = options;
  const { exchange, rest, ruleRefresh, report } = context;
  const { clientOrderId } = order;
  tracking.sent(clientOrderId, createNotBefore(context));
  return rest.call(exchange.orders.place, order).pipe(
    absorb((evidence) => tracking.learn(evidence)),
    catchError((error: unknown) => {
      // Whatever breaks on an answer, the order may be there.
      const failure = toConnectorError(error, 'exchange', { outcome: 'unknown' });
      if (outcomeUnknown(failure)) {
        report(failure);
        return lookUp({ clientOrderId, cause: failure }, options);
      }
      ruleRefresh.heed(failure);
      tracking.learn([{ kind: 'refused', clientOrderId, error: failure }]);
      return EMPTY;
    }),
  );
};
