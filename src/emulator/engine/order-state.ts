import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Fate } from './fate.js';
import type { Fill, Match } from './matching.js';
import { selfTradeModesOf } from './listing.js';
import type { EngineOrder, Listing, PlaceRequest, PreventedMatch } from './model.js';
import { minus, plus } from '../../core/sums.js';

/** What the exchange adds to a request. */
export interface OrderIdentity {
  readonly listing: Listing;
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
  { listing, orderId, accountId, time }: OrderIdentity,
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
    selfTrade: request.selfTrade ?? selfTradeModesOf(listing)[0] ?? 'none',
    preventedAmount: ZERO,
    status: 'new',
    createdAt: time,
    updatedAt: time,
    workedAt: undefined,
    ...(request.positionSide ? { positionSide: request.positionSide } : {}),
    ...(request.reduceOnly ? { reduceOnly: true } : {}),
  };
};

type MutableOrder = { -readonly [Key in keyof EngineOrder]: EngineOrder[Key] };

/**
 * A frozen copy with some changes. Its fields are written out: to spread an object that is frozen takes
 * ten times as long, and every event has its own copy.
 */
const changedOrder = (order: EngineOrder, changes: Partial<EngineOrder>): EngineOrder => {
  const { preventedMatchId = order.preventedMatchId, expiry = order.expiry } = changes;
  const changed: MutableOrder = {
    orderId: order.orderId,
    accountId: order.accountId,
    symbol: order.symbol,
    clientOrderId: changes.clientOrderId ?? order.clientOrderId,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    price: changes.price ?? order.price,
    amount: changes.amount ?? order.amount,
    quoteAmount: order.quoteAmount,
    executedAmount: changes.executedAmount ?? order.executedAmount,
    executedQuote: changes.executedQuote ?? order.executedQuote,
    selfTrade: order.selfTrade,
    preventedAmount: changes.preventedAmount ?? order.preventedAmount,
    status: changes.status ?? order.status,
    createdAt: order.createdAt,
    updatedAt: changes.updatedAt ?? order.updatedAt,
    workedAt: changes.workedAt ?? order.workedAt,
  };
  if (preventedMatchId !== undefined) changed.preventedMatchId = preventedMatchId;
  if (expiry !== undefined) changed.expiry = expiry;
  if (order.positionSide !== undefined) changed.positionSide = order.positionSide;
  if (order.reduceOnly !== undefined) changed.reduceOnly = order.reduceOnly;
  return Object.freeze(changed);
};

/** The order as the exchange takes it in: a market order by quote knows its amount only now. */
export const acceptedOrder = (draft: EngineOrder, match: Match, fate: Fate): EngineOrder =>
  changedOrder(draft, {
    amount: draft.quoteAmount.isZero() ? draft.amount : match.amount.plus(match.prevented),
    ...(fate === 'rests' ? { workedAt: draft.createdAt } : {}),
  });

/** The order after a fill; the last one closes it. */
export const filledOrder = (
  order: EngineOrder,
  { amount, quoteAmount }: Fill,
  { time, isLast }: { readonly time: number; readonly isLast: boolean },
): EngineOrder =>
  changedOrder(order, {
    executedAmount: plus(order.executedAmount, amount),
    executedQuote: plus(order.executedQuote, quoteAmount),
    status: isLast ? 'filled' : 'partially_filled',
    updatedAt: time,
  });

/** The order after it lost an amount by a prevented match; the last one ends it. */
export const preventedOrder = (
  order: EngineOrder,
  { matchId, time }: PreventedMatch,
  { amount, isLast }: { readonly amount: Decimal; readonly isLast: boolean },
): EngineOrder =>
  changedOrder(order, {
    preventedAmount: plus(order.preventedAmount, amount),
    preventedMatchId: matchId,
    status: isLast ? 'expired_in_match' : order.status,
    updatedAt: time,
  });

/** The order with another amount, maybe at another price or under another client id. */
export const amendedOrder = (
  order: EngineOrder,
  change: Pick<EngineOrder, 'amount'> & Partial<Pick<EngineOrder, 'price' | 'clientOrderId'>>,
  time: number,
): EngineOrder => changedOrder(order, { ...change, updatedAt: time });

export const canceledOrder = (order: EngineOrder, time: number): EngineOrder =>
  changedOrder(order, { status: 'canceled', updatedAt: time });

export const expiredOrder = (
  order: EngineOrder,
  expiry: EngineOrder['expiry'],
  time: number,
): EngineOrder =>
  changedOrder(order, {
    status: 'expired',
    ...(expiry === undefined ? {} : { expiry }),
    updatedAt: time,
  });

/** Whether there is something left of the order to do. */
export const isOpen = ({ status }: EngineOrder): boolean =>
  status === 'new' || status === 'partially_filled';

/** What is open: neither executed nor prevented. */
export const restOf = ({ amount, executedAmount, preventedAmount }: EngineOrder): Decimal =>
  minus(minus(amount, executedAmount), preventedAmount);
