import { refusal } from '../binance/api-error.js';
import { optionalMarket, requiredMarket } from '../binance/markets.js';
import type { SignedMethod } from '../binance/method.js';
import { badCombination, optional } from '../binance/params.js';
import { isTimed, readRange, within, type Range } from '../binance/ranges.js';
import { integer, limitUpTo, oneOf, invalid } from '../binance/readers.js';
import { decimalText } from '../binance/text.js';
import type { FuturesBackend } from './backend.js';
import { incomeTypes, type Income } from './income-book.js';
import { orderJson, tradeJson } from './order-json.js';

type Method = SignedMethod<FuturesBackend>;

const WEEK = 7 * 86_400_000;

const checkSpan = ({ startTime, endTime }: Range): void => {
  if (startTime === undefined || endTime === undefined) return;
  if (endTime < startTime) throw refusal(-4084, 'Invalid start time.');
  if (endTime - startTime > WEEK) {
    throw refusal(-4166, 'Search window is restricted to recent 90 days only.');
  }
};

/** The account's orders in a market. Source: Binance USD-M Futures API, All Orders (USER_DATA). */
export const allOrders: Method = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'startTime', 'endTime', 'limit'],
  weight: 5,
  run: (backend, sent) => {
    const { engine, account } = backend;
    const listing = requiredMarket(backend, sent);
    const range = readRange(sent, 'orderId');
    checkSpan(range);
    const orders = engine
      .orders(account.accountId)
      .filter(({ symbol }) => symbol === listing.symbol);
    const found = within(orders, range, (order) => ({ id: order.orderId, time: order.createdAt }));
    return found.map((order) => orderJson(listing, order));
  },
};

/**
 * The account's trades in a market.
 *
 * Source: Binance USD-M Futures API, Account Trade List (USER_DATA).
 */
export const userTrades: Method = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'fromId', 'startTime', 'endTime', 'limit'],
  weight: 5,
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { accountId } = account;
    const listing = requiredMarket(backend, sent);
    const { symbol } = listing;
    const orderId = optional(sent, 'orderId', integer);
    const range = readRange(sent, 'fromId');
    checkSpan(range);
    if (isTimed(range) && range.from !== undefined) throw badCombination();
    const trades = engine
      .trades(accountId, symbol)
      .filter((trade) => orderId === undefined || trade.orderId === orderId);
    const found = within(trades, range, (trade) => ({ id: trade.tradeId, time: trade.time }));
    return found.map((trade) =>
      tradeJson(listing, trade, engine.order(accountId, symbol, { orderId: trade.orderId }) ?? {}),
    );
  },
};

const incomeJson = (income: Income) => ({
  symbol: income.symbol,
  incomeType: income.type,
  income: decimalText(income.amount),
  asset: income.asset,
  info:
    income.type === 'COMMISSION' || income.type === 'REALIZED_PNL' ? income.tradeId : income.type,
  time: income.time,
  tranId: income.id,
  tradeId: income.tradeId,
});

/** What the account gained and lost. Source: Binance USD-M Futures API, Get Income History (USER_DATA). */
export const incomeHistory: Method = {
  security: 'USER_DATA',
  params: ['symbol', 'incomeType', 'startTime', 'endTime', 'page', 'limit'],
  weight: 30,
  run: (backend, sent) => {
    const market = optionalMarket(backend, sent);
    const type = optional(sent, 'incomeType', oneOf(incomeTypes, invalid));
    const limit = optional(sent, 'limit', limitUpTo(1000)) ?? 100;
    const page = optional(sent, 'page', integer) ?? 1;
    const { startTime = backend.now() - WEEK, endTime = Infinity } = readRange(sent);
    return backend.income
      .of(backend.account.accountId)
      .filter(({ time }) => time >= startTime && time <= endTime)
      .filter((income) => market === undefined || income.symbol === market.symbol)
      .filter((income) => type === undefined || income.type === type)
      .slice((page - 1) * limit, page * limit)
      .map(incomeJson);
  },
};
