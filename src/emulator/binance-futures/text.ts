import type { Decimal } from '../../core/decimal.js';
import type { Listing } from '../engine/model.js';

const placesOf = (step: Decimal): number => step.decimalPlaces() ?? 0;

/** A price with the decimals of its market: `pricePrecision`. */
export const priceText = ({ priceStep }: Listing, price: Decimal): string =>
  price.toFixed(placesOf(priceStep));

/** An amount with the decimals of its market: `quantityPrecision`. */
export const amountText = ({ amountStep }: Listing, amount: Decimal): string =>
  amount.toFixed(placesOf(amountStep));

/** `pricePrecision` and `quantityPrecision`. */
export const precisionsOf = ({ priceStep, amountStep }: Listing) => ({
  pricePrecision: placesOf(priceStep),
  quantityPrecision: placesOf(amountStep),
});
