import { ZERO } from '../../../core/decimal.js';
import { Batch } from '../batch.js';
import { amendableOrder } from '../changeable-order.js';
import { endOrder } from '../end-order.js';
import { fateOf } from '../fate.js';
import { match, meetsAny } from '../matching.js';
import type { EngineOrder } from '../model.js';
import { amendedOrder, restOf } from '../order-state.js';
import { execute } from '../placement.js';
import { takerOf } from '../taker.js';
import type { MarginContext } from './context.js';
import { MarginRejection, type Modification, type PerpetualEngine } from './model.js';
import { endMisfits, fitToPosition } from './reduce-only.js';
import { checkMargin, openingValue } from './settlement.js';

const cancel = ({ state }: MarginContext, order: EngineOrder): EngineOrder =>
  endOrder(state, order, { execution: 'canceled', cancelId: '' });

/** The order as it is asked for, or with less where it may only close a position. */
const fittedOrder = (
  context: MarginContext,
  order: EngineOrder,
  asked: EngineOrder,
): EngineOrder => {
  const rest = restOf(asked);
  const request = { ...asked, amount: rest };
  const { amount = rest } = fitToPosition(context, order.accountId, request, order.orderId);
  return amendedOrder(asked, { amount: asked.amount.minus(rest).plus(amount) }, asked.updatedAt);
};

/** Takes the order out of the book and lets it come anew, behind all others of its price. */
const replace = (
  context: MarginContext,
  order: EngineOrder,
  { amended, modifyId }: { readonly amended: EngineOrder } & Pick<Modification, 'modifyId'>,
): EngineOrder => {
  const { state } = context;
  const { settlement, historyOf, publisher } = state;
  const market = state.marketOf(order.symbol);
  const { listing } = market;
  const { accountId, orderId, clientOrderId: previousClientOrderId } = order;
  const matched = match(market.book, takerOf(amended, listing));
  if (order.type === 'limit_maker' && meetsAny(matched)) return cancel(context, order);
  const batch = new Batch(market, amended.updatedAt);
  settlement.release(listing, order, restOf(order));
  batch.addLevel(market.book.take(orderId, restOf(order)));
  settlement.lock(listing, amended, ZERO);
  const executionId = batch.addOrder('replaced', amended, {
    previousClientOrderId,
    ...(modifyId === undefined ? {} : { modifyId }),
  });
  const previousAmount = order.amount;
  historyOf(accountId).amend({
    order: amended,
    executionId,
    previousClientOrderId,
    previousAmount,
  });
  const acceptance = { match: matched, fate: fateOf(amended, matched) };
  const { order: outcome } = execute({ batch, settlement, historyOf }, amended, acceptance);
  publisher.publish(batch.close(settlement));
  return outcome;
};

/**
 * Gives an open order another price and amount. It ends where nothing of it would be left, or where it is
 * to make and would take; where it is refused, it stays as it was.
 *
 * Source: Binance USD-M Futures API, Modify Order (TRADE).
 */
export const createModify =
  (context: MarginContext): PerpetualEngine['modify'] =>
  (accountId, orderId, { price, amount, modifyId }) => {
    const { state } = context;
    const order = amendableOrder(state, accountId, orderId);
    if (price.eq(order.price) && amount.eq(order.amount)) {
      throw new MarginRejection('nothing_to_modify');
    }
    const asked = amendedOrder(order, { price, amount }, state.now());
    if (restOf(asked).lte(ZERO)) return cancel(context, order);
    const amended = fittedOrder(context, order, asked);
    const value = openingValue(amended, restOf(amended)).minus(openingValue(order, restOf(order)));
    checkMargin(context, state.marketOf(order.symbol).listing, { ...order, value });
    endMisfits(context, accountId, { ...amended, amount: restOf(amended) });
    return replace(context, order, { amended, modifyId });
  };
