import { Decimal, ZERO } from '../core/decimal.js';
import type { TradeFeeSchema } from '../core/fee.js';
import type { Side } from '../core/order.js';
import type { PositionAction } from '../core/position.js';
import type { TradingRule } from '../core/trading-rule.js';
import { marginLock } from './margin-lock.js';
import type { AssetAmount } from './order-lock.js';

/** What one base unit of an order takes of an account, and what it gives back. */
export interface CandidateFlow {
  /** What it locks. */
  readonly lock: AssetAmount;
  /** What it needs for its fee besides, of the same asset. */
  readonly fee: Decimal;
  /** What it gives once it is filled; 0 where it gives nothing. */
  readonly gain: AssetAmount;
}

/** An order as far as its flow is concerned. */
export interface FlowTerms {
  readonly side: Side;
  /** In quote per base. */
  readonly price: Decimal;
  readonly liquidity: 'maker' | 'taker';
  readonly positionAction?: PositionAction;
}

/** What the market of an order is like. */
export interface FlowMarket {
  readonly rule: TradingRule;
  readonly fees: TradeFeeSchema;
  /** Of a perpetual market. */
  readonly leverage?: number;
}

const ONE = new Decimal(1);

const spotFlow = ({ side, price, liquidity }: FlowTerms, { rule, fees }: FlowMarket) => {
  const base: AssetAmount = { asset: rule.base, amount: ONE };
  const quote: AssetAmount = { asset: rule.quote, amount: price };
  if (side === 'sell') return { lock: base, fee: ZERO, gain: quote };
  const rate = fees.paidFrom === 'quote' ? fees[liquidity].buy.rate : ZERO;
  return { lock: quote, fee: price.times(rate), gain: base };
};

/** What an order takes and gives: its value, or in a perpetual market its margin. */
export const candidateFlow = (terms: FlowTerms, market: FlowMarket): CandidateFlow => {
  const { side, price, liquidity, positionAction = 'open' } = terms;
  const { rule, fees, leverage = 1 } = market;
  const margin = marginLock(rule, { side, price, amount: ONE }, leverage);
  if (margin === undefined) return spotFlow(terms, market);
  const nothing: AssetAmount = { asset: margin.asset, amount: ZERO };
  if (positionAction === 'close') return { lock: nothing, fee: ZERO, gain: margin };
  const rate = margin.asset === rule.quote ? fees[liquidity][side].rate : ZERO;
  return { lock: margin, fee: price.times(rate), gain: nothing };
};
