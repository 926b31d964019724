import { ceilTo, Decimal, floorTo, type DecimalInput } from '../core/decimal.js';
import { ConnectorError } from '../core/errors.js';
import type { OrderRequest, Side } from '../core/order.js';
import type { TradingRule } from '../core/trading-rule.js';
import type { OrderIntent } from './evidence.js';

/** What {@link prepareOrder} makes an order of. */
export interface OrderDraft {
  readonly side: Side;
  readonly request: OrderRequest;
  readonly clientOrderId: string;
  /** In ms since the epoch. */
  readonly now: number;
}

const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A program without types may hand in anything; that is a refused order, not an exception. Text is a
 * decimal number or none: `0x10` is a slip, not sixteen.
 */
const read = (input: DecimalInput): Decimal => {
  if (typeof input === 'string' && !decimalText.test(input.trim())) return new Decimal(NaN);
  try {
    return new Decimal(input);
  } catch {
    return new Decimal(NaN);
  }
};

/** The order that a request asks for, before any rule is looked at; NaN where a number is none. */
export const intentOf = ({ side, request, clientOrderId, now }: OrderDraft): OrderIntent => ({
  clientOrderId,
  pair: request.pair,
  side,
  type: request.type,
  ...(request.timeInForce === undefined ? {} : { timeInForce: request.timeInForce }),
  ...(request.price === undefined ? {} : { price: read(request.price) }),
  amount: read(request.amount),
  createdAt: now,
});

/** A buy's price goes down to a step and a sell's up, so that no limit is crossed; amounts go down. */
export const quantise = (intent: OrderIntent, rule: TradingRule): OrderIntent => {
  const { side, price, amount } = intent;
  const toStep = side === 'buy' ? floorTo : ceilTo;
  return {
    ...intent,
    amount: floorTo(amount, rule.amountStep),
    ...(price === undefined ? {} : { price: toStep(price, rule.priceStep) }),
  };
};

type Check = (intent: OrderIntent, rule: TradingRule) => string | undefined;

const isPositive = (value: Decimal | undefined): boolean =>
  value?.isFinite() === true && value.isPositive() && !value.isZero();

const checks: readonly Check[] = [
  ({ amount }) =>
    isPositive(amount)
      ? undefined
      : `The amount must be a number above zero, got ${amount.toFixed()}.`,
  ({ type, price }) =>
    type === 'market' || isPositive(price)
      ? undefined
      : `A ${type} order needs a price above zero, got ${price?.toFixed() ?? 'none'}.`,
  ({ type, price }) =>
    type === 'market' && price !== undefined
      ? `A market order takes no price, got ${price.toFixed()}.`
      : undefined,
  ({ type, timeInForce }) =>
    type !== 'limit' && timeInForce !== undefined
      ? `A ${type} order takes no time in force, got ${timeInForce}.`
      : undefined,
  (_, { tradable, pair }) => (tradable ? undefined : `${pair} takes no new orders now.`),
  ({ type }, { orderTypes, pair }) =>
    orderTypes.includes(type)
      ? undefined
      : `${pair} takes no ${type} orders, only ${orderTypes.join(', ')}.`,
];

const limits: readonly Check[] = [
  ({ amount }, { minAmount, maxAmount, amountStep }) =>
    amount.lt(minAmount) || amount.gt(maxAmount) || amount.isZero()
      ? `The amount ${amount.toFixed()} (in steps of ${amountStep.toFixed()}) is not within ${minAmount.toFixed()} and ${maxAmount.toFixed()}.`
      : undefined,
  ({ price }, { minPrice, maxPrice, priceStep }) =>
    price !== undefined && (price.lt(minPrice) || price.gt(maxPrice) || price.isZero())
      ? `The price ${price.toFixed()} (in steps of ${priceStep.toFixed()}) is not within ${minPrice.toFixed()} and ${maxPrice.toFixed()}.`
      : undefined,
  ({ price, amount }, { minNotional, quote }) =>
    price?.times(amount).lt(minNotional) === true
      ? `The order is worth ${price.times(amount).toFixed()} ${quote}, less than the least of ${minNotional.toFixed()}.`
      : undefined,
];

const firstComplaint = (
  list: readonly Check[],
  intent: OrderIntent,
  rule: TradingRule,
): string | undefined =>
  list.reduce<string | undefined>((found, check) => found ?? check(intent, rule), undefined);

/**
 * The order, quantised to its market's rule.
 *
 * @throws {@link ConnectorError} of kind `invalid_order` that says which value the exchange would
 * refuse, and why.
 */
export const prepareOrder = (intent: OrderIntent, rule: TradingRule): OrderIntent => {
  complainIf(firstComplaint(checks, intent, rule));
  const quantised = quantise(intent, rule);
  complainIf(firstComplaint(limits, quantised, rule));
  return quantised;
};

const complainIf = (complaint: string | undefined): void => {
  if (complaint !== undefined) throw new ConnectorError('invalid_order', complaint);
};
