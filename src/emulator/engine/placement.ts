import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Batch } from './batch.js';
import type { Fill, Match, Prevention, Step } from './matching.js';
import type { AccountTrade, EngineOrder, Placement, PreventedMatch } from './model.js';
import type { OrderHistory } from './order-history.js';
import { expiredOrder, filledOrder, preventedOrder, restOf, type Fate } from './order-state.js';
import { effectiveMode } from './self-trade.js';
import type { Settlement } from './spot-settlement.js';

/** What carrying out a command works on. */
export interface Context {
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

/** What one order loses by a prevented match. */
interface Loss {
  readonly amount: Decimal;
  readonly isLast: boolean;
}

interface Executed {
  readonly order: EngineOrder;
  readonly trade: AccountTrade;
}

const makerOf = (context: Context, { orderId, accountId }: Step): EngineOrder => {
  const maker = context.historyOf(accountId).openOrder(orderId);
  if (!maker) throw new Error(`Order ${orderId} is in the book but not open`);
  return maker;
};

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
    fee: settlement.settle(batch.market.listing, order, side),
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

/** Takes from an order what it lost by a prevented match, if anything. */
const prevent = (
  context: Context,
  order: EngineOrder,
  { match, ...loss }: Loss & { readonly match: PreventedMatch },
): EngineOrder => {
  if (loss.amount.isZero()) return order;
  const { batch, settlement, historyOf } = context;
  settlement.release(batch.market.listing, order, loss.amount);
  const left = preventedOrder(order, match, loss);
  historyOf(order.accountId).save(left);
  batch.addOrder('prevented', left, { prevention: match });
  return left;
};

const matchOf = (
  context: Context,
  { taker, maker }: Readonly<Record<'taker' | 'maker', EngineOrder>>,
  step: Prevention,
): PreventedMatch =>
  Object.freeze({
    matchId: context.batch.market.nextMatchId++,
    symbol: taker.symbol,
    accountId: taker.accountId,
    takerOrderId: taker.orderId,
    makerOrderId: step.orderId,
    mode: effectiveMode(taker.selfTrade, maker.selfTrade),
    price: step.price,
    amount: step.amount,
    takerAmount: step.prevented.taker,
    makerAmount: step.prevented.maker,
    time: context.batch.time,
  });

const executePrevention = (
  context: Context,
  taker: EngineOrder,
  { step, isLast }: { readonly step: Prevention; readonly isLast: boolean },
): { readonly order: EngineOrder; readonly match: PreventedMatch } => {
  const { batch, historyOf } = context;
  const maker = makerOf(context, step);
  const match = matchOf(context, { taker, maker }, step);
  historyOf(taker.accountId).addPreventedMatch(match);
  const { makerAmount, takerAmount } = match;
  const makerIsDone = restOf(maker).eq(makerAmount);
  prevent(context, maker, { match, amount: makerAmount, isLast: makerIsDone });
  if (makerAmount.gt(ZERO)) batch.addLevel(batch.market.book.take(maker.orderId, makerAmount));
  return { order: prevent(context, taker, { match, amount: takerAmount, isLast }), match };
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

/** Carries out an order that was accepted, with what it meets; one that is killed meets nothing. */
export const carryOut = (
  context: Context,
  order: EngineOrder,
  { match, fate, cost }: Acceptance,
): Placement => {
  const { batch, settlement, historyOf } = context;
  const steps = fate === 'fok' ? [] : match.steps;
  settlement.lock(batch.market.listing, order, cost);
  historyOf(order.accountId).save(order);
  batch.addOrder('new', order);
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
