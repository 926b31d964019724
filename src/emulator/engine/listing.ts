import type { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { SelfTradeMode } from './self-trade.js';

/** How far a price may be from the reference price, as multiples of it. */
export interface PriceBand {
  readonly down: Decimal;
  readonly up: Decimal;
}

/** Between which multiples of the reference price each side may trade; where one is missing, anywhere. */
export type PriceRange = Readonly<Record<Side, Partial<PriceBand>>>;

/** What else orders of a market must keep. The engine leaves it to the dialect. */
export interface ListingRestrictions {
  /**
   * One for each side, or one for both.
   * @defaultValue from a fifth of the reference price to five times it, for each side
   */
  readonly priceBand?: PriceBand | Readonly<Record<Side, PriceBand>>;
  /**
   * Over how many minutes trades make the reference price; 0 for the last price.
   * @defaultValue 0
   */
  readonly averageMinutes?: number;
  /**
   * The highest value of an order; `'none'` leaves only the lowest.
   * @defaultValue 9,000,000
   */
  readonly maxNotional?: Decimal | 'none';
  /**
   * Whether the lowest value holds for market orders too.
   * @defaultValue true
   */
  readonly minNotionalForMarket?: boolean;
  /**
   * Whether the highest value holds for market orders too.
   * @defaultValue false
   */
  readonly maxNotionalForMarket?: boolean;
  /**
   * How much of the base asset an account may have, with what its open purchases would add.
   * @defaultValue as much as it likes
   */
  readonly maxPosition?: Decimal;
  /**
   * How many orders an account may have open.
   * @defaultValue 200
   */
  readonly maxOpenOrders?: number;
  /**
   * How often an order may be amended.
   * @defaultValue 10, of perpetuals 9,999
   */
  readonly maxAmends?: number;
  /**
   * What an account must be permitted to trade here: one of each of these sets.
   * @defaultValue `[['SPOT']]`
   */
  readonly permissionSets?: readonly (readonly string[])[];
}

/** What a market asks of positions of a range of sizes, which begins where the smaller one ends. */
export interface LeverageBracket {
  /** The highest value of a position in it, in quote. */
  readonly notionalCap: Decimal;
  readonly maxLeverage: number;
  /** What part of what is in this range an account must have to keep it. */
  readonly maintenanceRate: Decimal;
}

/** What a market asks of accounts that trade on margin. */
export interface MarginTerms {
  /**
   * The smallest sizes first.
   * @defaultValue one for all sizes up to 100,000,000, with leverage of 125 and a rate of 0.004
   */
  readonly brackets?: readonly LeverageBracket[];
}

/** Everything may be done in a market that trades, and cancels in one that takes cancels only. */
export type MarketStatus = 'trading' | 'cancel_only' | 'halt' | 'break' | 'end_of_day';

/** A market of the emulated exchange, with the rules that its orders must keep. */
export interface Listing {
  /** `BTCUSDT`: the name that the dialect shows. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly priceStep: Decimal;
  readonly minPrice: Decimal;
  readonly maxPrice: Decimal;
  readonly amountStep: Decimal;
  readonly minAmount: Decimal;
  readonly maxAmount: Decimal;
  readonly minNotional: Decimal;
  /** Rates such as 0.001, for accounts without rates of their own. */
  readonly makerFee: Decimal;
  readonly takerFee: Decimal;
  /**
   * Whether orders may be placed and canceled.
   * @defaultValue `'trading'`
   */
  readonly status?: MarketStatus;
  /**
   * What the market's asset is held to be worth, whatever it was traded at.
   * @defaultValue nothing is said of it
   */
  readonly referencePrice?: Decimal;
  /**
   * Where an order that would trade outside of this loses its rest.
   * @defaultValue nowhere; nor does it hold without a reference price
   */
  readonly priceRange?: PriceRange;
  /**
   * How orders may avoid trades with their own account; the first is for orders that do not say.
   * @defaultValue all, the first `'none'`
   */
  readonly selfTradeModes?: readonly SelfTradeMode[];
  /** What orders must keep besides, where it is not as usual. */
  readonly restrictions?: ListingRestrictions;
  /** Of perpetuals only. */
  readonly margin?: MarginTerms;
}

/** What may change of a listing while it is listed. */
export type ListingChanges = Partial<Omit<Listing, 'symbol' | 'base' | 'quote'>>;

/** Whether orders may be placed and canceled. */
export const statusOf = ({ status = 'trading' }: Listing): MarketStatus => status;

const everyMode: readonly SelfTradeMode[] = [
  'none',
  'expire_taker',
  'expire_maker',
  'expire_both',
  'decrement',
  'transfer',
];

/** How orders of a market may avoid trades with their own account, the usual way first. */
export const selfTradeModesOf = ({ selfTradeModes = everyMode }: Listing) => selfTradeModes;
