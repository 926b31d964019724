import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import { isBetter, type Level, type OrderBook } from './order-book.js';

/** How much a taker wants: an amount of base, or as much as an amount of quote pays for. */
export type Demand =
  { readonly amount: Decimal } | { readonly quoteAmount: Decimal; readonly amountStep: Decimal };

/** An incoming order as far as matching is concerned. */
export interface Taker {
  readonly side: Side;
  /** The worst price that it accepts; any, if undefined. */
  readonly limit: Decimal | undefined;
  readonly demand: Demand;
}

/** What a taker takes from one resting order, at that order's price. */
export interface Fill {
  readonly orderId: number;
  readonly accountId: string;
  readonly price: Decimal;
  readonly amount: Decimal;
  /** `price` times `amount`. */
  readonly quoteAmount: Decimal;
}

/** The fills that a taker would get. */
export interface Match {
  readonly fills: readonly Fill[];
  /** The sums over the fills. */
  readonly amount: Decimal;
  readonly quoteAmount: Decimal;
  /** Whether the demand is met: nothing of it is left, or less than a step of it. */
  readonly complete: boolean;
}

interface Progress extends Match {
  readonly fills: Fill[];
  amount: Decimal;
  quoteAmount: Decimal;
  complete: boolean;
}

const open = (demand: Demand, taken: Match, price: Decimal): Decimal =>
  'amount' in demand
    ? demand.amount.minus(taken.amount)
    : demand.quoteAmount
        .minus(taken.quoteAmount)
        .dividedToIntegerBy(price.multipliedBy(demand.amountStep))
        .multipliedBy(demand.amountStep);

/** Takes from a level, oldest order first; false when the taker wants no more. */
const takeLevel = (progress: Progress, { price, orders }: Level, demand: Demand): boolean => {
  for (const { orderId, accountId, rest } of orders.values()) {
    const left = open(demand, progress, price);
    const amount = left.lt(rest) ? left : rest;
    if (amount.isZero()) return false;
    const quoteAmount = price.multipliedBy(amount);
    progress.fills.push({ orderId, accountId, price, amount, quoteAmount });
    progress.amount = progress.amount.plus(amount);
    progress.quoteAmount = progress.quoteAmount.plus(quoteAmount);
    progress.complete = open(demand, progress, price).isZero();
    if (progress.complete) return false;
  }
  return true;
};

/** What a taker would take from the other side by price, then by time; the book stays as it is. */
export const match = (book: OrderBook, { side, limit, demand }: Taker): Match => {
  const progress: Progress = { fills: [], amount: ZERO, quoteAmount: ZERO, complete: false };
  const makers: Side = side === 'buy' ? 'sell' : 'buy';
  for (const level of book.levels(makers)) {
    if (limit && isBetter(makers, limit, level.price)) break;
    if (!takeLevel(progress, level, demand)) break;
  }
  return progress;
};
