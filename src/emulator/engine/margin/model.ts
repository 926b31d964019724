import type { Decimal } from '../../../core/decimal.js';
import type { Engine, EngineOrder } from '../model.js';

/** The position of a side, where an account has one for each. */
export type HedgeSide = 'long' | 'short';

/** `both` where an account has one position in a market, which is long or short. */
export type PositionSide = 'both' | HedgeSide;

/** How an account holds positions: one in each market, or one for each side of it. */
export type PositionMode = 'one_way' | 'hedge';

/** A position of an account in a market, at one moment. */
export interface Position {
  readonly symbol: string;
  readonly side: PositionSide;
  /** In base units; negative where it is short. */
  readonly amount: Decimal;
  /** What it was entered for: `amount` times the entry price, exactly. */
  readonly cost: Decimal;
  /** Rounded to eight decimals; zero where there is no position. */
  readonly entryPrice: Decimal;
  /** What it would win at the mark price. */
  readonly unrealizedPnl: Decimal;
  /** What closing parts of it has won since the account began, without fees. */
  readonly realizedPnl: Decimal;
  readonly updatedAt: number;
}

/** By what a wallet or a position changed. */
export type AccountReason = 'order' | 'funding' | 'deposit' | 'withdraw' | 'insurance';

/** What an account paid for one position at a funding time, or received. */
export interface FundingPayment {
  readonly accountId: string;
  readonly symbol: string;
  readonly side: PositionSide;
  /** What the position was. */
  readonly amount: Decimal;
  readonly rate: Decimal;
  readonly markPrice: Decimal;
  /** In quote; negative where the account paid. */
  readonly payment: Decimal;
  readonly time: number;
}

/** What was charged in a market at one funding time. */
export type FundingRate = Pick<FundingPayment, 'symbol' | 'rate' | 'markPrice' | 'time'>;

/** What an account has of an asset, and what its positions and orders in markets of that asset ask of it. */
export interface MarginFigures {
  /** Deposits, profits and losses that were realised, fees and funding. */
  readonly wallet: Decimal;
  readonly unrealizedPnl: Decimal;
  /** The wallet and what is not realised yet. */
  readonly marginBalance: Decimal;
  readonly positionMargin: Decimal;
  readonly orderMargin: Decimal;
  /** Under this margin balance the account is liquidated. */
  readonly maintenanceMargin: Decimal;
  /** What is left for new orders. */
  readonly available: Decimal;
}

/** What one market asks of an account. */
export interface MarketMargin {
  readonly positionMargin: Decimal;
  readonly orderMargin: Decimal;
  readonly maintenanceMargin: Decimal;
  /** What positions are worth at most once orders are filled: what the margins without the last are of. */
  readonly exposure: Decimal;
  /** What open orders that could make a position larger are worth, by side. */
  readonly buying: Decimal;
  readonly selling: Decimal;
}

/** Why an exchange of perpetuals refuses a command; nothing has changed then. */
export type MarginRejectReason =
  | 'insufficient_margin'
  | 'nothing_to_reduce'
  | 'wrong_position_side'
  | 'mode_unchanged'
  | 'open_orders'
  | 'open_positions'
  | 'invalid_leverage'
  | 'leverage_too_small'
  | 'nothing_to_modify'
  | 'position_too_large';

export class MarginRejection extends Error {
  override readonly name = 'MarginRejection';

  constructor(readonly reason: MarginRejectReason) {
    super(reason);
  }
}

/** Prices and rates of a perpetual. */
export interface PerpetualTerms {
  readonly indexPrice: Decimal;
  /** The index price, unless it was set. */
  readonly markPrice: Decimal;
  /** What long positions would pay short ones now, as a share of their value. */
  readonly fundingRate: Decimal;
  /** The rate where mark and index price agree. */
  readonly interestRate: Decimal;
  /** In ms since the epoch. */
  readonly nextFundingTime: number;
}

/** What an open order is to become. */
export interface Modification {
  readonly price: Decimal;
  /** With what is executed already. */
  readonly amount: Decimal;
  /** The client's own id of the change. */
  readonly modifyId?: number | undefined;
}

/** An engine whose markets are perpetuals, and whose accounts trade on margin. */
export interface PerpetualEngine extends Engine {
  /**
   * Gives an open order another price and amount, behind all others of its price; throws
   * `EngineRejection` or `MarginRejection` where that cannot be. It is canceled where no more than what is
   * executed would be left, and where it is post-only and would match.
   */
  readonly modify: (accountId: string, orderId: number, change: Modification) => EngineOrder;
  /** What the account has open, and what it had since it began. */
  readonly positions: (accountId: string) => readonly Position[];
  /** A position of the account, though it be none. */
  readonly position: (accountId: string, symbol: string, side: PositionSide) => Position;
  /** What the account has of an asset, and what its positions and orders ask of that. */
  readonly figures: (accountId: string, asset: string) => MarginFigures;
  /** What one market asks of the account. */
  readonly marketMargin: (accountId: string, symbol: string) => MarketMargin;
  /** By how much the account multiplies its margin in a market. */
  readonly leverage: (accountId: string, symbol: string) => number;
  /**
   * Throws `MarginRejection` where there is no such leverage, it is none for what is open, or it would
   * ask for too much margin.
   */
  readonly setLeverage: (accountId: string, symbol: string, leverage: number) => void;
  /** How the account holds positions. */
  readonly positionMode: (accountId: string) => PositionMode;
  /** Throws `MarginRejection` where it is so already, and while orders or positions are open. */
  readonly setPositionMode: (accountId: string, mode: PositionMode) => void;
  /** The prices and rates of a market at this moment. */
  readonly terms: (symbol: string) => PerpetualTerms;
  /** Sets what the asset is worth elsewhere, in quote per base. */
  readonly setIndexPrice: (symbol: string, price: Decimal) => void;
  /** Sets the mark price apart from the index price, or lets it be that again. */
  readonly setMarkPrice: (symbol: string, price: Decimal | undefined) => void;
  /** Sets the rate of the funding to come, or lets it follow from the prices again. */
  readonly setFundingRate: (symbol: string, rate: Decimal | undefined) => void;
  /** Lets positions of a market pay and receive funding now. */
  readonly settleFunding: (symbol: string) => void;
  /** What the account paid and received, oldest first. */
  readonly fundingPayments: (accountId: string) => readonly FundingPayment[];
  /** What was charged in all markets, oldest first. */
  readonly fundingHistory: () => readonly FundingRate[];
}
