import type { Listing } from '../engine/model.js';
import { refusal } from './api-error.js';
import type { Backend } from './backend.js';
import { badCombination, optional, required, type Sent } from './params.js';
import { symbolName, symbolNames } from './readers.js';

const listingOf = (backend: Backend, symbol: string): Listing => {
  const listing = backend.engine.listings.get(symbol);
  if (!listing) throw refusal(-1121, 'Invalid symbol.');
  return listing;
};

/** The market that `symbol` names. */
export const requiredMarket = (backend: Backend, sent: Sent): Listing =>
  listingOf(backend, required(sent, 'symbol', symbolName));

/** The market that `symbol` names, if it is sent. */
export const optionalMarket = (backend: Backend, sent: Sent): Listing | undefined => {
  const symbol = optional(sent, 'symbol', symbolName);
  return symbol === undefined ? undefined : listingOf(backend, symbol);
};

/** The markets that `symbol` or `symbols` name; all, if neither is sent. */
export const namedMarkets = (backend: Backend, sent: Sent): readonly Listing[] => {
  const symbols = optional(sent, 'symbols', symbolNames);
  if (symbols && sent.has('symbol')) {
    throw badCombination();
  }
  if (symbols) return symbols.map((symbol) => listingOf(backend, symbol));
  const market = optionalMarket(backend, sent);
  return market ? [market] : [...backend.engine.listings.values()];
};
