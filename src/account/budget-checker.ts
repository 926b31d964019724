import { Decimal, floorTo, ZERO } from '../core/decimal.js';
import type { TradeFeeSchema } from '../core/fee.js';
import type { Fee, OrderType, Side } from '../core/order.js';
import type { TradingPair } from '../core/trading-pair.js';
import { limitsOf, passivePrice, type TradingRule } from '../core/trading-rule.js';
import { estimateFee } from './estimate-fee.js';
import { orderLock, type AssetAmount } from './order-lock.js';

/** An order that a strategy thinks of placing. */
export interface OrderCandidate {
  readonly pair: TradingPair;
  readonly side: Side;
  readonly type: OrderType;
  /** In base units. */
  readonly amount: Decimal;
  /** In quote per base: the limit, or what a market order is expected to trade at. */
  readonly price: Decimal;
  /**
   * Which fee to reckon with.
   * @defaultValue `'maker'` for `limit_maker`, else `'taker'`
   */
  readonly liquidity?: 'maker' | 'taker';
}

/** A candidate that the budget affords, with what it would do to the account. */
export interface AdjustedCandidate extends OrderCandidate {
  /** On the market's steps; zero where the budget affords none that the market takes. */
  readonly amount: Decimal;
  /** On the market's steps. */
  readonly price: Decimal;
  /** Whether the budget made it smaller. */
  readonly resized: boolean;
  /** What the order would lock. */
  readonly orderCollateral: AssetAmount;
  /** What it would need for its fee besides, where that is not taken from what it receives. */
  readonly feeCollateral: AssetAmount | undefined;
  readonly estimatedFee: Fee;
  /** What it would receive once it is filled, less a fee that is taken from that. */
  readonly potentialReturns: AssetAmount;
}

/** What a candidate's market is like. */
export interface BudgetMarket {
  readonly rule: TradingRule;
  readonly fees: TradeFeeSchema;
  /** The price of the discount asset in quote units, where one is paid in and it is known. */
  readonly discountAssetPrice?: Decimal;
}

/** How candidates are fitted to a budget. */
export interface AdjustOptions {
  /**
   * Whether a candidate that is not affordable in full is given up, rather than made smaller.
   * @defaultValue `true`
   */
  readonly allOrNone?: boolean;
}

/** What can be spent, by asset; what candidates take is taken from it, one after the other. */
export type Budget = Map<string, Decimal>;

const freeIn = (budget: ReadonlyMap<string, Decimal>, asset: string): Decimal =>
  budget.get(asset) ?? ZERO;

const take = (budget: Budget, { asset, amount }: AssetAmount): void => {
  budget.set(asset, Decimal.max(freeIn(budget, asset).minus(amount), ZERO));
};

interface Terms extends OrderCandidate {
  readonly liquidity: 'maker' | 'taker';
}

const termsOf = (candidate: OrderCandidate, rule: TradingRule): Terms => ({
  ...candidate,
  price: passivePrice(candidate.price, candidate.side, rule),
  liquidity: candidate.liquidity ?? (candidate.type === 'limit_maker' ? 'maker' : 'taker'),
});

/** What each base unit takes of the budget: its price, and a fee that is not taken from what is received. */
const unitCost = ({ side, price, liquidity }: Terms, { fees }: BudgetMarket): Decimal => {
  if (side === 'sell') return new Decimal(1);
  const besides = fees.paidFrom === 'quote' ? fees[liquidity].buy.rate : ZERO;
  return price.times(besides.plus(1));
};

/** The amount if the market takes an order of it, else zero. */
const orNone = (amount: Decimal, terms: Terms, { rule }: BudgetMarket): Decimal => {
  const { minAmount, maxAmount, minNotional, maxNotional } = limitsOf(rule, terms.type);
  const value = amount.times(terms.price);
  const isTaken =
    amount.gte(minAmount) &&
    amount.lte(maxAmount) &&
    value.gte(minNotional) &&
    value.lte(maxNotional);
  return isTaken ? amount : ZERO;
};

/** A fee in the discount asset where the budget has that much of it; else as if there was no discount. */
const feeOf = (terms: Terms, market: BudgetMarket, budget: Budget): Fee => {
  const { rule, fees, discountAssetPrice } = market;
  const trade = { ...terms, base: rule.base, quote: rule.quote };
  const discounted = estimateFee(trade, fees, discountAssetPrice);
  return discounted.amount.lte(freeIn(budget, discounted.asset))
    ? discounted
    : estimateFee(trade, fees);
};

const returnsOf = ({ side, amount, price }: Terms, { rule }: BudgetMarket, fee: Fee) => {
  const gross: AssetAmount =
    side === 'buy'
      ? { asset: rule.base, amount }
      : { asset: rule.quote, amount: amount.times(price) };
  return fee.asset === gross.asset
    ? { asset: gross.asset, amount: gross.amount.minus(fee.amount) }
    : gross;
};

/**
 * Fits a candidate to a budget, and takes from the budget what it would lock. A fee that is taken from what
 * the order receives locks nothing. One in a discount asset locks nothing at the exchange either, but is
 * taken from the budget, so that the candidates after it reckon with it.
 */
export const adjustCandidate = (
  candidate: OrderCandidate,
  market: BudgetMarket,
  { budget, allOrNone = true }: AdjustOptions & { readonly budget: Budget },
): AdjustedCandidate => {
  const terms = termsOf(candidate, market.rule);
  const { amountStep } = limitsOf(market.rule, terms.type);
  const wanted = floorTo(terms.amount, amountStep);
  const cost = unitCost(terms, market);
  const [paid, received] =
    terms.side === 'buy'
      ? [market.rule.quote, market.rule.base]
      : [market.rule.base, market.rule.quote];
  const isAffordable = wanted.times(cost).lte(freeIn(budget, paid));
  const most = allOrNone ? ZERO : floorTo(freeIn(budget, paid).div(cost), amountStep);
  const amount = orNone(isAffordable ? wanted : most, terms, market);
  const adjusted: Terms = { ...terms, amount };
  const orderCollateral = orderLock(market.rule, adjusted) ?? { asset: paid, amount: ZERO };
  const fee = feeOf(adjusted, market, budget);
  const feeCollateral = fee.asset === received || fee.amount.isZero() ? undefined : fee;
  take(budget, orderCollateral);
  if (feeCollateral !== undefined) take(budget, feeCollateral);
  return {
    ...adjusted,
    resized: !isAffordable,
    orderCollateral,
    feeCollateral,
    estimatedFee: fee,
    potentialReturns: returnsOf(adjusted, market, fee),
  };
};
