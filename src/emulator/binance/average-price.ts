import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Listing } from '../engine/model.js';
import type { Backend } from './backend.js';

const MINUTE = 60_000;

/**
 * What a base unit cost on average in the last minutes; the last price where there was no trade or
 * the average is over no time. Undefined before the first trade.
 *
 * Source: Binance Spot API, filters.md, PERCENT_PRICE; rest-api.md, Current average price.
 */
export const averagePrice = (
  { engine, tape, now }: Backend,
  symbol: string,
  minutes: number,
): Decimal | undefined => {
  const since = now() - minutes * MINUTE;
  let amount = ZERO;
  let value = ZERO;
  for (const trade of minutes === 0 ? [] : tape.trades(symbol).toReversed()) {
    if (trade.time <= since) break;
    amount = amount.plus(trade.amount);
    value = value.plus(trade.price.multipliedBy(trade.amount));
  }
  return amount.isZero() ? engine.lastPrice(symbol) : value.dividedBy(amount);
};

/**
 * The price by which filters judge others, as far as there is one.
 *
 * Source: Binance Spot API, CHANGELOG.md of 2026-05-06: the reference price goes before the average.
 */
export const judgingPrice = (backend: Backend, listing: Listing): Decimal | undefined =>
  listing.referencePrice ??
  averagePrice(backend, listing.symbol, listing.restrictions?.averageMinutes ?? 0);
