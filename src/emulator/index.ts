/**
 * An exchange to trade on that runs in this process: a matching engine, synthetic traders, and the
 * dialect of Binance Spot over sockets on localhost.
 *
 * @module rxchange/emulator
 */
export { createEmulation, type Emulation, type EmulatorOptions } from './emulation.js';
export { emulator, type Emulator, type ListenOptions, type Venue } from './emulator.js';
export { defaultBalances, defaultListings, type EmulatedListing } from './listings.js';
export type { AccountOptions, KeyPermission, OpenedAccount } from './binance/accounts.js';
export type { CommissionOptions, CommissionRates } from './binance/commissions.js';
export type { Control } from './control.js';
export { defaultLimits, type LimitRule } from './binance/rate-limits.js';
export type { Credentials } from './binance/security.js';
export type { Connection, Dialect, HttpRequest, HttpResponse, Session } from './dialect.js';
export type {
  AccountBalance,
  AccountTrade,
  BookDepth,
  Engine,
  EngineEvent,
  EngineOrder,
  Listing,
  ListingChanges,
  ListingRestrictions,
  MarketStatus,
  OrderStatus,
  Placement,
  PlaceRequest,
  PreventedMatch,
  PriceBand,
} from './engine/model.js';
export type { SelfTradeMode } from './engine/self-trade.js';
