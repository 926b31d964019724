import type { Decimal } from '../../core/decimal.js';
import { ZERO } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import { isBetter, type Level, type OrderBook, type RestingOrder } from './order-book.js';
import { preventedAmounts, type SelfTradeMode } from './self-trade.js';
import { minus, plus } from '../../core/sums.js';

/** How much a taker wants: an amount of base, or as much as an amount of quote pays for. */
export type Demand =
  { readonly amount: Decimal } | { readonly quoteAmount: Decimal; readonly amountStep: Decimal };

/** An incoming order as far as matching is concerned. */
export interface Taker {
  readonly accountId: string;
  readonly side: Side;
  /** The worst price that it accepts; any, if undefined. */
  readonly limit: Decimal | undefined;
  /** Between which prices it may trade, both included; where one is missing, there is no bound. */
  readonly range: { readonly min?: Decimal; readonly max?: Decimal };
  readonly demand: Demand;
  readonly selfTrade: SelfTradeMode;
}

/** A meeting of a taker with one resting order, at that order's price. */
interface Encounter {
  readonly orderId: number;
  readonly accountId: string;
  readonly price: Decimal;
  /** What both could trade. */
  readonly amount: Decimal;
  /** `price` times `amount`. */
  readonly quoteAmount: Decimal;
}

/** What a taker takes from one resting order. */
export interface Fill extends Encounter {
  readonly prevented?: undefined;
}

/** What a taker does not take from one resting order, since both are of one account. */
export interface Prevention extends Encounter {
  /** What each of the two loses instead. */
  readonly prevented: { readonly taker: Decimal; readonly maker: Decimal };
}

/** What comes of a taker in one place of the book. */
export type Step = Fill | Prevention;

/** What would come of a taker. */
export interface Match {
  readonly steps: readonly Step[];
  /** The sums over the fills. */
  readonly amount: Decimal;
  readonly quoteAmount: Decimal;
  /** What the taker loses by preventions: the amounts, and each amount times its price. */
  readonly prevented: Decimal;
  readonly preventedQuote: Decimal;
  /**
   * By what nothing of the demand is left, or less than a step of it, or `'range'` where the next
   * trade would be out of range; undefined if the demand finds nobody any more.
   */
  readonly end: 'fill' | 'prevention' | 'range' | undefined;
}

type Progress = { -readonly [Key in keyof Match]: Match[Key] } & { readonly steps: Step[] };

const open = (demand: Demand, taken: Match, price: Decimal): Decimal =>
  'amount' in demand
    ? minus(minus(demand.amount, taken.amount), taken.prevented)
    : demand.quoteAmount
        .minus(taken.quoteAmount)
        .minus(taken.preventedQuote)
        .dividedToIntegerBy(price.multipliedBy(demand.amountStep))
        .multipliedBy(demand.amountStep);

const addFill = (progress: Progress, fill: Fill): void => {
  progress.steps.push(fill);
  progress.amount = plus(progress.amount, fill.amount);
  progress.quoteAmount = plus(progress.quoteAmount, fill.quoteAmount);
};

const addPrevention = (progress: Progress, prevention: Prevention): void => {
  const { prevented, price } = prevention;
  progress.steps.push(prevention);
  progress.prevented = progress.prevented.plus(prevented.taker);
  progress.preventedQuote = progress.preventedQuote.plus(prevented.taker.multipliedBy(price));
};

/** Lets the taker meet one order; false when the taker wants no more. */
const meet = (
  progress: Progress,
  taker: Taker,
  { price, order }: { readonly price: Decimal; readonly order: RestingOrder },
): boolean => {
  const { demand, selfTrade } = taker;
  const { orderId, accountId, rest } = order;
  const left = open(demand, progress, price);
  if (left.isZero()) return false;
  const amount = left.lt(rest) ? left : rest;
  const encounter = { orderId, accountId, price, amount, quoteAmount: price.multipliedBy(amount) };
  const isPrevented = selfTrade !== 'none' && accountId === taker.accountId;
  if (isPrevented) {
    const prevented = preventedAmounts(selfTrade, { taker: left, maker: rest });
    addPrevention(progress, { ...encounter, prevented });
  } else addFill(progress, encounter);
  if (open(demand, progress, price).isZero()) progress.end = isPrevented ? 'prevention' : 'fill';
  return progress.end === undefined;
};

/** Meets the orders of a level, the oldest first; false when the taker wants no more. */
const meetLevel = (progress: Progress, taker: Taker, { price, orders }: Level): boolean => {
  for (const order of orders.values()) {
    if (!meet(progress, taker, { price, order })) return false;
  }
  return true;
};

const isInRange = ({ range: { min, max } }: Taker, price: Decimal): boolean =>
  (min === undefined || price.gte(min)) && (max === undefined || price.lte(max));

/** Whether a taker finds anybody, or would if its price were in range. */
export const meetsAny = ({ steps, end }: Match): boolean => steps.length > 0 || end === 'range';

/** What a taker would meet on the other side by price, then by time; the book stays as it is. */
export const match = (book: OrderBook, taker: Taker): Match => {
  const progress: Progress = {
    steps: [],
    amount: ZERO,
    quoteAmount: ZERO,
    prevented: ZERO,
    preventedQuote: ZERO,
    end: undefined,
  };
  const makers: Side = taker.side === 'buy' ? 'sell' : 'buy';
  for (const level of book.levels(makers)) {
    if (taker.limit && isBetter(makers, taker.limit, level.price)) break;
    if (!isInRange(taker, level.price)) {
      if (!open(taker.demand, progress, level.price).isZero()) progress.end = 'range';
      break;
    }
    if (!meetLevel(progress, taker, level)) break;
  }
  return progress;
};
