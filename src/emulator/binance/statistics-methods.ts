import type { Listing } from '../engine/listing.js';
import { ZERO } from '../../core/decimal.js';
import { refusal } from './api-error.js';
import { averagePrice } from './average-price.js';
import type { Backend } from './backend.js';
import { bestLevels } from './market-methods.js';
import { namedMarkets, requiredMarket } from './markets.js';
import type { PublicMethod } from './method.js';
import { optional, type Sent } from './params.js';
import { oneOf } from './readers.js';
import { decimalText, NONE } from './text.js';
import { summaryOf, type TradeSummary } from './trade-summary.js';

const DAY = 86_400_000;
const USUAL_MINUTES = 5;

/** What a base unit costs on average. Source: Binance Spot API, rest-api.md, Current average price. */
export const currentAveragePrice: PublicMethod = {
  security: 'NONE',
  params: ['symbol'],
  weight: 2,
  run: (backend, sent) => {
    const { symbol, restrictions } = requiredMarket(backend, sent);
    const mins = restrictions?.averageMinutes ?? USUAL_MINUTES;
    const price = averagePrice(backend, symbol, mins);
    return {
      mins,
      price: price ? decimalText(price) : NONE,
      closeTime: backend.tape.trades(symbol).at(-1)?.time ?? 0,
    };
  },
};

/** Where the market stood before the first of these trades. */
const priceBefore = ({ tape }: Backend, { first }: TradeSummary): string => {
  const trades = tape.trades(first.symbol);
  const before = trades[trades.indexOf(first) - 1];
  return before ? decimalText(before.price) : NONE;
};

const miniJson = (summary: TradeSummary | undefined) => ({
  lastPrice: summary ? decimalText(summary.last.price) : NONE,
  openPrice: summary ? decimalText(summary.first.price) : NONE,
  highPrice: summary ? decimalText(summary.high) : NONE,
  lowPrice: summary ? decimalText(summary.low) : NONE,
  volume: decimalText(summary?.amount ?? ZERO),
  quoteVolume: decimalText(summary?.value ?? ZERO),
});

const changeJson = (backend: Backend, summary: TradeSummary | undefined) => {
  const change = summary ? summary.last.price.minus(summary.first.price) : ZERO;
  const percent = summary ? change.dividedBy(summary.first.price).multipliedBy(100) : ZERO;
  const average = summary ? summary.value.dividedBy(summary.amount) : ZERO;
  return {
    priceChange: decimalText(change),
    priceChangePercent: percent.toFixed(3),
    weightedAvgPrice: decimalText(average),
    prevClosePrice: summary ? priceBefore(backend, summary) : NONE,
    lastQty: summary ? decimalText(summary.last.amount) : NONE,
  };
};

const dayJson = (backend: Backend, { symbol }: Listing, isMini: boolean) => {
  const { engine, tape, now } = backend;
  const closeTime = now();
  const openTime = closeTime - DAY;
  const summary = summaryOf(tape.trades(symbol).filter(({ time }) => time > openTime));
  return {
    symbol,
    ...(isMini ? {} : changeJson(backend, summary)),
    ...(isMini ? {} : bestLevels(engine.depth(symbol, 1))),
    ...miniJson(summary),
    openTime,
    closeTime,
    firstId: summary?.first.tradeId ?? -1,
    lastId: summary?.last.tradeId ?? -1,
    count: summary?.count ?? 0,
  };
};

const dayWeight = (sent: Sent): number => {
  const count = sent.get('symbols')?.split(',').length;
  if (sent.has('symbol') || (count !== undefined && count <= 20)) return 2;
  return count !== undefined && count <= 100 ? 40 : 80;
};

const readTickerType = oneOf(['FULL', 'MINI'], () => refusal(-1139, 'Invalid ticker type.'));

/**
 * What a market did in the last 24 hours, as far as its tape goes back.
 *
 * Source: Binance Spot API, rest-api.md, 24hr ticker price change statistics.
 */
export const ticker24hr: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'symbols', 'type'],
  weight: dayWeight,
  run: (backend, sent) => {
    const isMini = optional(sent, 'type', readTickerType) === 'MINI';
    const items = namedMarkets(backend, sent).map((market) => dayJson(backend, market, isMini));
    return sent.has('symbol') ? items[0] : items;
  },
};
