import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Demand, Fill, Match } from './matching.js';
import type { EngineOrder, Listing, PlaceRequest } from './model.js';

/** What the exchange adds to a request. */
export interface OrderIdentity {
  readonly orderId: number;
  readonly accountId: string;
  readonly time: number;
}

const positive = (value: Decimal | undefined, name: string): Decimal => {
  if (value?.isFinite() && value.gt(ZERO)) return value;
  throw new RangeError(`An order's ${name} must be above zero`);
};

/** The order that a request asks for, before it is matched. */
export const draftOrder = (
  request: PlaceRequest,
  { orderId, accountId, time }: OrderIdentity,
): EngineOrder => {
  const { symbol, clientOrderId, side, type, timeInForce = 'GTC', quoteAmount } = request;
  const byQuote = type === 'market' && quoteAmount !== undefined;
  return {
    orderId,
    accountId,
    symbol,
    clientOrderId,
    side,
    type,
    timeInForce: type === 'limit' ? timeInForce : 'GTC',
    price: type === 'market' ? ZERO : positive(request.price, 'price'),
    amount: byQuote ? ZERO : positive(request.amount, 'amount'),
    quoteAmount: byQuote ? positive(quoteAmount, 'quote amount') : ZERO,
    executedAmount: ZERO,
    executedQuote: ZERO,
    status: 'new',
    createdAt: time,
    updatedAt: time,
    workedAt: undefined,
  };
};

/** What the order wants of the book. */
export const demandOf = (order: EngineOrder, { amountStep }: Listing): Demand =>
  order.quoteAmount.isZero()
    ? { amount: order.amount }
    : { quoteAmount: order.quoteAmount, amountStep };

/** What becomes of an order after its match. */
export type Fate = 'filled' | 'rests' | NonNullable<EngineOrder['expiry']>;

/** Market and IOC orders lose their rest, a FOK order all of itself. */
export const fateOf = ({ type, timeInForce }: EngineOrder, { complete }: Match): Fate => {
  if (complete) return 'filled';
  if (type === 'market') return 'no_liquidity';
  if (timeInForce === 'IOC') return 'ioc_rest';
  return timeInForce === 'FOK' ? 'fok' : 'rests';
};

/** The order as the exchange takes it in: a market order by quote knows its amount only now. */
export const acceptedOrder = (draft: EngineOrder, match: Match, fate: Fate): EngineOrder =>
  Object.freeze({
    ...draft,
    amount: draft.quoteAmount.isZero() ? draft.amount : match.amount,
    workedAt: fate === 'rests' ? draft.createdAt : undefined,
  });

/** The order after a fill; the last one closes it. */
export const filledOrder = (
  order: EngineOrder,
  { amount, quoteAmount }: Fill,
  { time, isLast }: { readonly time: number; readonly isLast: boolean },
): EngineOrder =>
  Object.freeze({
    ...order,
    executedAmount: order.executedAmount.plus(amount),
    executedQuote: order.executedQuote.plus(quoteAmount),
    status: isLast ? 'filled' : 'partially_filled',
    updatedAt: time,
  });

export const canceledOrder = (order: EngineOrder, time: number): EngineOrder =>
  Object.freeze({ ...order, status: 'canceled', updatedAt: time });

export const expiredOrder = (
  order: EngineOrder,
  expiry: NonNullable<EngineOrder['expiry']>,
  time: number,
): EngineOrder => Object.freeze({ ...order, status: 'expired', expiry, updatedAt: time });

/** What is not executed yet. */
export const restOf = ({ amount, executedAmount }: EngineOrder): Decimal =>
  amount.minus(executedAmount);
