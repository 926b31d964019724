import type { Decimal } from '../../core/decimal.js';
import type { SelfTradeMode } from './self-trade.js';

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
   * How orders may avoid trades with their own account; the first is for orders that do not say.
   * @defaultValue all, the first `'none'`
   */
  readonly selfTradeModes?: readonly SelfTradeMode[];
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
];

/** How orders of a market may avoid trades with their own account, the usual way first. */
export const selfTradeModesOf = ({ selfTradeModes = everyMode }: Listing) => selfTradeModes;
