import type { Decimal } from '../core/decimal.js';
import type { TradeFeeSchema } from '../core/fee.js';
import type { Fee, Side } from '../core/order.js';

/** A trade whose fee is asked for. */
export interface FeeTerms {
  readonly base: string;
  readonly quote: string;
  readonly side: Side;
  /** In base units. */
  readonly amount: Decimal;
  /** In quote per base. */
  readonly price: Decimal;
  readonly liquidity: 'maker' | 'taker';
}

/**
 * What a trade will cost, by the rates of a schema. The price of the discount asset is in units of the
 * market's quote asset; without it the full fee is told, in what it is then paid in.
 *
 * @example
 * ```ts
 * const fee = estimateFee(
 *   {
 *     base: 'BTC',
 *     quote: 'USDT',
 *     side: 'sell',
 *     amount: new Decimal(1),
 *     price: new Decimal(64_000),
 *     liquidity: 'taker',
 *   },
 *   flatFees({ maker: '0.001', taker: '0.001' }),
 * );
 * console.log(fee.amount.toFixed(), fee.asset); // 64 USDT
 * ```
 */
export const estimateFee = (
  { base, quote, side, amount, price, liquidity }: FeeTerms,
  schema: TradeFeeSchema,
  discountAssetPrice?: Decimal,
): Fee => {
  const { rate, discounted } = schema[liquidity][side];
  const { discountAsset, paidFrom } = schema;
  const value = amount.times(price);
  if (discountAsset !== undefined && discountAssetPrice !== undefined)
    return { asset: discountAsset, amount: value.times(discounted).div(discountAssetPrice) };
  return side === 'buy' && paidFrom === 'received'
    ? { asset: base, amount: amount.times(rate) }
    : { asset: quote, amount: value.times(rate) };
};
