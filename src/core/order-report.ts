import { ZERO, type Decimal } from './decimal.js';
import type { OrderEvidence } from './contract.js';
import type { OrderUpdate, TradeUpdate } from './order.js';
import type { Standing } from './standing.js';
import type { TradingRule, TradingRules } from './trading-rule.js';

/** What a message tells of an order, in this library's names; whatever else it tells is passed over. */
export type OrderFacts = Pick<
  OrderUpdate,
  'clientOrderId' | 'exchangeOrderId' | 'executedAmount' | 'time' | 'createdAt'
>;

/** What a message tells of a fill. */
export interface FillFacts extends Pick<
  TradeUpdate,
  'tradeId' | 'exchangeOrderId' | 'price' | 'amount' | 'liquidity' | 'realizedPnl' | 'time'
> {
  /** Price times amount where it is left out. */
  readonly quoteAmount?: Decimal;
  /** What the market's fees are usually paid in where it is left out. */
  readonly feeAsset?: string | null;
  /** None where it is left out. */
  readonly feeAmount?: Decimal;
}

/** What an event of the account's stream tells of an order and, where it is one, of its fill. */
export interface OrderReport extends OrderFacts, FillFacts {
  /** The exchange's name of the market. */
  readonly symbol: string;
}

/** Of what is still being made: these come often, and copies take their time. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An order of a market, where it stands so. */
export const orderUpdate = (
  { pair }: TradingRule,
  { clientOrderId, exchangeOrderId, executedAmount, time, createdAt }: OrderFacts,
  { status, reason }: Standing,
): OrderUpdate => {
  const update: Mutable<OrderUpdate> = {
    kind: 'order',
    pair,
    clientOrderId,
    exchangeOrderId,
    status,
    executedAmount,
    time,
  };
  if (createdAt !== undefined) update.createdAt = createdAt;
  if (reason !== undefined) update.reason = reason;
  return update;
};

/** A fill in a market. */
export const tradeUpdate = (rule: TradingRule, fill: FillFacts): TradeUpdate => {
  const { tradeId, exchangeOrderId, price, amount, liquidity, realizedPnl, time } = fill;
  const update: Mutable<TradeUpdate> = {
    kind: 'trade',
    pair: rule.pair,
    tradeId,
    exchangeOrderId,
    price,
    amount,
    quoteAmount: fill.quoteAmount ?? price.times(amount),
    fee: {
      asset: fill.feeAsset ?? rule.collateral?.buy ?? rule.quote,
      amount: fill.feeAmount ?? ZERO,
    },
    liquidity,
    time,
  };
  if (realizedPnl !== undefined) update.realizedPnl = realizedPnl;
  return update;
};

/**
 * What an event about an order proves: its fill, where it is one, then where the order stands; nothing where its market
 * is not known. A fill is not lost for a standing that is not known: the order is there, whatever else it may mean.
 * Without a fill such an event is not understood.
 */
export const orderEvidence = (
  report: OrderReport,
  { bySymbol }: TradingRules,
  isFill: boolean,
  standing: Standing | undefined,
): readonly OrderEvidence[] | undefined => {
  const rule = bySymbol.get(report.symbol);
  if (rule === undefined) return [];
  if (isFill)
    return [tradeUpdate(rule, report), orderUpdate(rule, report, standing ?? { status: 'open' })];
  return standing && [orderUpdate(rule, report, standing)];
};
