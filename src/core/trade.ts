import type { Decimal } from './decimal.js';
import type { Side } from './order.js';
import type { TradingPair } from './trading-pair.js';

/** A trade between any two parties on the exchange. */
export interface PublicTrade {
  readonly pair: TradingPair;
  readonly tradeId: string;
  /** The side of the taker: `buy` where the ask was lifted. */
  readonly side: Side;
  /** In quote per base. */
  readonly price: Decimal;
  /** In base units. */
  readonly amount: Decimal;
  /** The exchange's time of the trade, in ms since the epoch. */
  readonly time: number;
}
