import type { Decimal } from './decimal.js';
import type { Side } from './order.js';
import type { TradingPair } from './trading-pair.js';

/**
 * How an account holds positions.
 *
 * - `one_way`: one position a market, which is long or short
 * - `hedge`: a long and a short one beside each other
 */
export type PositionMode = 'one_way' | 'hedge';

/** Which position of a market: `net` is the only one in one-way mode, the others are those of hedge mode. */
export type PositionSide = 'net' | 'long' | 'short';

/**
 * What an order is to do to a position. `open` makes one, or a greater one; `close` makes one smaller, and
 * is never more than there is of it.
 */
export type PositionAction = 'open' | 'close';

/** Whether all positions of an account stand for each other, or each for itself. */
export type MarginMode = 'cross' | 'isolated';

/** What an account holds in a perpetual market, as the exchange last stated it. */
export interface Position {
  readonly pair: TradingPair;
  readonly side: PositionSide;
  /** In base units; negative where it is short, also on the side `short`. */
  readonly amount: Decimal;
  /** The average price that it was opened at, in quote per base. */
  readonly entryPrice: Decimal;
  /** In units of the collateral, by the mark price at the time of the statement. */
  readonly unrealizedPnl: Decimal;
  readonly marginMode?: MarginMode;
  /** In quote per base, where the exchange told it of this amount; 0 is never told. */
  readonly liquidationPrice?: Decimal;
  /** The exchange's time of its last change, in ms since the epoch. */
  readonly time: number;
}

/** What the exchange says of positions, from a socket or a REST answer. */
export interface PositionUpdate {
  readonly kind: 'positions';
  /** From a socket those that changed, an amount of 0 where one was closed; from REST all that are not 0. */
  readonly positions: readonly Position[];
}

/** The leverage of a market is another one now. */
export interface LeverageUpdate {
  readonly kind: 'leverage';
  readonly pair: TradingPair;
  readonly leverage: number;
  /** The exchange's time of the change, in ms since the epoch. */
  readonly time: number;
}

/** The account's position mode is another one now. */
export interface PositionModeUpdate {
  readonly kind: 'position_mode';
  readonly mode: PositionMode;
  /** The exchange's time of the change, in ms since the epoch. */
  readonly time: number;
}

/** A position whose margin is nearly used up. */
export interface PositionAtRisk {
  readonly pair: TradingPair;
  readonly side: PositionSide;
  /** In base units; negative where it is short. */
  readonly amount: Decimal;
  /** In quote per base. */
  readonly markPrice: Decimal;
  readonly unrealizedPnl: Decimal;
  /** The margin that it needs in order not to be liquidated, in units of the collateral. */
  readonly maintenanceMargin: Decimal;
}

/** The exchange warns that positions may be liquidated soon. It need not warn. */
export interface MarginCall {
  readonly kind: 'margin_call';
  readonly positions: readonly PositionAtRisk[];
  /** The exchange's time of the warning, in ms since the epoch. */
  readonly time: number;
}

/** Names a position: a pair in one-way mode, and `BTC-USDT:long` or `BTC-USDT:short` in hedge mode. */
export type PositionKey = TradingPair | `${TradingPair}:${Exclude<PositionSide, 'net'>}`;

/** Positions that are not 0, by {@link positionKey}. */
export type Positions = ReadonlyMap<PositionKey, Position>;

/**
 * The name of a position.
 *
 * @example
 * ```ts
 * perpetual.positions$.subscribe((positions) =>
 *   console.log(positions.get(positionKey('BTC-USDT', 'long'))?.amount.toFixed()),
 * );
 * ```
 */
export const positionKey = (pair: TradingPair, side: PositionSide = 'net'): PositionKey =>
  side === 'net' ? pair : `${pair}:${side}`;

/** Which of the two positions of hedge mode an order is about. */
export const hedgeSide = (side: Side, action: PositionAction): 'long' | 'short' =>
  (side === 'buy') === (action === 'open') ? 'long' : 'short';
