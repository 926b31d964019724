import { Decimal, type DecimalInput } from './decimal.js';
import type { Side } from './order.js';

/** What a side of a trade pays, as a part of what is traded; 0.001 is a tenth of a percent. */
export interface FeeRate {
  readonly rate: Decimal;
  /** The rate where the fee is paid in {@link TradeFeeSchema.discountAsset}. */
  readonly discounted: Decimal;
}

/** What trades cost. */
export interface TradeFeeSchema {
  /** Of orders that rested in the book. */
  readonly maker: Readonly<Record<Side, FeeRate>>;
  /** Of orders that traded at once. */
  readonly taker: Readonly<Record<Side, FeeRate>>;
  /** What the fee is taken from: what the order receives, or quote units, which a buy then needs besides. */
  readonly paidFrom: 'received' | 'quote';
  /** Where the account pays in another asset, as long as it has enough of it: which one. */
  readonly discountAsset?: string;
}

/** A schema by the rate of each kind of trade. */
export const feesBy = (
  rateOf: (liquidity: 'maker' | 'taker', side: Side) => FeeRate,
  paidFrom: TradeFeeSchema['paidFrom'] = 'received',
): TradeFeeSchema => {
  const both = (liquidity: 'maker' | 'taker'): TradeFeeSchema['maker'] => ({
    buy: rateOf(liquidity, 'buy'),
    sell: rateOf(liquidity, 'sell'),
  });
  return { maker: both('maker'), taker: both('taker'), paidFrom };
};

/**
 * A schema of the same rates for buys and sells.
 *
 * @param paidFrom - What the fee is taken from.
 *
 * @example
 * ```ts
 * const fees = flatFees({ maker: '0.001', taker: '0.001' });
 * ```
 */
export const flatFees = (
  rates: { readonly maker: DecimalInput; readonly taker: DecimalInput },
  paidFrom: TradeFeeSchema['paidFrom'] = 'received',
): TradeFeeSchema =>
  feesBy((liquidity) => {
    const rate = new Decimal(rates[liquidity]);
    return { rate, discounted: rate };
  }, paidFrom);
