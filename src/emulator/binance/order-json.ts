import type { OrderType, Side } from '../../core/order.js';
import type {
  AccountTrade,
  EngineOrder,
  OrderStatus,
  Placement,
  PreventedMatch,
  SelfTradeMode,
} from '../engine/model.js';
import { decimalText, NONE } from './text.js';

// Source for all words: Binance Spot API, enums.md.

/** A side. */
export const sideWords = { buy: 'BUY', sell: 'SELL' } as const satisfies Record<Side, string>;

/** A type of order. */
export const typeWords = {
  limit: 'LIMIT',
  limit_maker: 'LIMIT_MAKER',
  market: 'MARKET',
} as const satisfies Record<OrderType, string>;

/** Where an order stands. */
export const statusWords = {
  new: 'NEW',
  partially_filled: 'PARTIALLY_FILLED',
  filled: 'FILLED',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  expired_in_match: 'EXPIRED_IN_MATCH',
} as const satisfies Record<OrderStatus, string>;

/** How an order avoids trades with its own account. */
export const selfTradeWords = {
  none: 'NONE',
  expire_taker: 'EXPIRE_TAKER',
  expire_maker: 'EXPIRE_MAKER',
  expire_both: 'EXPIRE_BOTH',
  decrement: 'DECREMENT',
  transfer: 'TRANSFER',
} as const satisfies Record<SelfTradeMode, string>;

/** Why an order expired. */
export const expiryWords = {
  ioc_rest: 'UNFILLED_IOC_QUANTITY_EXPIRED',
  fok: 'UNFILLED_FOK_ORDER_EXPIRED',
  no_liquidity: 'INSUFFICIENT_LIQUIDITY',
  price_range: 'EXECUTION_RULE_PRICE_RANGE_EXCEEDED',
} as const satisfies Record<NonNullable<EngineOrder['expiry']>, string>;

const expiry = (order: EngineOrder) =>
  order.expiry ? { expiryReason: expiryWords[order.expiry] } : {};

const prevention = ({ preventedMatchId, preventedAmount }: EngineOrder) =>
  preventedMatchId === undefined
    ? {}
    : { preventedMatchId, preventedQuantity: decimalText(preventedAmount) };

/** What every kind of answer says of an order, apart from its ids. */
const facts = (order: EngineOrder) => ({
  price: decimalText(order.price),
  origQty: decimalText(order.amount),
  executedQty: decimalText(order.executedAmount),
  origQuoteOrderQty: decimalText(order.quoteAmount),
  // Binance's own spelling.
  cummulativeQuoteQty: decimalText(order.executedQuote),
  status: statusWords[order.status],
  timeInForce: order.timeInForce,
  type: typeWords[order.type],
  side: sideWords[order.side],
  selfTradePreventionMode: selfTradeWords[order.selfTrade],
  ...prevention(order),
});

/** An order as a query shows it. Orders without a trigger work from their creation. */
export const orderJson = (order: EngineOrder) => ({
  symbol: order.symbol,
  orderId: order.orderId,
  orderListId: -1,
  clientOrderId: order.clientOrderId,
  ...facts(order),
  stopPrice: NONE,
  icebergQty: NONE,
  time: order.createdAt,
  updateTime: order.updatedAt,
  isWorking: true,
  workingTime: order.createdAt,
  ...expiry(order),
});

const fillJson = ({ price, amount, fee, tradeId }: AccountTrade) => ({
  price: decimalText(price),
  qty: decimalText(amount),
  commission: decimalText(fee.amount),
  commissionAsset: fee.asset,
  tradeId,
});

/** What a prevented match took from its taker and from its maker, where it took something. */
export const preventedQuantities = ({ takerAmount, makerAmount }: PreventedMatch) => ({
  ...(takerAmount.isZero() ? {} : { takerPreventedQuantity: decimalText(takerAmount) }),
  ...(makerAmount.isZero() ? {} : { makerPreventedQuantity: decimalText(makerAmount) }),
});

const placementMatchJson = (match: PreventedMatch) => ({
  preventedMatchId: match.matchId,
  makerSymbol: match.symbol,
  makerOrderId: match.makerOrderId,
  price: decimalText(match.price),
  ...preventedQuantities(match),
});

/** How much a placement tells. */
export type ResponseType = 'ACK' | 'RESULT' | 'FULL';

/** The answer to a placement. */
export const placementJson = (placement: Placement, type: ResponseType) => {
  const { order, trades, preventedMatches } = placement;
  const ack = {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: -1,
    clientOrderId: order.clientOrderId,
    transactTime: order.updatedAt,
  };
  if (type === 'ACK') return ack;
  const result = { ...ack, ...facts(order), workingTime: order.createdAt, ...expiry(order) };
  if (type === 'RESULT') return result;
  const fills = trades.map(fillJson);
  return preventedMatches.length === 0
    ? { ...result, fills }
    : { ...result, fills, preventedMatches: preventedMatches.map(placementMatchJson) };
};

/** The answer to a cancel: `clientOrderId` is the cancel's own id. */
export const canceledJson = (order: EngineOrder, cancelId: string) => ({
  symbol: order.symbol,
  origClientOrderId: order.clientOrderId,
  orderId: order.orderId,
  orderListId: -1,
  clientOrderId: cancelId,
  transactTime: order.updatedAt,
  ...facts(order),
});

/** A trade of the account. */
export const accountTradeJson = (trade: AccountTrade) => ({
  symbol: trade.symbol,
  id: trade.tradeId,
  orderId: trade.orderId,
  orderListId: -1,
  price: decimalText(trade.price),
  qty: decimalText(trade.amount),
  quoteQty: decimalText(trade.quoteAmount),
  commission: decimalText(trade.fee.amount),
  commissionAsset: trade.fee.asset,
  time: trade.time,
  isBuyer: trade.side === 'buy',
  isMaker: trade.isMaker,
  isBestMatch: true,
});
