import type { Listing } from '../engine/model.js';
import { refusal } from './api-error.js';
import { hasStatus, readStatus } from './market-status.js';
import { namedMarkets, requiredMarket } from './markets.js';
import type { PublicMethod } from './method.js';
import { badCombination, optional, type Sent } from './params.js';
import { decimalText } from './text.js';

const EACH = 2;
const MOST = 40;

const weight = (sent: Sent): number => {
  if (sent.has('symbol')) return EACH;
  const count = sent.get('symbols')?.split(',').length ?? Infinity;
  return Math.min(MOST, EACH * count);
};

/** A bound that a market does not have is left out. */
const rulesOf = ({ priceRange }: Listing): readonly unknown[] =>
  priceRange
    ? [
        {
          ruleType: 'PRICE_RANGE',
          bidLimitMultUp: priceRange.buy.up?.toFixed(),
          bidLimitMultDown: priceRange.buy.down?.toFixed(),
          askLimitMultUp: priceRange.sell.up?.toFixed(),
          askLimitMultDown: priceRange.sell.down?.toFixed(),
        },
      ]
    : [];

/**
 * The rules that hold when an order is executed, rather than when it is placed.
 *
 * Source: Binance Spot API, rest-api.md, Query Execution Rules; faqs/price_range_execution_rules.md.
 */
export const executionRules: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'symbols', 'symbolStatus'],
  weight,
  run: (backend, sent) => {
    const status = optional(sent, 'symbolStatus', readStatus);
    if (status && (sent.has('symbol') || sent.has('symbols'))) {
      throw badCombination();
    }
    const symbolRules = namedMarkets(backend, sent)
      .filter(hasStatus(status))
      .map((listing) => ({ symbol: listing.symbol, rules: rulesOf(listing) }));
    return { symbolRules };
  },
};

/**
 * What a market's asset is held to be worth now.
 *
 * Source: Binance Spot API, rest-api.md, Query Reference Price; errors.md, -2043.
 */
export const referencePrice: PublicMethod = {
  security: 'NONE',
  params: ['symbol'],
  weight: 2,
  run: (backend, sent) => {
    const { symbol, referencePrice: price } = requiredMarket(backend, sent);
    // The documentation gives a name for this one, and no words.
    if (!price) throw refusal(-2043, 'NO_REFERENCE_PRICE');
    return { symbol, referencePrice: decimalText(price), timestamp: backend.now() };
  },
};
