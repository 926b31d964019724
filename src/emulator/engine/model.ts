import type { Decimal } from '../../core/decimal.js';
import type { OrderType, Side, TimeInForce } from '../../core/order.js';
import type { Listing, ListingChanges } from './listing.js';
import type { EngineEvent } from './event.js';
import type { HedgeSide } from './margin/model.js';
import type { SelfTradeMode } from './self-trade.js';

export type {
  LeverageBracket,
  Listing,
  ListingChanges,
  ListingRestrictions,
  MarginTerms,
  MarketStatus,
  PriceBand,
  PriceRange,
} from './listing.js';
export type { SelfTradeMode } from './self-trade.js';
export type { EngineEvent } from './event.js';

/** Where an order stands in the engine. */
export type OrderStatus =
  'new' | 'partially_filled' | 'filled' | 'canceled' | 'expired' | 'expired_in_match';

/** An order as the exchange holds it; each event carries its own frozen copy. */
export interface EngineOrder {
  readonly orderId: number;
  readonly accountId: string;
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** Zero for market orders. */
  readonly price: Decimal;
  readonly amount: Decimal;
  /** What a market order by quote amount asked to spend or to receive; zero otherwise. */
  readonly quoteAmount: Decimal;
  readonly executedAmount: Decimal;
  readonly executedQuote: Decimal;
  readonly selfTrade: SelfTradeMode;
  /** What it lost by not trading with its own account: neither executed nor open any longer. */
  readonly preventedAmount: Decimal;
  /** The latest match that was prevented, if any was. */
  readonly preventedMatchId?: number;
  readonly status: OrderStatus;
  /** Why an order expired, where the market was the cause. */
  readonly expiry?: 'ioc_rest' | 'fok' | 'no_liquidity' | 'price_range';
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Whether it rested in the book at any time. */
  readonly workedAt: number | undefined;
  /** The position that it is for, where the account has one for each side. */
  readonly positionSide?: HedgeSide;
  /** Whether it may only make a position smaller. */
  readonly reduceOnly?: boolean;
}

/** One side of one trade, as its account sees it. */
export interface AccountTrade {
  readonly tradeId: number;
  readonly symbol: string;
  readonly accountId: string;
  readonly orderId: number;
  readonly side: Side;
  readonly price: Decimal;
  readonly amount: Decimal;
  readonly quoteAmount: Decimal;
  readonly fee: { readonly asset: string; readonly amount: Decimal };
  readonly isMaker: boolean;
  /** What closing a position, or a part of it, won or lost; in quote, without the fee. */
  readonly realizedPnl?: Decimal;
  readonly time: number;
}

/** A trade of an account with itself that did not happen. */
export interface PreventedMatch {
  /** Rises by one per match and symbol, from 0. */
  readonly matchId: number;
  readonly symbol: string;
  readonly accountId: string;
  readonly takerOrderId: number;
  readonly makerOrderId: number;
  /** The one that decided: the taker's, or `decrement` for a `transfer` that the maker did not ask for. */
  readonly mode: SelfTradeMode;
  readonly price: Decimal;
  /** What would have been traded. */
  readonly amount: Decimal;
  /** What each order lost by it; zero where it lost nothing. */
  readonly takerAmount: Decimal;
  readonly makerAmount: Decimal;
  readonly time: number;
}

/** A change of an open order. */
export interface Amendment {
  /** The order after it. */
  readonly order: EngineOrder;
  readonly executionId: number;
  readonly previousClientOrderId: string;
  readonly previousAmount: Decimal;
}

/** What an account holds of one asset. */
export interface AccountBalance {
  readonly free: Decimal;
  readonly locked: Decimal;
}

/** An order that an account asks for. */
export interface PlaceRequest {
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce?: TimeInForce;
  readonly price?: Decimal;
  /** Either this or `quoteAmount` (market orders only). */
  readonly amount?: Decimal;
  readonly quoteAmount?: Decimal;
  /**
   * What to do where it would trade with its own account.
   * @defaultValue the first mode of the listing
   */
  readonly selfTrade?: SelfTradeMode;
  /** With margin accounts only, as the next one. */
  readonly positionSide?: HedgeSide;
  readonly reduceOnly?: boolean;
}

