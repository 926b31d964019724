import type { OrderType } from '../../core/order.js';
import type { EngineOrder, MarketStatus, SelfTradeMode } from '../engine/model.js';
import type { PositionSide } from '../engine/margin/model.js';

// Source for all words: Binance USD-M Futures API, Common Definition.

/** A post-only order is a limit order with a time in force of its own. */
export const typeWords = {
  limit: 'LIMIT',
  limit_maker: 'LIMIT',
  market: 'MARKET',
} as const satisfies Record<OrderType, string>;

/** The time in force, as futures call it. */
export const timeInForceWord = ({ type, timeInForce }: EngineOrder): string =>
  type === 'limit_maker' ? 'GTX' : timeInForce;

/** How an order avoids trades with its own account. */
export const selfTradeWords = {
  none: 'NONE',
  expire_taker: 'EXPIRE_TAKER',
  expire_maker: 'EXPIRE_MAKER',
  expire_both: 'EXPIRE_BOTH',
} as const satisfies Partial<Record<SelfTradeMode, string>>;

/** What an order says of that; the other modes are none of futures. */
export const selfTradeWord = ({ selfTrade }: EngineOrder): string =>
  selfTrade === 'decrement' || selfTrade === 'transfer' ? 'NONE' : selfTradeWords[selfTrade];

/** A position's side. */
export const positionSideWords = {
  both: 'BOTH',
  long: 'LONG',
  short: 'SHORT',
} as const satisfies Record<PositionSide, string>;

/** Whether a contract trades. */
export const contractStatusWords = {
  trading: 'TRADING',
  cancel_only: 'SETTLING',
  halt: 'TRADING_HALT',
  break: 'PENDING_TRADING',
  end_of_day: 'CLOSE',
} as const satisfies Record<MarketStatus, string>;
