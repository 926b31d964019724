import { Decimal, floorTo, ZERO } from '../core/decimal.js';
import type { Fee, OrderType, Side } from '../core/order.js';
import type { PositionAction } from '../core/position.js';
import type { TradingPair } from '../core/trading-pair.js';
import { limitsOf, passivePrice, type TradingRule } from '../core/trading-rule.js';
import { candidateFlow, type CandidateFlow, type FlowMarket } from './candidate-flow.js';
import { estimateFee } from './estimate-fee.js';
import type { AssetAmount } from './order-lock.js';

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
  /**
   * In perpetual markets: an order that closes takes no margin, and pays its fee from what it sets free.
   * @defaultValue `'open'`
   */
  readonly positionAction?: PositionAction;
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
  /**
   * What it would receive once it is filled, less a fee that is taken from that. In perpetual markets the margin that
   * it would set free, at its price and apart from what the position wins or loses.
   */
  readonly potentialReturns: AssetAmount;
}

/** What a candidate's market is like. */
export interface BudgetMarket extends FlowMarket {
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

/** The amount if the market takes an order of it, else zero. */
const orNone = (amount: Decimal, terms: Terms, { rule }: BudgetMarket): Decimal => {
  const { minAmount, maxAmount, minNotional, maxNotional } = limitsOf(rule, terms.type);
  const isClosing = terms.positionAction === 'close';
  const value = amount.times(terms.price);
  const isTaken =
    amount.gte(minAmount) &&
    amount.lte(maxAmount) &&
    (isClosing || value.gte(minNotional)) &&
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

const times = ({ asset, amount }: AssetAmount, units: Decimal): AssetAmount => ({
  asset,
  amount: amount.times(units),
});

/** Whether a fee is taken from what the order gives. */
const isFromGain = (fee: Fee, { gain }: CandidateFlow): boolean =>
  fee.asset === gain.asset && !gain.amount.isZero();

const returnsOf = (amount: Decimal, flow: CandidateFlow, fee: Fee): AssetAmount => {
  const gross = times(flow.gain, amount);
  return isFromGain(fee, flow) ? { ...gross, amount: gross.amount.minus(fee.amount) } : gross;
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
  const flow = candidateFlow(terms, market);
  const cost = flow.lock.amount.plus(flow.fee);
  const free = freeIn(budget, flow.lock.asset);
  const isAffordable = wanted.times(cost).lte(free);
  const most = allOrNone || cost.isZero() ? ZERO : floorTo(free.div(cost), amountStep);
  const amount = orNone(isAffordable ? wanted : most, terms, market);
  const adjusted: Terms = { ...terms, amount };
  const orderCollateral = times(flow.lock, amount);
  const fee = feeOf(adjusted, market, budget);
  const feeCollateral = isFromGain(fee, flow) || fee.amount.isZero() ? undefined : fee;
  take(budget, orderCollateral);
  if (feeCollateral !== undefined) take(budget, feeCollateral);
  return {
    ...adjusted,
    resized: !isAffordable,
    orderCollateral,
    feeCollateral,
    estimatedFee: fee,
    potentialReturns: returnsOf(amount, flow, fee),
  };
};
