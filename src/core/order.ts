import type { Decimal, DecimalInput } from './decimal.js';
import type { PositionAction } from './position.js';
import type { TradingPair } from './trading-pair.js';

/** Which way an order trades. */
export type Side = 'buy' | 'sell';

/** `limit_maker` is a limit order that is refused where it would trade at once (post-only). */
export type OrderType = 'limit' | 'limit_maker' | 'market';

/** All of {@link OrderType}. */
export const orderTypes: readonly OrderType[] = ['limit', 'limit_maker', 'market'];

/** Good till canceled, immediate or cancel, fill or kill. */
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';

/**
 * What happens where an order would trade with another of its own account. The order that arrives
 * decides, for both.
 *
 * - `none`: they trade
 * - `expire_taker`, `expire_maker`, `expire_both`: that one ends
 * - `decrement`: both lose what they would have traded
 * - `transfer`: as `decrement` within one account; between sub-accounts what was to be traded is transferred
 */
export type SelfTradePrevention =
  'none' | 'expire_taker' | 'expire_maker' | 'expire_both' | 'decrement' | 'transfer';

/** All of {@link SelfTradePrevention}. */
export const selfTradePreventions: readonly SelfTradePrevention[] = [
  'none',
  'expire_taker',
  'expire_maker',
  'expire_both',
  'decrement',
  'transfer',
];

/** What an order is about, apart from its size; `buy` and `sell` give the side. */
export interface OrderTerms {
  readonly pair: TradingPair;
  readonly type: OrderType;
  /** In quote per base; for `limit` and `limit_maker` only. */
  readonly price?: DecimalInput;
  /**
   * For `limit` only.
   * @defaultValue `'GTC'`
   */
  readonly timeInForce?: TimeInForce;
  /**
   * One of those that the market allows.
   * @defaultValue what is usual in the market
   */
  readonly selfTradePrevention?: SelfTradePrevention;
  /**
   * In perpetual markets: whether the order may only make a position smaller. In hedge mode it is needed, and says
   * which position is meant: a buy opens a long one or closes a short one.
   * @defaultValue in one-way mode either, as it comes
   */
  readonly positionAction?: PositionAction;
  /**
   * The order's own id, where a strategy wants to choose it: unlike any other that it used.
   * @defaultValue one that no other process or restart makes again
   */
  readonly clientOrderId?: string;
}

/** The size of an order, told one way or the other. */
export type OrderSize =
  /** In units of the base asset. */
  | { readonly amount: DecimalInput; readonly quoteAmount?: never }
  /** What a market order spends (a buy) or receives (a sell), in quote units, as far as it goes. */
  | { readonly quoteAmount: DecimalInput; readonly amount?: never };

/** An order as a strategy asks for it. */
export type OrderRequest = OrderTerms & OrderSize;

/**
 * Where an order stands.
 *
 * - `pending_create`: on its way, or its outcome is not known yet
 * - `open`: the exchange holds it
 * - `partially_filled`: the exchange holds the rest of it
 * - `pending_cancel`: a cancel was asked for and is not answered yet
 * - `filled`, `canceled`, `failed`: over
 */
export type OrderState =
  | 'pending_create'
  | 'open'
  | 'partially_filled'
  | 'pending_cancel'
  | 'filled'
  | 'canceled'
  | 'failed';

/** Why an order ended. What of it was executed is told apart, by its fills. */
export type EndReason =
  'filled' | 'canceled' | 'expired' | 'self_trade_prevented' | 'rejected' | 'not_placed' | 'lost';

/** An amount of an asset paid for a fill; negative for a rebate. */
export interface Fee {
  readonly asset: string;
  readonly amount: Decimal;
}

/** What the exchange says of an order, from a socket or a REST answer. */
export interface OrderUpdate {
  readonly kind: 'order';
  readonly pair: TradingPair;
  readonly clientOrderId: string;
  readonly exchangeOrderId: string;
  readonly status: 'open' | 'filled' | 'ended';
  /** Why it ended; with `status: 'ended'` only. */
  readonly reason?: Exclude<EndReason, 'filled' | 'not_placed' | 'lost'>;
  /** In base units, as the exchange counts it. */
  readonly executedAmount: Decimal;
  /** The exchange's time of the event, in ms since the epoch. */
  readonly time: number;
  /** When the exchange took the order, where it says so. */
  readonly createdAt?: number;
}

/** One execution of an order, from a socket or a REST answer. */
export interface TradeUpdate {
  readonly kind: 'trade';
  readonly pair: TradingPair;
  /** Unique within the pair. */
  readonly tradeId: string;
  readonly exchangeOrderId: string;
  /** In quote per base. */
  readonly price: Decimal;
  /** In base units. */
  readonly amount: Decimal;
  /** `price` times `amount`, as the exchange counts it. */
  readonly quoteAmount: Decimal;
  readonly fee: Fee;
  /** What it won or lost of a position that it closed, in units of the collateral, fees apart. */
  readonly realizedPnl?: Decimal;
  readonly liquidity: 'maker' | 'taker';
  /** The exchange's time of the trade, in ms since the epoch. */
  readonly time: number;
}
