import type { Decimal } from '../core/decimal.js';
import type { Side } from '../core/order.js';
import type { TradingRule } from '../core/trading-rule.js';

/** The size of an order that is not filled. */
export interface LockTerms {
  readonly side: Side;
  readonly amount?: Decimal | undefined;
  readonly quoteAmount?: Decimal | undefined;
  /** The limit, or for a market order the price at which it will trade, as far as that is known. */
  readonly price?: Decimal | undefined;
}

/** An amount of an asset. */
export interface AssetAmount {
  readonly asset: string;
  readonly amount: Decimal;
}

/** `amount` where it is told, else what the quote amount comes to. */
const baseAmount = ({ amount, quoteAmount, price }: LockTerms): Decimal | undefined =>
  amount ?? (price === undefined ? undefined : quoteAmount?.div(price));

const quoteCost = ({ amount, quoteAmount, price }: LockTerms): Decimal | undefined =>
  quoteAmount ?? (price === undefined ? undefined : amount?.times(price));

/**
 * What a spot order locks: a buy what it may cost, a sell what it gives. Fees are taken from what is
 * received, or from another asset once there is a fill, so they lock nothing. `undefined` where that cannot
 * be told without a price.
 */
export const orderLock = (
  { base, quote }: Pick<TradingRule, 'base' | 'quote'>,
  terms: LockTerms,
): AssetAmount | undefined => {
  const [asset, amount] =
    terms.side === 'buy' ? [quote, quoteCost(terms)] : [base, baseAmount(terms)];
  return amount === undefined ? undefined : { asset, amount };
};
