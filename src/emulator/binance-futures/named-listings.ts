import { optionalMarket } from '../binance/markets.js';
import type { Sent } from '../binance/params.js';
import type { Listing } from '../engine/model.js';
import type { FuturesBackend } from './backend.js';

/** The market that a request names, or all of them. */
export const namedListings = (backend: FuturesBackend, sent: Sent): readonly Listing[] => {
  const market = optionalMarket(backend, sent);
  return market ? [market] : [...backend.engine.listings.values()];
};

/** There is one bracket, so that there is no end to it. */
export const MAX_NOTIONAL = '100000000';
