import { marginLock } from '../account/margin-lock.js';
import { orderLock, type AssetAmount, type LockTerms } from '../account/order-lock.js';
import { ZERO, type Decimal } from '../core/decimal.js';
import type { PositionAction } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';

/** An order, as far as it matters for what it locks. */
export interface LockedOrder extends LockTerms {
  readonly pair: TradingPair;
  readonly positionAction?: PositionAction | undefined;
}

/** What orders lock. */
export interface OrderLocks {
  /** What an order is going to lock; nothing where that is not known. */
  readonly of: (
    order: LockedOrder,
    rule: Pick<TradingRule, 'base' | 'quote' | 'collateral'>,
  ) => AssetAmount | undefined;
  /** What of it an order that is over has spent. */
  readonly spentBy: (order: InFlightOrder, locked: Decimal) => Decimal;
}

/** What spot orders lock: what they may cost, or what they give. */
export const spotLocks: OrderLocks = {
  of: (order, rule) => orderLock(rule, order),
  spentBy: ({ side, executedAmount, executedQuote }) =>
    side === 'buy' ? executedQuote : executedAmount,
};

/**
 * What orders in perpetual markets lock: the margin of those that open a position, where the leverage is known. What
 * they have executed goes on to take margin, as a position.
 */
export const marginLocks = (
  leverageNow: (pair: TradingPair) => number | undefined,
): OrderLocks => ({
  of: (order, rule) => {
    const leverage = leverageNow(order.pair);
    return order.positionAction === 'open' && leverage !== undefined
      ? marginLock(rule, order, leverage)
      : undefined;
  },
  spentBy: ({ amount, executedAmount }, locked) =>
    amount === undefined || amount.isZero() ? ZERO : locked.times(executedAmount).div(amount),
});
