import { ZERO } from '../../core/decimal.js';
import { sideWords } from '../binance/order-json.js';
import { decimalText } from '../binance/text.js';
import type { EngineEvent, Listing } from '../engine/model.js';
import type { AccountReason, PerpetualEngine, Position } from '../engine/margin/model.js';
import { LIQUIDATION_PREFIX } from '../engine/margin/liquidation.js';
import { isReducing } from '../engine/margin/settlement.js';
import { averagePriceText } from './order-json.js';
import { amountText, priceText } from './text.js';
import { statusWords } from '../binance/order-json.js';
import { positionSideWords, selfTradeWord, timeInForceWord, typeWords } from './words.js';

type OrderEvent = Extract<EngineEvent, { readonly type: 'order' }>;
type AccountEvent = Extract<EngineEvent, { readonly type: 'account' }>;

/** Source: Binance USD-M Futures API, Event: Order Update. */
const executionWord = ({ execution, order }: OrderEvent): string => {
  switch (execution) {
    case 'new':
      return 'NEW';
    case 'canceled':
      return 'CANCELED';
    case 'trade':
      return order.clientOrderId.startsWith(LIQUIDATION_PREFIX) ? 'CALCULATED' : 'TRADE';
    case 'replaced':
      return 'AMENDMENT';
    case 'expired':
    case 'prevented':
      return 'EXPIRED';
  }
};

/**
 * Why an order expired. What rests and expires by itself may only close a position, and others close that already.
 *
 * Source: Binance USD-M Futures API, Event: Order Update, Expiry Reason.
 */
const expiryReason = ({ execution, order }: OrderEvent): string => {
  if (execution === 'prevented') return '1';
  if (execution !== 'expired') return '0';
  switch (order.expiry) {
    case undefined:
      return '4';
    case 'ioc_rest':
      return '2';
    case 'no_liquidity':
      return '9';
    default:
      return '0';
  }
};

/** A fee is told of where there is a trade, and at no other time. */
const tradeFields = (listing: Listing, { trade }: OrderEvent) => ({
  l: amountText(listing, trade?.amount ?? ZERO),
  L: priceText(listing, trade?.price ?? ZERO),
  ...(trade ? { N: trade.fee.asset, n: decimalText(trade.fee.amount) } : {}),
  t: trade?.tradeId ?? 0,
  m: trade?.isMaker ?? false,
  rp: decimalText(trade?.realizedPnl ?? ZERO),
});

const orderUpdate = (listing: Listing, event: OrderEvent, now: number) => {
  const { order, time } = event;
  return {
    e: 'ORDER_TRADE_UPDATE',
    E: now,
    T: time,
    o: {
      s: order.symbol,
      c: order.clientOrderId,
      S: sideWords[order.side],
      o: typeWords[order.type],
      f: timeInForceWord(order),
      q: amountText(listing, order.amount),
      p: priceText(listing, order.price),
      ap: averagePriceText(order),
      sp: '0',
      x: executionWord(event),
      X: statusWords[order.status],
      i: order.orderId,
      ...(event.modifyId === undefined ? {} : { M: event.modifyId }),
      z: amountText(listing, order.executedAmount),
      ...tradeFields(listing, event),
      T: time,
      b: '0',
      a: '0',
      R: isReducing(order),
      wt: 'CONTRACT_PRICE',
      ot: typeWords[order.type],
      ps: positionSideWords[order.positionSide ?? 'both'],
      cp: false,
      pP: false,
      si: 0,
      ss: 0,
      V: selfTradeWord(order),
      pm: 'NONE',
      gtd: 0,
      er: expiryReason(event),
    },
  };
};

/** A trade in short, before it is told in full. Source: Binance USD-M Futures API, Event: Trade Lite. */
const tradeLite = (listing: Listing, { order, trade, time }: OrderEvent, now: number) =>
  trade && {
    e: 'TRADE_LITE',
    E: now,
    T: time,
    s: order.symbol,
    q: amountText(listing, order.amount),
    p: priceText(listing, order.price),
    m: trade.isMaker,
    c: order.clientOrderId,
    S: sideWords[order.side],
    L: priceText(listing, trade.price),
    l: amountText(listing, trade.amount),
    t: trade.tradeId,
    i: order.orderId,
  };

/** Source: Binance USD-M Futures API, Event: Balance and Position Update. */
const reasonWords = {
  order: 'ORDER',
  funding: 'FUNDING_FEE',
  deposit: 'DEPOSIT',
  withdraw: 'WITHDRAW',
  insurance: 'INSURANCE_CLEAR',
} as const satisfies Record<AccountReason, string>;

const positionFields = (position: Position) => ({
  s: position.symbol,
  pa: position.amount.toFixed(),
  ep: position.entryPrice.toFixed(),
  bep: position.entryPrice.toFixed(),
  cr: decimalText(position.realizedPnl),
  up: decimalText(position.unrealizedPnl),
  mt: 'cross',
  iw: '0',
  ps: positionSideWords[position.side],
});

/** What changed of an account, and nothing else. */
const accountUpdate = (event: AccountEvent, now: number) => {
  const { reason, wallets, change, positions, time } = event;
  return {
    e: 'ACCOUNT_UPDATE',
    E: now,
    T: time,
    a: {
      m: reasonWords[reason],
      B: Array.from(wallets, ([asset, wallet]) => ({
        a: asset,
        wb: decimalText(wallet),
        cw: decimalText(wallet),
        bc: decimalText(change),
      })),
      P: positions.map(positionFields),
    },
  };
};

/** Source: Binance USD-M Futures API, Event: Margin Call. */
const marginCall = (
  engine: PerpetualEngine,
  event: Extract<EngineEvent, { readonly type: 'margin_call' }>,
  now: number,
) => ({
  e: 'MARGIN_CALL',
  E: now,
  cw: decimalText(event.wallet),
  p: event.positions.map((position) => ({
    s: position.symbol,
    ps: positionSideWords[position.side],
    pa: position.amount.toFixed(),
    mt: 'CROSSED',
    iw: '0',
    mp: decimalText(engine.terms(position.symbol).markPrice),
    up: decimalText(position.unrealizedPnl),
    mm: decimalText(engine.marketMargin(event.accountId, position.symbol).maintenanceMargin),
  })),
});

/** Whom events are told, and how. */
export interface Hearer {
  readonly engine: PerpetualEngine;
  readonly accountId: string;
  readonly tradeLite: boolean;
  readonly now: number;
}

/** What an account's own stream tells of an event: nothing where it is no business of the account. */
export const userEvents = (event: EngineEvent, hearer: Hearer): readonly unknown[] => {
  const { engine, accountId, now } = hearer;
  switch (event.type) {
    case 'order': {
      const listing = engine.listings.get(event.order.symbol);
      if (event.order.accountId !== accountId || !listing) return [];
      const lite = hearer.tradeLite ? tradeLite(listing, event, now) : undefined;
      return [...(lite ? [lite] : []), orderUpdate(listing, event, now)];
    }
    case 'account':
      return event.accountId === accountId ? [accountUpdate(event, now)] : [];
    case 'leverage': {
      if (event.accountId !== accountId) return [];
      const ac = { s: event.symbol, l: event.leverage };
      return [{ e: 'ACCOUNT_CONFIG_UPDATE', E: now, T: event.time, ac }];
    }
    case 'margin_call':
      return event.accountId === accountId ? [marginCall(engine, event, now)] : [];
    default:
      return [];
  }
};
