import { optionalMarket } from '../binance/markets.js';
import type { Sent } from '../binance/params.js';
import type { Listing } from '../engine/model.js';
import { maxNotionalOf } from '../engine/margin/brackets.js';
import type { FuturesAccountBackend, FuturesBackend } from './backend.js';

/** The market that a request names, or all of them. */
export const namedListings = (backend: FuturesBackend, sent: Sent): readonly Listing[] => {
  const market = optionalMarket(backend, sent);
  return market ? [market] : [...backend.engine.listings.values()];
};

/** What the account's positions and orders in a market may be worth at its leverage there. */
export const maxNotionalText = (
  { engine, account }: FuturesAccountBackend,
  listing: Listing,
): string => maxNotionalOf(listing, engine.leverage(account.accountId, listing.symbol)).toFixed();
