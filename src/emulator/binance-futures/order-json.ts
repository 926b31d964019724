import { ZERO } from '../../core/decimal.js';
import { sideWords } from '../binance/order-json.js';
import { decimalText } from '../binance/text.js';
import type { AccountTrade, EngineOrder, Listing } from '../engine/model.js';
import { isReducing } from '../engine/margin/settlement.js';
import { amountText, priceText } from './text.js';
import { statusWords } from '../binance/order-json.js';
import { positionSideWords, selfTradeWord, timeInForceWord, typeWords } from './words.js';

/** What an order was filled at on average; zero before that. */
export const averagePriceText = ({ executedAmount, executedQuote }: EngineOrder): string =>
  (executedAmount.isZero() ? ZERO : executedQuote.dividedBy(executedAmount)).toFixed(5);

/** What every kind of answer says of an order. */
const facts = (listing: Listing, order: EngineOrder) => ({
  orderId: order.orderId,
  symbol: order.symbol,
  status: statusWords[order.status],
  clientOrderId: order.clientOrderId,
  price: priceText(listing, order.price),
  origQty: amountText(listing, order.amount),
  executedQty: amountText(listing, order.executedAmount),
  timeInForce: timeInForceWord(order),
  type: typeWords[order.type],
  // In hedge mode what closes can do nothing else.
  reduceOnly: isReducing(order),
  closePosition: false,
  side: sideWords[order.side],
  positionSide: positionSideWords[order.positionSide ?? 'both'],
  stopPrice: priceText(listing, ZERO),
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  origType: typeWords[order.type],
  priceMatch: 'NONE',
  selfTradePreventionMode: selfTradeWord(order),
  goodTillDate: 0,
  updateTime: order.updatedAt,
});

/**
 * An order as the answer to a placement or a cancel.
 *
 * Source: Binance USD-M Futures API, New Order (TRADE); Change Log of 2026-07-15 for what is not told any more.
 */
export const ackJson = (listing: Listing, order: EngineOrder) => ({
  ...facts(listing, order),
  cumQty: amountText(listing, order.executedAmount),
});

/** An order as a query shows it. Source: Binance USD-M Futures API, Query Order (USER_DATA). */
export const orderJson = (listing: Listing, order: EngineOrder) => ({
  ...facts(listing, order),
  avgPrice: averagePriceText(order),
  cumQuote: decimalText(order.executedQuote),
  time: order.createdAt,
});

/** A trade of the account. Source: Binance USD-M Futures API, Account Trade List (USER_DATA). */
export const tradeJson = (
  listing: Listing,
  trade: AccountTrade,
  { positionSide }: Pick<EngineOrder, 'positionSide'>,
) => ({
  symbol: trade.symbol,
  id: trade.tradeId,
  orderId: trade.orderId,
  side: sideWords[trade.side],
  positionSide: positionSideWords[positionSide ?? 'both'],
  price: priceText(listing, trade.price),
  qty: amountText(listing, trade.amount),
  quoteQty: decimalText(trade.quoteAmount),
  realizedPnl: decimalText(trade.realizedPnl ?? ZERO),
  commission: decimalText(trade.fee.amount),
  commissionAsset: trade.fee.asset,
  time: trade.time,
  buyer: trade.side === 'buy',
  maker: trade.isMaker,
});
