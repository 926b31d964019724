import type { Decimal } from './decimal.js';
import type { TradingPair } from './trading-pair.js';

/** What holding a perpetual costs or yields. */
export interface FundingInfo {
  readonly pair: TradingPair;
  /** What the asset costs elsewhere, in quote per base. */
  readonly indexPrice: Decimal;
  /** The price that positions are valued at, in quote per base. */
  readonly markPrice: Decimal;
  /**
   * What longs will pay to shorts at {@link FundingInfo.nextFundingTime}, as a part of a position's value, as it
   * looks now; negative where shorts pay.
   */
  readonly rate: Decimal;
  /** When funding is paid next, in ms since the epoch. */
  readonly nextFundingTime: number;
  /** The exchange's time of the statement, in ms since the epoch. */
  readonly time: number;
}

/** A funding payment of the account. */
export interface FundingPayment {
  /** Unlike that of any other funding payment of the account. */
  readonly id: string;
  readonly pair: TradingPair;
  readonly asset: string;
  /** What the account received; negative where it paid. */
  readonly amount: Decimal;
  /** By which rate, where the exchange tells it. */
  readonly rate?: Decimal;
  /** In ms since the epoch. */
  readonly time: number;
}

/** Funding was paid, as the account's stream tells it; REST is asked for what. */
export interface FundingUpdate {
  readonly kind: 'funding';
  /** In ms since the epoch. */
  readonly time: number;
}
