import { floorTo, roundTo, type Decimal } from '../core/decimal.js';
import { ConnectorError } from '../core/errors.js';
import {
  limitsOf,
  passivePrice,
  type OrderLimits,
  type TradingRule,
} from '../core/trading-rule.js';
import type { OrderIntent } from './evidence.js';
import { firstComplaint } from './order-request.js';

/**
 * How prices and amounts are brought to the market's steps.
 *
 * - `passive`: a buy's price goes down and a sell's up, so that no limit is crossed
 * - `nearest`: a price goes to the nearest step, halves up
 * - `strict`: what is between two steps is refused
 *
 * Amounts go down, except by `strict`: no order is for more than was asked for.
 */
export type Rounding = 'passive' | 'nearest' | 'strict';

/** What else an order is checked against. */
export interface OrderConditions {
  /** @defaultValue `'passive'` */
  readonly rounding?: Rounding;
  /** The market's present price, in quote per base. Without it a market order's value is not checked. */
  readonly marketPrice?: Decimal | undefined;
  /**
   * How many orders of the account are open in the market.
   * @defaultValue 0
   */
  readonly openOrders?: number;
}

const steps = ['price', 'amount', 'quoteAmount'] as const;
type Step = (typeof steps)[number];

/** The order with price and amounts on the market's steps; the same where they are already. */
export const quantise = (
  intent: OrderIntent,
  rule: TradingRule,
  rounding: Rounding = 'passive',
): OrderIntent => {
  const { side, type, price, amount, quoteAmount } = intent;
  const toStep = (value: Decimal): Decimal =>
    rounding === 'nearest' ? roundTo(value, rule.priceStep) : passivePrice(value, side, rule);
  const found = {
    amount: amount && floorTo(amount, limitsOf(rule, type).amountStep),
    quoteAmount: quoteAmount && floorTo(quoteAmount, rule.market.quoteAmountStep),
    price: price && toStep(price),
  };
  const isOnStep = (name: Step): boolean => intent[name]?.eq(found[name] ?? NaN) ?? true;
  if (steps.every(isOnStep)) return intent;
  return {
    ...intent,
    ...(found.amount === undefined ? {} : { amount: found.amount }),
    ...(found.quoteAmount === undefined ? {} : { quoteAmount: found.quoteAmount }),
    ...(found.price === undefined ? {} : { price: found.price }),
  };
};

type Check = (intent: OrderIntent, rule: TradingRule) => string | undefined;

const checks: readonly Check[] = [
  (_, { tradable, pair }) => (tradable ? undefined : `${pair} takes no new orders now.`),
  ({ type }, { orderTypes, pair }) =>
    orderTypes.includes(type)
      ? undefined
      : `${pair} takes no ${type} orders, only ${orderTypes.join(', ')}.`,
  ({ quoteAmount }, { market, pair }) =>
    quoteAmount === undefined || market.byQuoteAmount
      ? undefined
      : `${pair} takes no orders by quoteAmount (${quoteAmount.toFixed()}); give the amount instead.`,
  ({ selfTradePrevention: mode }, { selfTradePrevention, pair }) =>
    mode === undefined || selfTradePrevention.includes(mode)
      ? undefined
      : `${pair} does not take the self-trade prevention ${mode}, only ${selfTradePrevention.join(', ') || 'none at all'}.`,
  ({ positionAction }, { collateral, pair }) =>
    positionAction === undefined || collateral !== undefined
      ? undefined
      : `${pair} has no positions, so no order of it takes a position action.`,
];

/** What {@link quantise} made of an order, and of which. */
interface Quantised {
  readonly intent: OrderIntent;
  readonly asked: OrderIntent;
}

const offStep = ({ intent, asked }: Quantised): string | undefined => {
  const found = steps.find(
    (name) => asked[name] !== undefined && !asked[name].eq(intent[name] ?? NaN),
  );
  return found === undefined
    ? undefined
    : `The ${found} ${asked[found]?.toFixed() ?? ''} is not on a step of the market; the step below or above is ${intent[found]?.toFixed() ?? ''}.`;
};

type Limit = (intent: OrderIntent, limits: OrderLimits, rule: TradingRule) => string | undefined;

const limits: readonly Limit[] = [
  ({ amount }, { minAmount, maxAmount, amountStep }) =>
    amount !== undefined && (amount.lt(minAmount) || amount.gt(maxAmount) || amount.isZero())
      ? `The amount ${amount.toFixed()} (in steps of ${amountStep.toFixed()}) is not within ${minAmount.toFixed()} and ${maxAmount.toFixed()}.`
      : undefined,
  ({ quoteAmount }, _, { market }) =>
    quoteAmount?.isZero() === true
      ? `The quoteAmount is less than a step of ${market.quoteAmountStep.toFixed()}.`
      : undefined,
  ({ price }, _, { minPrice, maxPrice, priceStep }) =>
    price !== undefined && (price.lt(minPrice) || price.gt(maxPrice) || price.isZero())
      ? `The price ${price.toFixed()} (in steps of ${priceStep.toFixed()}) is not within ${minPrice.toFixed()} and ${maxPrice.toFixed()}.`
      : undefined,
];

/** What an order is worth in quote units, a market order by amount at the market's present price. */
const valueOf = (
  { price, amount, quoteAmount }: OrderIntent,
  marketPrice: Decimal | undefined,
): Decimal | undefined => {
  const each = price ?? marketPrice;
  return quoteAmount ?? (amount === undefined ? undefined : each?.times(amount));
};

/** What is left of a position can be closed, however little it is worth. */
const valueComplaint = (
  value: Decimal | undefined,
  isClosing: boolean,
  { minNotional, maxNotional }: OrderLimits,
  quote: string,
): string | undefined => {
  if (!isClosing && value?.lt(minNotional) === true)
    return `The order is worth ${value.toFixed()} ${quote}, less than the least of ${minNotional.toFixed()}.`;
  if (value?.gt(maxNotional) === true)
    return `The order is worth ${value.toFixed()} ${quote}, more than the most of ${maxNotional.toFixed()}.`;
  return undefined;
};

const tooMany = (
  { type }: OrderIntent,
  { maxOpenOrders = Infinity, pair }: TradingRule,
  openOrders: number,
): string | undefined =>
  type !== 'market' && openOrders >= maxOpenOrders
    ? `${openOrders} orders are open in ${pair}, which takes ${maxOpenOrders} at most; cancel one first.`
    : undefined;

/**
 * The order, quantised to its market's rule. Its numbers are sound, see `requestRefusal`.
 *
 * @throws {@link ConnectorError} of kind `invalid_order` that says which value the exchange would
 * refuse, and why.
 */
export const prepareOrder = (
  asked: OrderIntent,
  rule: TradingRule,
  { rounding = 'passive', marketPrice, openOrders = 0 }: OrderConditions = {},
): OrderIntent => {
  complainIf(firstComplaint(checks, asked, rule));
  const intent = quantise(asked, rule, rounding);
  if (rounding === 'strict') complainIf(offStep({ intent, asked }));
  const bounds = limitsOf(rule, intent.type);
  complainIf(firstComplaint(limits, intent, bounds, rule));
  const isClosing = intent.positionAction === 'close';
  complainIf(valueComplaint(valueOf(intent, marketPrice), isClosing, bounds, rule.quote));
  complainIf(tooMany(intent, rule, openOrders));
  return intent;
};

const complainIf = (complaint: string | undefined): void => {
  if (complaint !== undefined) throw new ConnectorError('invalid_order', complaint);
};
