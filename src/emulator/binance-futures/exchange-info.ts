import type { PublicMethod } from '../binance/method.js';
import { statusOf, type Listing } from '../engine/listing.js';
import type { FuturesBackend } from './backend.js';
import { filtersOf } from './filters.js';
import { precisionsOf } from './text.js';
import { contractStatusWords } from './words.js';

/** A day that contracts without an end are delivered at. */
const NEVER_DELIVERED = 4_133_404_800_000;
const ONBOARDED = 1_569_398_400_000;
const ASSET_PRECISION = 8;

const symbolInfo = (listing: Listing) => ({
  symbol: listing.symbol,
  pair: listing.symbol,
  contractType: 'PERPETUAL',
  deliveryDate: NEVER_DELIVERED,
  onboardDate: ONBOARDED,
  status: contractStatusWords[statusOf(listing)],
  maintMarginPercent: '2.5000',
  requiredMarginPercent: '5.0000',
  baseAsset: listing.base,
  quoteAsset: listing.quote,
  marginAsset: listing.quote,
  ...precisionsOf(listing),
  baseAssetPrecision: ASSET_PRECISION,
  quotePrecision: ASSET_PRECISION,
  underlyingType: 'COIN',
  underlyingSubType: [],
  triggerProtect: '0.0500',
  liquidationFee: '0.000000',
  marketTakeBound: '0.05',
  maxMoveOrderLimit: 10_000,
  filters: filtersOf(listing),
  orderTypes: ['LIMIT', 'MARKET'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  permissionSets: ['GRID', 'COPY'],
});

/** The rules of the exchange and of all its markets. Source: Binance USD-M Futures API, Exchange Information. */
export const exchangeInfo: PublicMethod<FuturesBackend> = {
  security: 'NONE',
  params: [],
  weight: 1,
  run: ({ engine, rules, now }) => {
    const listings = [...engine.listings.values()];
    return {
      timezone: 'UTC',
      serverTime: now(),
      futuresType: 'U_MARGINED',
      rateLimits: rules,
      exchangeFilters: [],
      assets: [...new Set(listings.map(({ quote }) => quote))].map((asset) => ({
        asset,
        marginAvailable: true,
        autoAssetExchange: '0',
      })),
      symbols: listings.map(symbolInfo),
    };
  },
};
