import { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { AccountTrade, Listing } from './model.js';

/** One side of a trade, as far as its fee is concerned. */
export interface FeeCase {
  readonly listing: Listing;
  readonly accountId: string;
  readonly side: Side;
  readonly isMaker: boolean;
  /** What the side receives before its fee; the account holds it already. */
  readonly income: { readonly asset: string; readonly amount: Decimal };
}

/** What a {@link FeePolicy} may look at. */
export interface FeeView {
  readonly listings: ReadonlyMap<string, Listing>;
  readonly lastPrice: (symbol: string) => Decimal | undefined;
  /** What an account holds of an asset and has not locked. */
  readonly free: (accountId: string, asset: string) => Decimal;
}

/** What a side of a trade pays, in an asset of which the account holds that much free. */
export type FeePolicy = (trade: FeeCase) => AccountTrade['fee'];

/**
 * Fees are cut to eight decimals, the precision of all of Binance's assets (`baseCommissionPrecision`
 * and `quoteCommissionPrecision` of `GET /api/v3/exchangeInfo`), so that what a fill tells of its
 * fee is exactly what the balance lost.
 */
const FEE_DECIMALS = 8;

/** A fee with no more decimals than fees have. */
export const cutFee = (fee: Decimal): Decimal =>
  fee.decimalPlaces(FEE_DECIMALS, Decimal.ROUND_DOWN);

/** The listing's rates, taken from what is received. */
export const listedFees: FeePolicy = ({ listing, isMaker, income: { asset, amount } }) => ({
  asset,
  amount: cutFee(amount.multipliedBy(isMaker ? listing.makerFee : listing.takerFee)),
});
