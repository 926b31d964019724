import type { Decimal } from '../../core/decimal.js';
import { makerOf, type Context } from './context.js';
import type { Fate } from './fate.js';
import type { Fill, Match } from './matching.js';
import type { AccountTrade, EngineOrder, Placement, PreventedMatch } from './model.js';
import { expiredOrder, filledOrder, restOf } from './order-state.js';
import { executePrevention } from './prevention.js';

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

const tradeSide = (context: Context, order: EngineOrder, side: TradeSide): Executed => {
  const { batch, settlement, historyOf } = context;
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
    ...settlement.settle(batch.market.listing, order, { fill, isMaker, time }),
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
  context: Context,
  taker: EngineOrder,
  { fill, isLast }: Pick<TradeSide, 'fill' | 'isLast'>,
): Executed => {
  const { market, time } = context.batch;
  const { orderId, price, amount } = fill;
  const maker = makerOf(context, fill);
  const tradeId = (market.tradeId += 1);
  market.lastPrice = price;
  const makerIsDone = restOf(maker).eq(amount);
  tradeSide(context, maker, { fill, tradeId, isMaker: true, isLast: makerIsDone });
  const executed = tradeSide(context, taker, { fill, tradeId, isMaker: false, isLast });
  context.batch.addLevel(market.book.take(orderId, amount));
  const { symbol } = market.listing;
  const buyerIsMaker = maker.side === 'buy';
  context.batch.addTrade({ type: 'trade', symbol, tradeId, price, amount, buyerIsMaker, time });
  return executed;
};

const finish = (context: Context, order: EngineOrder, fate: Fate): EngineOrder => {
  if (fate === 'filled' || fate === 'prevented') return order;
  const { batch, settlement, historyOf } = context;
  const { market, time } = batch;
  const { orderId, accountId, side, price } = order;
  if (fate === 'rests') {
    batch.addLevel(market.book.add(side, price, { orderId, accountId, rest: restOf(order) }));
    return order;
  }
  settlement.release(market.listing, order, restOf(order));
  const expired = expiredOrder(order, fate, time);
  historyOf(accountId).save(expired);
  batch.addOrder('expired', expired);
  return expired;
};

/** What an order was accepted with. */
interface Acceptance {
  readonly match: Match;
  readonly fate: Fate;
  /** What it may cost at most. */
  readonly cost: Decimal;
}

/** Lets an order that the account has been told of have what it meets; one that is killed meets nothing. */
export const execute = (
  context: Context,
  order: EngineOrder,
  { match, fate }: Pick<Acceptance, 'match' | 'fate'>,
): Placement => {
  const steps = fate === 'fok' ? [] : match.steps;
  const trades: AccountTrade[] = [];
  const preventedMatches: PreventedMatch[] = [];
  let taker = order;
  for (const [index, step] of steps.entries()) {
    const isEnd = index === steps.length - 1;
    if (step.prevented) {
      const isLast = isEnd && fate === 'prevented';
      const prevention = executePrevention(context, taker, { step, isLast });
      taker = prevention.order;
      preventedMatches.push(prevention.match);
    } else {
      const isLast = isEnd && fate === 'filled';
      const executed = executeFill(context, taker, { fill: step, isLast });
      taker = executed.order;
      trades.push(executed.trade);
    }
  }
  return { order: finish(context, taker, fate), trades, preventedMatches };
};

/** Carries out an order that was accepted, with what it meets. */
export const carryOut = (
  context: Context,
  order: EngineOrder,
  { cost, ...acceptance }: Acceptance,
): Placement => {
  const { batch, settlement, historyOf } = context;
  settlement.lock(batch.market.listing, order, cost);
  historyOf(order.accountId).save(order);
  batch.addOrder('new', order);
  return execute(context, order, acceptance);
};
