import { selfTradeModesOf, type Listing } from '../engine/listing.js';
import type { Backend } from './backend.js';
import { filtersOf } from './filters.js';
import { hasStatus, readStatus, statusWord } from './market-status.js';
import { namedMarkets } from './markets.js';
import type { PublicMethod } from './method.js';
import { selfTradeWords } from './order-json.js';
import { badCombination, optional, type Sent } from './params.js';
import { mayTrade, permissionSetsOf } from './permissions.js';
import { ASSET_PRECISION, flag, symbolName, symbolNames } from './readers.js';

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
  cancelReplaceAllowed: true,
  amendAllowed: true,
  pegInstructionsAllowed: false,
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: false,
  filters: filtersOf(listing).map(({ info }) => info),
  permissions: [],
  permissionSets: showPermissionSets ? permissionSetsOf(listing) : [],
  defaultSelfTradePreventionMode: selfTradeWords[selfTradeModesOf(listing)[0] ?? 'none'],
  allowedSelfTradePreventionModes: selfTradeModesOf(listing).map((mode) => selfTradeWords[mode]),
});

const exchangeFiltersOf = ({ maxOpenOrders }: Backend) =>
  maxOpenOrders === undefined
    ? []
    : [{ filterType: 'EXCHANGE_MAX_NUM_ORDERS', maxNumOrders: maxOpenOrders }];

/** One permission, or several in a JSON array. */
const readPermissions = (text: string, name: string): readonly string[] =>
  text.startsWith('[') ? symbolNames(text, name) : [symbolName(text, name)];

/** Symbols that are named are shown whatever they permit. */
const checkCombination = (sent: Sent): void => {
  const isNamed = sent.has('symbol') || sent.has('symbols');
  if (isNamed && (sent.has('permissions') || sent.has('symbolStatus'))) {
    throw badCombination();
  }
};

const shownMarkets = (backend: Backend, sent: Sent): readonly Listing[] => {
  checkCombination(sent);
  const permissions = optional(sent, 'permissions', readPermissions);
  const status = optional(sent, 'symbolStatus', readStatus);
  return namedMarkets(backend, sent)
    .filter(hasStatus(status))
    .filter((listing) => permissions === undefined || mayTrade(permissions, listing));
};

const run = (backend: Backend, sent: Sent): unknown => {
  const showPermissionSets = optional(sent, 'showPermissionSets', flag) ?? true;
  return {
    timezone: 'UTC',
    serverTime: backend.now(),
    rateLimits: backend.rules,
    exchangeFilters: exchangeFiltersOf(backend),
    symbols: shownMarkets(backend, sent).map((listing) => symbolInfo(listing, showPermissionSets)),
  };
};

/**
 * The rules of the exchange and of its markets.
 *
 * Source: Binance Spot API, rest-api.md, Exchange information.
 */
export const exchangeInfo: PublicMethod = {
  security: 'NONE',
  params: ['symbol', 'symbols', 'permissions', 'showPermissionSets', 'symbolStatus'],
  weight: 20,
  run,
};
