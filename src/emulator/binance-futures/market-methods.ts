import { refusal } from '../binance/api-error.js';
import { optionalMarket, requiredMarket } from '../binance/markets.js';
import type { PublicMethod } from '../binance/method.js';
import { optional, type Sent } from '../binance/params.js';
import { readRange, within } from '../binance/ranges.js';
import { integer, limitUpTo } from '../binance/readers.js';
import type { AggregateTrade, TapeTrade } from '../binance/tape.js';
import { decimalText } from '../binance/text.js';
import type { BookDepth, Listing } from '../engine/model.js';
import type { FuturesBackend } from './backend.js';
import { amountText, priceText } from './text.js';

type Method = PublicMethod<FuturesBackend>;

// Source for all: Binance USD-M Futures API, Market Data Endpoints.

/**
 * The id of an update as futures show it: ids of one market are not consecutive there, so that only `pu`
 * tells what follows what.
 */
export const shownUpdateId = (updateId: number): number => updateId * 3;

/** The levels of a side, as texts. */
export const levelsJson = (listing: Listing, side: BookDepth['bids']) =>
  side.map(([price, amount]) => [priceText(listing, price), amountText(listing, amount)]);

const DEFAULT_DEPTH = 500;
const depths = [5, 10, 20, 50, 100, 500, 1000];

const depthLimit = (sent: Sent): number => {
  const limit = optional(sent, 'limit', integer) ?? DEFAULT_DEPTH;
  if (depths.includes(limit)) return limit;
  throw refusal(-4021, `${limit} is not valid depth limit.`);
};

const depthWeight = (sent: Sent): number => {
  const limit = Number(sent.get('limit') ?? DEFAULT_DEPTH);
  if (limit <= 50) return 2;
  if (limit <= 100) return 5;
  return limit <= 500 ? 10 : 20;
};

/** A book's best levels. */
export const depth: Method = {
  security: 'NONE',
  params: ['symbol', 'limit'],
  weight: depthWeight,
  run: (backend, sent) => {
    const listing = requiredMarket(backend, sent);
    const { updateId, bids, asks } = backend.engine.depth(listing.symbol, depthLimit(sent));
    const now = backend.now();
    return {
      lastUpdateId: shownUpdateId(updateId),
      E: now,
      T: now,
      bids: levelsJson(listing, bids),
      asks: levelsJson(listing, asks),
    };
  },
};

const tradeJson = (listing: Listing, trade: TapeTrade) => ({
  id: trade.tradeId,
  price: priceText(listing, trade.price),
  qty: amountText(listing, trade.amount),
  quoteQty: decimalText(trade.price.multipliedBy(trade.amount)),
  time: trade.time,
  isBuyerMaker: trade.buyerIsMaker,
  isRPITrade: false,
});

/** The latest trades of a market. */
export const recentTrades: Method = {
  security: 'NONE',
  params: ['symbol', 'limit'],
  weight: 5,
  run: (backend, sent) => {
    const listing = requiredMarket(backend, sent);
    const limit = optional(sent, 'limit', limitUpTo(1000)) ?? 500;
    const trades = backend.tape.trades(listing.symbol).slice(-limit);
    return trades.map((trade) => tradeJson(listing, trade));
  },
};

/** An aggregate trade without the heading that streams put before it; no order here is for retail only. */
export const aggregateJson = (listing: Listing, trade: AggregateTrade) => ({
  a: trade.id,
  p: priceText(listing, trade.price),
  q: amountText(listing, trade.amount),
  nq: amountText(listing, trade.amount),
  f: trade.firstId,
  l: trade.lastId,
  T: trade.time,
  m: trade.buyerIsMaker,
});

/** Trades of a market, those of one taker at one price as one. */
export const aggregateTrades: Method = {
  security: 'NONE',
  params: ['symbol', 'fromId', 'startTime', 'endTime', 'limit'],
  weight: 20,
  run: (backend, sent) => {
    const listing = requiredMarket(backend, sent);
    const all = backend.tape.aggregates(listing.symbol);
    const found = within(all, readRange(sent, 'fromId'), (one) => one);
    return found.map((trade) => aggregateJson(listing, trade));
  },
};

/** One item where `symbol` is sent, else a list of all. */
export const perMarket = (
  weights: readonly [one: number, all: number],
  read: (backend: FuturesBackend, listing: Listing) => unknown,
): Method => ({
  security: 'NONE',
  params: ['symbol'],
  weight: (sent) => weights[sent.has('symbol') ? 0 : 1],
  run: (backend, sent) => {
    const market = optionalMarket(backend, sent);
    if (market) return read(backend, market);
    return Array.from(backend.engine.listings.values(), (listing) => read(backend, listing));
  },
});

/** Mark and index price and the funding to come. Source: Mark Price. */
export const premiumIndex = perMarket([1, 10], ({ engine, now }, { symbol }) => {
  const { markPrice, indexPrice, fundingRate, nextFundingTime } = engine.terms(symbol);
  return {
    symbol,
    markPrice: decimalText(markPrice),
    indexPrice: decimalText(indexPrice),
    estimatedSettlePrice: decimalText(indexPrice),
    lastFundingRate: decimalText(fundingRate),
    interestRate: decimalText(engine.terms(symbol).interestRate),
    nextFundingTime,
    time: now(),
  };
});

/** The last price. Source: Symbol Price Ticker V2. */
export const tickerPrice = perMarket([1, 2], ({ engine, now }, listing) => {
  const { symbol } = listing;
  const price = engine.lastPrice(symbol) ?? engine.terms(symbol).markPrice;
  return { symbol, price: priceText(listing, price), time: now() };
});

/** The best level of each side; nothing is `0`. */
export const bestLevels = (listing: Listing, { bids, asks }: BookDepth) => {
  const [bidPrice = '0', bidQty = '0'] = levelsJson(listing, bids)[0] ?? [];
  const [askPrice = '0', askQty = '0'] = levelsJson(listing, asks)[0] ?? [];
  return { bidPrice, bidQty, askPrice, askQty };
};

/** The best level of each side. Source: Symbol Order Book Ticker. */
export const tickerBook = perMarket([2, 5], ({ engine, now }, listing) => ({
  symbol: listing.symbol,
  ...bestLevels(listing, engine.depth(listing.symbol, 1)),
  time: now(),
}));
