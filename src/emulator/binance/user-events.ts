import type { AccountBalance, EngineEvent } from '../engine/model.js';
import { isOpen } from '../engine/order-state.js';
import { expiryWords, selfTradeWords, sideWords, statusWords, typeWords } from './order-json.js';
import { decimalText, NONE } from './text.js';

type OrderEvent = Extract<EngineEvent, { type: 'order' }>;

const executionWords = {
  new: 'NEW',
  trade: 'TRADE',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  prevented: 'TRADE_PREVENTION',
  replaced: 'REPLACED',
} as const satisfies Record<OrderEvent['execution'], string>;

/** The fields of the execution itself, which are blank unless it is a trade. */
const executionFields = ({ trade }: OrderEvent) => ({
  l: trade ? decimalText(trade.amount) : NONE,
  L: trade ? decimalText(trade.price) : NONE,
  Y: trade ? decimalText(trade.quoteAmount) : NONE,
  n: trade ? decimalText(trade.fee.amount) : '0',
  N: trade ? trade.fee.asset : null,
  t: trade ? trade.tradeId : -1,
  m: trade?.isMaker ?? false,
  M: trade !== undefined,
});

/** A cancel shows its own id, an amendment the order's new one; both show the order's old one too. */
const idFields = ({ order, cancelId, previousClientOrderId }: OrderEvent) =>
  cancelId === undefined
    ? { c: order.clientOrderId, C: previousClientOrderId ?? '' }
    : { c: cancelId, C: order.clientOrderId };

/** Accounts of the emulator belong to no group of accounts. */
const NO_GROUP = -1;

/** What a prevented match took from the order, and what would have been traded. */
const preventionFields = ({ order, prevention }: OrderEvent) => {
  if (!prevention) return {};
  const { matchId, takerOrderId, makerOrderId, price, amount } = prevention;
  const isTaker = order.orderId === takerOrderId;
  return {
    v: matchId,
    A: decimalText(order.preventedAmount),
    B: decimalText(isTaker ? prevention.takerAmount : prevention.makerAmount),
    u: NO_GROUP,
    U: isTaker ? makerOrderId : takerOrderId,
    Cs: order.symbol,
    pl: decimalText(amount),
    pL: decimalText(price),
    pY: decimalText(price.multipliedBy(amount)),
  };
};

/** Source: Binance Spot API, user-data-stream.md, Order Update. */
const executionReport = (event: OrderEvent, now: number) => {
  const { order, execution, executionId, time } = event;
  return {
    e: 'executionReport',
    E: now,
    s: order.symbol,
    ...idFields(event),
    S: sideWords[order.side],
    o: typeWords[order.type],
    f: order.timeInForce,
    q: decimalText(order.amount),
    p: decimalText(order.price),
    P: NONE,
    F: NONE,
    g: -1,
    x: executionWords[execution],
    X: statusWords[order.status],
    r: 'NONE',
    i: order.orderId,
    z: decimalText(order.executedAmount),
    ...executionFields(event),
    T: time,
    I: executionId,
    w: isOpen(order),
    O: order.createdAt,
    Z: decimalText(order.executedQuote),
    Q: decimalText(order.quoteAmount),
    W: order.createdAt,
    V: selfTradeWords[order.selfTrade],
    ...preventionFields(event),
    ...(order.expiry ? { eR: expiryWords[order.expiry] } : {}),
  };
};

const balanceFields = (balances: ReadonlyMap<string, AccountBalance>) =>
  Array.from(balances, ([asset, { free, locked }]) => ({
    a: asset,
    f: decimalText(free),
    l: decimalText(locked),
  }));

/** What an account's own stream tells of an event; undefined where it is no business of the account. */
export const userEvent = (event: EngineEvent, accountId: string, now: number): unknown => {
  if (event.type === 'order' && event.order.accountId === accountId) {
    return executionReport(event, now);
  }
  // Source: Binance Spot API, user-data-stream.md, Account Update.
  if (event.type === 'balances' && event.accountId === accountId) {
    const { time, balances } = event;
    return { e: 'outboundAccountPosition', E: now, u: time, B: balanceFields(balances) };
  }
  // Source: Binance Spot API, user-data-stream.md, Balance Update.
  if (event.type === 'transfer' && event.accountId === accountId) {
    const { asset, amount, time } = event;
    return { e: 'balanceUpdate', E: now, a: asset, d: decimalText(amount), T: time };
  }
  return undefined;
};
