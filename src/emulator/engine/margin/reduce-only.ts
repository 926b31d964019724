import { Decimal, ZERO } from '../../../core/decimal.js';
import type { Side } from '../../../core/order.js';
import { endOrder } from '../end-order.js';
import { match } from '../matching.js';
import type { EngineOrder, PlaceRequest } from '../model.js';
import { draftOrder, restOf } from '../order-state.js';
import { takerOf } from '../taker.js';
import type { MarginContext } from './context.js';
import { MarginRejection, type HedgeSide } from './model.js';
import { isReducing } from './settlement.js';

/** Which position an order is for, and which way it goes. */
interface Aim extends Pick<EngineOrder, 'accountId' | 'symbol' | 'side'> {
  readonly positionSide?: HedgeSide | undefined;
}

const signed = (side: Side, amount: Decimal): Decimal =>
  side === 'buy' ? amount : amount.negated();

/** How much of a position of this amount an order of this side could close. */
const closable = (amount: Decimal, side: Side): Decimal =>
  Decimal.max(ZERO, signed(side, amount).negated());

const isSameAim = (a: Aim, b: Aim): boolean =>
  a.symbol === b.symbol && a.side === b.side && a.positionSide === b.positionSide;

/** The account's orders that rest and may only close what this one is about, oldest first. */
const restingReducers = ({ state }: MarginContext, aim: Aim): readonly EngineOrder[] =>
  state
    .historyOf(aim.accountId)
    .openOrders(aim.symbol)
    .filter((order) => isReducing(order) && isSameAim(order, aim));

/**
 * The order with no more amount than its position has to close, and other orders do not close already;
 * throws where that is nothing. In hedge mode, where each order is for one side of a market, one that
 * asks for more is refused.
 *
 * Source: Binance USD-M Futures API, Error Codes, -2022; that the amount is cut is how the exchange is
 * known to act, and not documented. An order that is changed does not stand in its own way.
 */
export const fitToPosition = (
  context: MarginContext,
  accountId: string,
  request: PlaceRequest,
  changed?: number,
): PlaceRequest => {
  const { symbol, side, positionSide, amount = ZERO } = request;
  if (!isReducing(request)) return request;
  const aim = { accountId, symbol, side, positionSide };
  const { amount: held } = context.book.holding(accountId, aim);
  const others = restingReducers(context, aim).filter(({ orderId }) => orderId !== changed);
  const taken = Decimal.sum(ZERO, ...others.map(restOf));
  const room = closable(held, side).minus(taken);
  if (room.lte(ZERO) || (positionSide && amount.gt(room))) {
    throw new MarginRejection('nothing_to_reduce');
  }
  return amount.gt(room) ? { ...request, amount: room } : request;
};

/** Ends the latest orders that may only close a position and have become more than there is to close. */
export const endExcessReducers = (context: MarginContext, aim: Aim): void => {
  const { amount } = context.book.holding(aim.accountId, aim);
  let room = closable(amount, aim.side);
  for (const order of restingReducers(context, aim)) {
    const left = room.minus(restOf(order));
    if (left.isNegative()) endOrder(context.state, order, { execution: 'expired' });
    else room = left;
  }
};

/** The first order that an order would meet and that would then do more than close its position. */
const firstMisfit = (
  { state, book }: MarginContext,
  accountId: string,
  request: PlaceRequest,
): EngineOrder | undefined => {
  const market = state.marketOf(request.symbol);
  const { listing } = market;
  const draft = draftOrder(request, { listing, orderId: 0, accountId, time: 0 });
  const positions = new Map<string, Decimal>();
  for (const step of match(market.book, takerOf(draft, listing)).steps) {
    const maker = step.prevented
      ? undefined
      : state.historyOf(step.accountId).openOrder(step.orderId);
    if (!maker) continue;
    const name = `${maker.accountId} ${maker.positionSide ?? 'both'}`;
    const held = positions.get(name) ?? book.holding(maker.accountId, maker).amount;
    if (isReducing(maker) && closable(held, maker.side).lt(step.amount)) return maker;
    positions.set(name, held.plus(signed(maker.side, step.amount)));
  }
  return undefined;
};

/**
 * Ends orders that may only close a position and would do more, because another order of their account
 * closes it within the same match.
 */
export const endMisfits = (
  context: MarginContext,
  accountId: string,
  request: PlaceRequest,
): void => {
  for (;;) {
    const misfit = firstMisfit(context, accountId, request);
    if (!misfit) return;
    endOrder(context.state, misfit, { execution: 'expired' });
  }
};
