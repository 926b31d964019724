import { Batch } from './batch.js';
import { amendableOrder, cancelableOrder } from './changeable-order.js';
import { endOrder } from './end-order.js';
import { fateOf } from './fate.js';
import { statusOf } from './listing.js';
import { match, meetsAny } from './matching.js';
import { EngineRejection, type Engine, type EngineOrder } from './model.js';
import { acceptedOrder, amendedOrder, draftOrder, restOf } from './order-state.js';
import { carryOut } from './placement.js';
import type { EngineState } from './state.js';
import { takerOf } from './taker.js';

type Commands = Pick<
  Engine,
  'deposit' | 'transfer' | 'changeListing' | 'place' | 'cancel' | 'amend'
>;

const place =
  (state: EngineState): Engine['place'] =>
  (accountId, request) => {
    const { settlement, historyOf } = state;
    const market = state.marketOf(request.symbol);
    const { book, listing } = market;
    if (statusOf(listing) !== 'trading') throw new EngineRejection('market_closed');
    if (historyOf(accountId).isOpen(request.clientOrderId)) {
      throw new EngineRejection('duplicate_client_order_id');
    }
    const time = state.now();
    const orderId = state.lastOrderId + 1;
    const draft = draftOrder(request, { listing, orderId, accountId, time });
    const matched = match(book, takerOf(draft, listing));
    const fate = fateOf(draft, matched);
    const order = acceptedOrder(draft, matched, fate);
    const cost = settlement.check(listing, order, matched);
    if (order.type === 'limit_maker' && meetsAny(matched)) {
      throw new EngineRejection('would_match');
    }
    // Nothing is refused from here on, so nothing has to be taken back.
    state.lastOrderId = orderId;
    const batch = new Batch(market, time);
    const placement = carryOut({ batch, settlement, historyOf }, order, {
      match: matched,
      fate,
      cost,
    });
    state.publisher.publish(batch.close(settlement));
    return placement;
  };

const cancel =
  (state: EngineState): Engine['cancel'] =>
  (accountId, orderId, cancelId) => {
    const order = cancelableOrder(state, accountId, orderId);
    return endOrder(state, order, { execution: 'canceled', cancelId });
  };

/** Throws where the change is none that an amendment may make. */
const checkAmendment = (
  state: EngineState,
  order: EngineOrder,
  { amount, clientOrderId }: Pick<EngineOrder, 'amount' | 'clientOrderId'>,
): void => {
  if (amount.gt(order.amount)) throw new EngineRejection('amount_increased');
  if (amount.eq(order.amount)) throw new EngineRejection('amount_unchanged');
  if (order.amount.minus(amount).gte(restOf(order))) throw new EngineRejection('amount_used_up');
  const isTaken = state.historyOf(order.accountId).isOpen(clientOrderId);
  if (isTaken && clientOrderId !== order.clientOrderId) {
    throw new EngineRejection('duplicate_client_order_id');
  }
};

const amend =
  (state: EngineState): Engine['amend'] =>
  (accountId, orderId, change) => {
    const order = amendableOrder(state, accountId, orderId);
    checkAmendment(state, order, change);
    const market = state.marketOf(order.symbol);
    const batch = new Batch(market, state.now());
    const less = order.amount.minus(change.amount);
    const previousClientOrderId = order.clientOrderId;
    const amended = amendedOrder(order, change, batch.time);
    state.settlement.release(market.listing, order, less);
    const executionId = batch.addOrder('replaced', amended, { previousClientOrderId });
    batch.addLevel(market.book.take(orderId, less));
    const previousAmount = order.amount;
    const amendment = { order: amended, executionId, previousClientOrderId, previousAmount };
    state.historyOf(accountId).amend(amendment);
    state.publisher.publish(batch.close(state.settlement));
    return amendment;
  };

const deposit =
  ({ ledger }: EngineState): Engine['deposit'] =>
  (accountId, asset, amount) => {
    if (!amount.isFinite() || amount.isNegative()) throw new RangeError('A deposit adds');
    ledger.addFree(accountId, asset, amount);
    ledger.takeChanges();
  };

const transfer =
  ({ ledger, settlement, now, publisher }: EngineState): Engine['transfer'] =>
  (accountId, asset, amount) => {
    if (!amount.isFinite()) throw new RangeError('A transfer has an amount');
    if (ledger.balance(accountId, asset).free.plus(amount).isNegative()) {
      throw new EngineRejection('insufficient_balance');
    }
    const time = now();
    ledger.addFree(accountId, asset, amount);
    const changes = settlement.takeChanges(time);
    publisher.publish([{ type: 'transfer', accountId, asset, amount, time }, ...changes]);
  };

const changeListing =
  ({ listings, marketOf }: EngineState): Engine['changeListing'] =>
  (symbol, changes) => {
    const market = marketOf(symbol);
    market.listing = { ...market.listing, ...changes };
    listings.set(symbol, market.listing);
  };

/** What changes an exchange. */
export const createCommands = (state: EngineState): Commands => ({
  deposit: deposit(state),
  transfer: transfer(state),
  changeListing: changeListing(state),
  place: place(state),
  cancel: cancel(state),
  amend: amend(state),
});
