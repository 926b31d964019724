/**
 * An exchange to trade on that runs in this process: a matching engine, synthetic traders, and the
 * dialects of Binance Spot and Binance USD-M Futures over sockets on localhost.
 *
 * @module rxchange/emulator
 */
export { createEmulation, type Emulation, type EmulatorOptions } from './emulation.js';
export { emulator, type Emulator, type ListenOptions, type Venue } from './emulator.js';
export { defaultBalances, defaultListings, type EmulatedListing } from './listings.js';
export {
  createPerpetualEmulation,
  perpetualLimits,
  type PerpetualEmulation,
  type PerpetualEmulatorOptions,
} from './perpetual-emulation.js';
export {
  perpetualEmulator,
  type PerpetualEmulator,
  type PerpetualVenue,
} from './perpetual-emulator.js';
export { defaultCollateral, defaultPerpetuals } from './perpetual-listings.js';
export type { PerpetualControl } from './perpetual-control.js';
export type {
  AccountReason,
  FundingPayment,
  FundingRate,
  HedgeSide,
  MarginFigures,
  MarketMargin,
  Modification,
  PerpetualEngine,
  PerpetualTerms,
  Position,
  PositionMode,
  PositionSide,
} from './engine/margin/model.js';
export { defaultLimits, type LimitRule } from './binance/rate-limits.js';
export type { AccountOptions, KeyPermission, OpenedAccount } from './binance/accounts.js';
export type { BanRules } from './binance/bans.js';
export type { CommissionOptions, CommissionRates, RateOptions } from './binance/commissions.js';
export type { ConnectionKind, ConnectionLimits } from './binance/connection-limits.js';
export type { Fault, FaultAnswer } from './binance/faults.js';
export type { StatusWord } from './binance/market-status.js';
export type { Credentials } from './binance/security.js';
export type { ViolatedLimit } from './binance/violations.js';
export type { Control } from './control.js';
export type {
  Connection,
  Dialect,
  HeartbeatTimes,
  HttpRequest,
  HttpResponse,
  Session,
} from './dialect.js';
export type { OtherOrder, OtherTrader } from './other-trader.js';
export type { TradersPace } from './traders.js';
export type {
  AccountBalance,
  AccountTrade,
  Amendment,
  BookDepth,
  Engine,
  EngineEvent,
  EngineOrder,
  Listing,
  ListingChanges,
  ListingRestrictions,
  LeverageBracket,
  MarginTerms,
  MarketStatus,
  OrderStatus,
  Placement,
  PlaceRequest,
  PreventedMatch,
  PriceBand,
  PriceRange,
  RejectReason,
  SelfTradeMode,
} from './engine/model.js';
