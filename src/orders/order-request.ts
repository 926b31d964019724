import { Decimal, decimalOf } from '../core/decimal.js';
import { ConnectorError } from '../core/errors.js';
import {
  selfTradePreventions,
  type OrderRequest,
  type OrderType,
  type Side,
  type TimeInForce,
} from '../core/order.js';
import type { PositionAction } from '../core/position.js';
import type { OrderIntent } from './evidence.js';

/** What an order is made of. */
export interface OrderDraft {
  readonly side: Side;
  readonly request: OrderRequest;
  readonly clientOrderId: string;
  /** In ms since the epoch. */
  readonly now: number;
}

const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** No price and no amount has more digits. Text of a size out of this world would take a while to read. */
const LONGEST_TEXT = 100;

/**
 * A program without types may hand in anything; that is a refused order, not an exception. Text is a
 * decimal number or none: `0x10` is a slip, not sixteen.
 */
const read = (input: unknown): Decimal => {
  if (typeof input === 'string' && (input.length > LONGEST_TEXT || !decimalText.test(input.trim())))
    return new Decimal(NaN);
  try {
    return typeof input === 'string' ? decimalOf(input) : new Decimal(input as Decimal);
  } catch {
    return new Decimal(NaN);
  }
};

/** The order that a request asks for, before any rule is looked at; NaN where a number is none. */
export const intentOf = ({ side, request, clientOrderId, now }: OrderDraft): OrderIntent => {
  const { pair, type, amount, quoteAmount, price, timeInForce, selfTradePrevention } = request;
  const { positionAction } = request;
  return {
    clientOrderId,
    ...(request.clientOrderId === undefined ? {} : { isIdChosen: true }),
    pair,
    side,
    type,
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(selfTradePrevention === undefined ? {} : { selfTradePrevention }),
    ...(positionAction === undefined ? {} : { positionAction }),
    ...(price === undefined ? {} : { price: read(price) }),
    ...(quoteAmount === undefined ? { amount: read(amount) } : { quoteAmount: read(quoteAmount) }),
    createdAt: now,
  };
};

const types: readonly OrderType[] = ['limit', 'limit_maker', 'market'];
const timesInForce: readonly TimeInForce[] = ['GTC', 'IOC', 'FOK'];
const positionActions: readonly PositionAction[] = ['open', 'close'];

/** A value of whatever type in an error's text. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, LONGEST_TEXT));
  if (Decimal.isBigNumber(value)) return value.toString();
  const isPlain = value === null || ['number', 'boolean', 'undefined'].includes(typeof value);
  return isPlain ? String(value) : `a value of type ${typeof value}`;
};

/** Powers of ten beyond which nothing is traded; numbers far beyond them would take minutes to round. */
const LARGEST_POWER = 30;

const isPositive = (input: unknown): boolean => {
  const value = read(input);
  return value.gt(0) && value.isFinite() && Math.abs(value.e ?? 0) <= LARGEST_POWER;
};

type Check = (request: OrderRequest) => string | undefined;

const checks: readonly Check[] = [
  ({ type }) =>
    types.includes(type)
      ? undefined
      : `The type must be one of ${types.join(', ')}, got ${shown(type)}.`,
  ({ amount, quoteAmount }) =>
    quoteAmount === undefined || (amount as unknown) === undefined
      ? undefined
      : `An order's size is its amount or its quoteAmount, got both: ${shown(amount)} and ${shown(quoteAmount)}.`,
  ({ type, quoteAmount }) =>
    quoteAmount === undefined || type === 'market'
      ? undefined
      : `Only a market order's size may be told as quoteAmount, got ${shown(quoteAmount)} with type ${type}.`,
  ({ amount, quoteAmount }) =>
    quoteAmount !== undefined || isPositive(amount)
      ? undefined
      : `The amount must be a number above zero, got ${shown(amount)}.`,
  ({ quoteAmount }) =>
    quoteAmount === undefined || isPositive(quoteAmount)
      ? undefined
      : `The quoteAmount must be a number above zero, got ${shown(quoteAmount)}.`,
  ({ type, price }) =>
    type === 'market' || isPositive(price)
      ? undefined
      : `A ${type} order needs a price above zero, got ${shown(price)}.`,
  ({ type, price }) =>
    type === 'market' && price !== undefined
      ? `A market order takes no price, got ${shown(price)}.`
      : undefined,
  ({ timeInForce }) =>
    timeInForce === undefined || timesInForce.includes(timeInForce)
      ? undefined
      : `The time in force must be one of ${timesInForce.join(', ')}, got ${shown(timeInForce)}.`,
  ({ type, timeInForce }) =>
    type !== 'limit' && timeInForce !== undefined
      ? `A ${type} order takes no time in force, got ${timeInForce}.`
      : undefined,
  ({ selfTradePrevention: mode }) =>
    mode === undefined || selfTradePreventions.includes(mode)
      ? undefined
      : `The self-trade prevention must be one of ${selfTradePreventions.join(', ')}, got ${shown(mode)}.`,
  ({ positionAction: action }) =>
    action === undefined || positionActions.includes(action)
      ? undefined
      : `The position action must be one of ${positionActions.join(', ')}, got ${shown(action)}.`,
];

/** The first complaint about a value, of those that a list of checks may have. */
export const firstComplaint = <Args extends readonly unknown[]>(
  list: readonly ((...args: Args) => string | undefined)[],
  ...args: Args
): string | undefined => {
  for (const check of list) {
    const complaint = check(...args);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
};

/** What is wrong with a request in any market, whatever a program without types hands in. */
export const requestRefusal = (request: OrderRequest): ConnectorError | undefined => {
  const pair: unknown = request.pair;
  if (typeof pair !== 'string' || !/.-./.test(pair))
    return new ConnectorError(
      'not_supported',
      `A pair is written as base, hyphen, quote, such as BTC-USDT; got ${shown(pair)}.`,
    );
  const complaint = firstComplaint(checks, request);
  return complaint === undefined ? undefined : new ConnectorError('invalid_order', complaint);
};
