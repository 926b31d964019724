import type { Decimal } from '../../core/decimal.js';
import type { FeeView } from '../engine/fees.js';

/** The asset in which fees are cheaper. */
export const BNB = 'BNB';

/** The last price of the market of these assets. */
const priceOf = ({ listings, lastPrice }: FeeView, base: string, quote: string) => {
  for (const listing of listings.values()) {
    if (listing.base === base && listing.quote === quote) return lastPrice(listing.symbol);
  }
  return undefined;
};

/** Through a third asset in which both are quoted. */
const crossWorth = (view: FeeView, asset: string, amount: Decimal): Decimal | undefined => {
  for (const { base, quote } of view.listings.values()) {
    const price = base === asset ? priceOf(view, asset, quote) : undefined;
    const bnbPrice = price && priceOf(view, BNB, quote);
    if (bnbPrice) return amount.multipliedBy(price).dividedBy(bnbPrice);
  }
  return undefined;
};

/** What an amount of an asset is worth in BNB at the last prices; undefined where there are none. */
export const bnbWorth = (
  view: FeeView,
  { asset, amount }: { readonly asset: string; readonly amount: Decimal },
): Decimal | undefined => {
  if (asset === BNB) return amount;
  const bnbPrice = priceOf(view, BNB, asset);
  if (bnbPrice) return amount.dividedBy(bnbPrice);
  const price = priceOf(view, asset, BNB);
  return price ? amount.multipliedBy(price) : crossWorth(view, asset, amount);
};
