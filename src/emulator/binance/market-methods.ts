import type { BookDepth, Listing } from '../engine/model.js';
import { refusal } from './api-error.js';
import type { Backend } from './backend.js';
import { hasStatus, readStatus, type StatusWord } from './market-status.js';
import { namedMarkets, requiredMarket } from './markets.js';
import type { PublicMethod } from './method.js';
import { optional, type Sent } from './params.js';
import { readRange, within } from './ranges.js';
import { integer, limitUpTo } from './readers.js';
import type { AggregateTrade, TapeTrade } from './tape.js';
import { decimalText, NONE } from './text.js';

const DEFAULT_DEPTH = 100;
const MAX_DEPTH = 5000;
const DEFAULT_TRADES = 500;
const MAX_TRADES = 1000;

// Source for all: Binance Spot API, rest-api.md, General endpoints and Market Data endpoints.

/** Nothing but an answer. */
export const ping: PublicMethod = { security: 'NONE', params: [], weight: 1, run: () => ({}) };

/** The exchange's clock. */
export const serverTime: PublicMethod = {
  security: 'NONE',
  params: [],
  weight: 1,
  run: ({ now }) => ({ serverTime: now() }),
};

/** A book's best levels, as a snapshot shows them. */
export const depthJson = ({ updateId, bids, asks }: BookDepth): unknown => {
  const levels = (side: BookDepth['bids']) =>
    side.map(([price, amount]) => [decimalText(price), decimalText(amount)]);
  return { lastUpdateId: updateId, bids: levels(bids), asks: levels(asks) };
};

const checkStatus = (listing: Listing, status: StatusWord | undefined): void => {
  if (hasStatus(status)(listing)) return;
  throw refusal(-1220, "The symbol's status does not match the requested symbolStatus.");
};

const depthWeight = (sent: Sent): number => {
  const limit = Number(sent.get('limit') ?? DEFAULT_DEPTH);
  if (limit <= 100) return 5;
  if (limit <= 500) return 25;
  return limit <= 1000 ? 50 : 250;
};

/** A book's best levels. */
export const depth: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'limit', 'symbolStatus'],
  weight: depthWeight,
  run: (backend, sent) => {
    const listing = requiredMarket(backend, sent);
    const limit = optional(sent, 'limit', limitUpTo(MAX_DEPTH)) ?? DEFAULT_DEPTH;
    checkStatus(listing, optional(sent, 'symbolStatus', readStatus));
    return depthJson(backend.engine.depth(listing.symbol, limit));
  },
};

const tradeJson = ({ tradeId, price, amount, time: at, buyerIsMaker }: TapeTrade) => ({
  id: tradeId,
  price: decimalText(price),
  qty: decimalText(amount),
  quoteQty: decimalText(price.multipliedBy(amount)),
  time: at,
  isBuyerMaker: buyerIsMaker,
  isBestMatch: true,
});

const tradeLimit = (sent: Sent): number =>
  optional(sent, 'limit', limitUpTo(MAX_TRADES)) ?? DEFAULT_TRADES;

/** The latest trades of a market. */
export const recentTrades: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'limit'],
  weight: 25,
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    return backend.tape.trades(symbol).slice(-tradeLimit(sent)).map(tradeJson);
  },
};

/** The trades of a market from a given one on. */
export const historicalTrades: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'limit', 'fromId'],
  weight: 25,
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const limit = tradeLimit(sent);
    const fromId = optional(sent, 'fromId', integer);
    const trades = backend.tape.trades(symbol);
    if (fromId === undefined) return trades.slice(-limit).map(tradeJson);
    return trades
      .filter(({ tradeId }) => tradeId >= fromId)
      .slice(0, limit)
      .map(tradeJson);
  },
};

/** An aggregate trade without the heading that streams put before it. */
export const aggregateJson = (trade: AggregateTrade) => ({
  a: trade.id,
  p: decimalText(trade.price),
  q: decimalText(trade.amount),
  f: trade.firstId,
  l: trade.lastId,
  T: trade.time,
  m: trade.buyerIsMaker,
  M: true,
});

/** Trades of a market, those of one taker at one price as one. */
export const aggregateTrades: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'fromId', 'startTime', 'endTime', 'limit'],
  weight: 4,
  run: (backend, sent) => {
    const { symbol } = requiredMarket(backend, sent);
    const found = within(backend.tape.aggregates(symbol), readRange(sent, 'fromId'), (one) => one);
    return found.map(aggregateJson);
  },
};

/** One item where `symbol` is sent, else a list. */
const ticker = (read: (backend: Backend, listing: Listing) => unknown): PublicMethod => ({
  security: 'NONE',
  params: ['symbol', 'symbols', 'symbolStatus'],
  weight: (sent) => (sent.has('symbol') ? 2 : 4),
  run: (backend, sent) => {
    const status = optional(sent, 'symbolStatus', readStatus);
    const [first, ...others] = namedMarkets(backend, sent);
    if (first && sent.has('symbol')) {
      checkStatus(first, status);
      return read(backend, first);
    }
    return [...(first ? [first] : []), ...others]
      .filter(hasStatus(status))
      .map((listing) => read(backend, listing));
  },
});

/** The last price of one market or of several. */
export const tickerPrice = ticker(({ engine }, { symbol }) => {
  const price = engine.lastPrice(symbol);
  return { symbol, price: price ? decimalText(price) : NONE };
});

/** The best level of each side. */
export const bestLevels = ({ bids, asks }: BookDepth) => {
  const [bidPrice = NONE, bidQty = NONE] = bids[0]?.map(decimalText) ?? [];
  const [askPrice = NONE, askQty = NONE] = asks[0]?.map(decimalText) ?? [];
  return { bidPrice, bidQty, askPrice, askQty };
};

/** The best level of each side of one book or of several. */
export const tickerBook = ticker(({ engine }, { symbol }) => ({
  symbol,
  ...bestLevels(engine.depth(symbol, 1)),
}));
