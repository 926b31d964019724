import type { Batch } from './batch.js';
import type { Fill } from './matching.js';
import type { AccountTrade, EngineOrder, Placement } from './model.js';
import type { OrderHistory } from './order-history.js';
import { expiredOrder, filledOrder, restOf, type Fate } from './order-state.js';
import type { Settlement } from './spot-settlement.js';

/** What carrying out a command works on. */
export interface Venue {
  readonly batch: Batch;
  readonly settlement: Settlement;
  readonly historyOf: (accountId: string) => OrderHistory;
}

interface TradeSide {
  readonly fill: Fill;
  readonly tradeId: number;
  readonly isMaker: boolean;
  readonly isLast: boolean;
}

interface Executed {
  readonly order: EngineOrder;
  readonly trade: AccountTrade;
}

const tradeSide = (venue: Venue, order: EngineOrder, side: TradeSide): Executed => {
  const { batch, settlement, historyOf } = venue;
  const { fill, tradeId, isMaker, isLast } = side;
  const { time } = batch;
  const executed = filledOrder(order, fill, { time, isLast });
  const trade: AccountTrade = Object.freeze({
    tradeId,
    symbol: order.symbol,
    accountId: order.accountId,
    orderId: order.orderId,
    side: order.side,
    price: fill.price,
    amount: fill.amount,
    quoteAmount: fill.quoteAmount,
    fee: settlement.settle(batch.market.listing, order, { ...fill, isMaker }),
    isMaker,
    time,
  });
  const history = historyOf(order.accountId);
  history.save(executed);
  history.addTrade(trade);
  batch.addOrder('trade', executed, { trade });
  return { order: executed, trade };
};

const executeFill = (
  venue: Venue,
  taker: EngineOrder,
  { fill, isLast }: Pick<TradeSide, 'fill' | 'isLast'>,
): Executed => {
  const { market, time } = venue.batch;
  const { orderId, accountId, price, amount } = fill;
  const maker = venue.historyOf(accountId).openOrder(orderId);
  if (!maker) throw new Error(`Order ${orderId} is in the book but not open`);
  const tradeId = (market.tradeId += 1);
  market.lastPrice = price;
  const makerIsDone = restOf(maker).eq(amount);
  tradeSide(venue, maker, { fill, tradeId, isMaker: true, isLast: makerIsDone });
  const executed = tradeSide(venue, taker, { fill, tradeId, isMaker: false, isLast });
  venue.batch.addLevel(market.book.take(orderId, amount));
  const { symbol } = market.listing;
  const buyerIsMaker = maker.side === 'buy';
  venue.batch.addTrade({ type: 'trade', symbol, tradeId, price, amount, buyerIsMaker, time });
  return executed;
};

const finish = (venue: Venue, order: EngineOrder, fate: Fate): EngineOrder => {
  if (fate === 'filled') return order;
  const { batch, settlement, historyOf } = venue;
  const { market, time } = batch;
  const { orderId, accountId, side, price } = order;
  if (fate === 'rests') {
    settlement.lock(market.listing, order);
    batch.addLevel(market.book.add(side, price, { orderId, accountId, rest: restOf(order) }));
    return order;
  }
  const expired = expiredOrder(order, fate, time);
  historyOf(accountId).save(expired);
  batch.addOrder('expired', expired);
  return expired;
};

/** Carries out an order that was accepted, with the fills that it gets. */
export const carryOut = (
  venue: Venue,
  order: EngineOrder,
  { fills, fate }: { readonly fills: readonly Fill[]; readonly fate: Fate },
): Placement => {
  venue.historyOf(order.accountId).save(order);
  venue.batch.addOrder('new', order);
  const trades: AccountTrade[] = [];
  let taker = order;
  for (const [index, fill] of fills.entries()) {
    const isLast = fate === 'filled' && index === fills.length - 1;
    const executed = executeFill(venue, taker, { fill, isLast });
    taker = executed.order;
    trades.push(executed.trade);
  }
  return { order: finish(venue, taker, fate), trades };
};
