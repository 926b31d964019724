import { selfTradeModesOf, type Listing } from '../engine/listing.js';
import type { Backend } from './backend.js';
import { filtersOf } from './filters.js';
import { statusWord } from './market-status.js';
import { namedMarkets } from './markets.js';
import type { PublicMethod } from './method.js';
import { selfTradeWords } from './order-json.js';
import { optional, type Sent } from './params.js';
import { ASSET_PRECISION, flag, invalid, oneOf } from './readers.js';

const symbolInfo = (listing: Listing, showPermissionSets: boolean) => ({
  symbol: listing.symbol,
  status: statusWord(listing),
  baseAsset: listing.base,
  baseAssetPrecision: ASSET_PRECISION,
  quoteAsset: listing.quote,
  quotePrecision: ASSET_PRECISION,
  quoteAssetPrecision: ASSET_PRECISION,
  baseCommissionPrecision: ASSET_PRECISION,
  quoteCommissionPrecision: ASSET_PRECISION,
  orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'],
  icebergAllowed: false,
  ocoAllowed: false,
  otoAllowed: false,
  opoAllowed: false,
  quoteOrderQtyMarketAllowed: true,
  allowTrailingStop: false,
  cancelReplaceAllowed: false,
  amendAllowed: false,
  pegInstructionsAllowed: false,
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: false,
  filters: filtersOf(listing).map(({ info }) => info),
  permissions: [],
  permissionSets: showPermissionSets ? [['SPOT']] : [],
  defaultSelfTradePreventionMode: selfTradeWords[selfTradeModesOf(listing)[0] ?? 'none'],
  allowedSelfTradePreventionModes: selfTradeModesOf(listing).map((mode) => selfTradeWords[mode]),
});

const run = (backend: Backend, sent: Sent): unknown => {
  const markets = namedMarkets(backend, sent);
  const status = optional(sent, 'symbolStatus', oneOf(['TRADING', 'HALT', 'BREAK'], invalid));
  const showPermissionSets = optional(sent, 'showPermissionSets', flag) ?? true;
  const shown = markets.filter((listing) => status === undefined || statusWord(listing) === status);
  return {
    timezone: 'UTC',
    serverTime: backend.now(),
    rateLimits: backend.rules,
    exchangeFilters: [],
    symbols: shown.map((listing) => symbolInfo(listing, showPermissionSets)),
  };
};

/**
 * The rules of the exchange and of its markets. All markets are open for spot trading, whatever
 * `permissions` asks for.
 *
 * Source: Binance Spot API, rest-api.md, Exchange information.
 */
export const exchangeInfo: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'symbols', 'permissions', 'showPermissionSets', 'symbolStatus'],
  weight: 20,
  run,
};
