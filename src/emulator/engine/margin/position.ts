import { Decimal, ZERO } from '../../../core/decimal.js';

/** What is kept of a position. */
export interface Holding {
  /** In base units; negative where it is short. */
  readonly amount: Decimal;
  /** What it was entered for; of the sign of `amount`. */
  readonly cost: Decimal;
  /** What closing parts of it has won. */
  readonly realizedPnl: Decimal;
  readonly updatedAt: number;
}

/** The decimals of all amounts of quote. */
export const MONEY_DECIMALS = 8;

/** No position. */
export const nothingHeld: Holding = {
  amount: ZERO,
  cost: ZERO,
  realizedPnl: ZERO,
  updatedAt: 0,
};

/** Money with no more decimals than money has. */
export const roundMoney = (value: Decimal): Decimal =>
  value.decimalPlaces(MONEY_DECIMALS, Decimal.ROUND_HALF_EVEN);

const isOpposite = (a: Decimal, b: Decimal): boolean => a.multipliedBy(b).lt(ZERO);

/** The cost of the part that an opposite amount closes: in proportion, and to the last digit at the end. */
const closedCost = ({ amount, cost }: Holding, closed: Decimal): Decimal =>
  closed.eq(amount) ? cost : roundMoney(cost.multipliedBy(closed).dividedBy(amount));

/** A position after a fill of so much, negative where it was sold, and what was won by closing. */
export const fillHolding = (
  holding: Holding,
  fill: { readonly amount: Decimal; readonly price: Decimal; readonly time: number },
): { readonly holding: Holding; readonly realizedPnl: Decimal } => {
  const { amount, price, time: updatedAt } = fill;
  const isClosing = isOpposite(holding.amount, amount);
  const closes = isClosing && amount.abs().lt(holding.amount.abs());
  // In the sign of the position: what of it is closed, and what opens behind that.
  const closed = isClosing ? (closes ? amount.negated() : holding.amount) : ZERO;
  const released = isClosing ? closedCost(holding, closed) : ZERO;
  const opened = amount.plus(closed);
  const realizedPnl = closed.multipliedBy(price).minus(released);
  return {
    holding: {
      amount: holding.amount.plus(amount),
      cost: holding.cost.minus(released).plus(opened.multipliedBy(price)),
      realizedPnl: holding.realizedPnl.plus(realizedPnl),
      updatedAt,
    },
    realizedPnl,
  };
};

/** What a position was entered at on average. */
export const entryPrice = ({ amount, cost }: Holding): Decimal =>
  amount.isZero() ? ZERO : roundMoney(cost.dividedBy(amount));