/** Why the engine refuses a command; nothing has changed then. */
export type RejectReason =
  | 'insufficient_balance'
  | 'would_match'
  | 'duplicate_client_order_id'
  | 'unknown_order'
  | 'market_closed'
  | 'amount_increased'
  | 'amount_unchanged'
  | 'amount_used_up';

export class EngineRejection extends Error {
  override readonly name = 'EngineRejection';

  constructor(readonly reason: RejectReason) {
    super(reason);
  }
}

/** What a placement gave: the order after matching, its trades and what was prevented, in order. */
export interface Placement {
  readonly order: EngineOrder;
  readonly trades: readonly AccountTrade[];
  readonly preventedMatches: readonly PreventedMatch[];
}

/** The best levels of a book, at one moment. */
export interface BookDepth {
  readonly updateId: number;
  /** Best first. */
  readonly bids: readonly (readonly [price: Decimal, amount: Decimal])[];
  readonly asks: readonly (readonly [price: Decimal, amount: Decimal])[];
}

/** The exchange itself: books and accounts, without any wire format. Deterministic. */
export interface Engine {
  readonly listings: ReadonlyMap<string, Listing>;
  /** Opens an account, or adds to what it holds. Not an event of any stream. */
  readonly deposit: (accountId: string, asset: string, amount: Decimal) => void;
  /**
   * The same as an event, and with a negative amount a withdrawal; throws `EngineRejection` where
   * that much is not free.
   */
  readonly transfer: (accountId: string, asset: string, amount: Decimal) => void;
  /** Changes the rules of a market for what comes; orders that rest stay as they are. */
  readonly changeListing: (symbol: string, changes: ListingChanges) => void;
  /** Filters are the dialect's; the engine checks balance, ids and post-only, by throwing `EngineRejection`. */
  readonly place: (accountId: string, request: PlaceRequest) => Placement;
  /** Cancels an open order; throws `EngineRejection` where there is none. */
  readonly cancel: (accountId: string, orderId: number, cancelId: string) => EngineOrder;
  /**
   * Reduces an open order, which keeps its place in the queue, to an amount above what is executed;
   * throws `EngineRejection` where that cannot be.
   */
  readonly amend: (
    accountId: string,
    orderId: number,
    change: { readonly amount: Decimal; readonly clientOrderId: string },
  ) => Amendment;
  /** The account's order by its id, or the latest one with that client id. */
  readonly order: (
    accountId: string,
    symbol: string,
    by: { readonly orderId: number } | { readonly clientOrderId: string },
  ) => EngineOrder | undefined;
  /** The account's orders that rest in a book, oldest first. */
  readonly openOrders: (accountId: string, symbol?: string) => readonly EngineOrder[];
  /** All orders that the account ever placed, oldest first. */
  readonly orders: (accountId: string) => readonly EngineOrder[];
  /** The account's trades, oldest first. */
  readonly trades: (accountId: string, symbol?: string) => readonly AccountTrade[];
  /** The account's trades with itself that did not happen, oldest first. */
  readonly preventedMatches: (accountId: string, symbol: string) => readonly PreventedMatch[];
  /** The amendments of the account's orders, oldest first. */
  readonly amendments: (accountId: string, orderId: number) => readonly Amendment[];
  /** What the account holds, by asset. */
  readonly balances: (accountId: string) => ReadonlyMap<string, AccountBalance>;
  /** At most `limit` levels of each side. */
  readonly depth: (symbol: string, limit: number) => BookDepth;
  /** The last public price, once there was a trade. */
  readonly lastPrice: (symbol: string) => Decimal | undefined;
  /** Calls the listener after each command with its events; returns how to stop. */
  readonly listen: (listener: (events: readonly EngineEvent[]) => void) => () => void;
}
