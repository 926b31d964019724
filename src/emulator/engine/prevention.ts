import { ZERO, type Decimal } from '../../core/decimal.js';
import { makerOf, type Context } from './context.js';
import type { Prevention } from './matching.js';
import type { EngineOrder, PreventedMatch } from './model.js';
import { preventedOrder, restOf } from './order-state.js';
import { effectiveMode } from './self-trade.js';

/** What one order loses by a prevented match. */
interface Loss {
  readonly amount: Decimal;
  readonly isLast: boolean;
}

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

/** Carries out a meeting of a taker with its own account's order; returns what is left of the taker. */
export const executePrevention = (
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
