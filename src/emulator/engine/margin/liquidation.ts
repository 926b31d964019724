import { ZERO, type Decimal } from '../../../core/decimal.js';
import type { Side } from '../../../core/order.js';
import { Batch } from '../batch.js';
import { endOrder } from '../end-order.js';
import type { Fill } from '../matching.js';
import type { AccountTrade, EngineOrder } from '../model.js';
import { draftOrder, filledOrder } from '../order-state.js';
import { INSURANCE_ACCOUNT, type MarginContext } from './context.js';
import type { Position } from './model.js';
import { accountEvents } from './settlement.js';

/** How the client id of a liquidation begins. Source: Binance USD-M Futures API, Event: Order Update. */
export const LIQUIDATION_PREFIX = 'autoclose-';

/** One side of a trade outside of the book. */
interface SideOfTrade {
  readonly accountId: string;
  readonly side: Side;
  readonly position: Position;
  readonly price: Decimal;
  readonly tradeId: number;
}

const execute = ({ state }: MarginContext, batch: Batch, one: SideOfTrade): void => {
  const { accountId, side, position, price, tradeId } = one;
  const { listing } = batch.market;
  const { time } = batch;
  const orderId = (state.lastOrderId += 1);
  const amount = position.amount.abs();
  const isLiquidated = accountId !== INSURANCE_ACCOUNT;
  const order: EngineOrder = draftOrder(
    {
      symbol: position.symbol,
      clientOrderId: `${LIQUIDATION_PREFIX}${orderId}`,
      side,
      type: 'limit',
      timeInForce: 'IOC',
      price,
      amount,
      reduceOnly: isLiquidated,
      ...(isLiquidated && position.side !== 'both' ? { positionSide: position.side } : {}),
    },
    { listing, orderId, accountId, time },
  );
  const quoteAmount = price.multipliedBy(amount);
  const fill: Fill = { orderId, accountId, price, amount, quoteAmount };
  state.settlement.lock(listing, order, ZERO);
  const settled = state.settlement.settle(listing, order, { fill, isMaker: false, time });
  const trade: AccountTrade = Object.freeze({
    ...{ tradeId, symbol: position.symbol, accountId, orderId, side, price, amount, quoteAmount },
    ...settled,
    isMaker: false,
    time,
  });
  const executed = filledOrder(order, fill, { time, isLast: true });
  const history = state.historyOf(accountId);
  history.save(order);
  history.save(executed);
  history.addTrade(trade);
  batch.addOrder('new', order);
  batch.addOrder('trade', executed, { trade });
};

/** The insurance takes a position over at the mark price. */
const takeOver = (context: MarginContext, accountId: string, position: Position): void => {
  const { state, prices } = context;
  const market = state.marketOf(position.symbol);
  const batch = new Batch(market, state.now());
  const price = prices.mark(position.symbol);
  const tradeId = (market.tradeId += 1);
  const closing: Side = position.amount.gt(ZERO) ? 'sell' : 'buy';
  const terms = { position, price, tradeId };
  execute(context, batch, { ...terms, accountId, side: closing });
  const opening = closing === 'sell' ? 'buy' : 'sell';
  execute(context, batch, { ...terms, accountId: INSURANCE_ACCOUNT, side: opening });
  state.publisher.publish(batch.close(state.settlement));
};

/** The insurance pays what an account without positions owes. */
const coverDebt = ({ state, ...rest }: MarginContext, accountId: string, asset: string): void => {
  const { ledger, now, publisher } = state;
  const debt = ledger.balance(accountId, asset).free;
  if (!debt.isNegative()) return;
  ledger.addFree(accountId, asset, debt.negated());
  ledger.addFree(INSURANCE_ACCOUNT, asset, debt);
  const changeOf = (id: string): Decimal => (id === accountId ? debt.negated() : debt);
  const cause = { reason: 'insurance', time: now(), changeOf } as const;
  publisher.publish(accountEvents({ ledger, ...rest }, cause));
};

/**
 * Closes all that an account has in markets of a quote asset: its orders, then its positions at the mark
 * price, outside of the book. It is simpler than an exchange, which sells in the book first and takes a fee.
 */
export const liquidate = (context: MarginContext, accountId: string, asset: string): void => {
  const { state, reckoning } = context;
  const isOfAsset = ({ symbol }: { readonly symbol: string }): boolean =>
    state.marketOf(symbol).listing.quote === asset;
  for (const order of state.historyOf(accountId).openOrders().filter(isOfAsset)) {
    endOrder(state, order, {
      execution: 'canceled',
      cancelId: `${LIQUIDATION_PREFIX}${accountId}`,
    });
  }
  for (const position of reckoning.positions(accountId).filter(isOfAsset)) {
    if (!position.amount.isZero()) takeOver(context, accountId, position);
  }
  coverDebt(context, accountId, asset);
};
