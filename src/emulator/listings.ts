import { Decimal } from '../core/decimal.js';
import type { Listing } from './engine/model.js';

/** A market with the price at which its synthetic traders start. */
export interface EmulatedListing extends Listing {
  /** In quote per base. */
  readonly startPrice: number;
}

const FEE = new Decimal('0.001');

/** What differs from market to market. */
interface Terms {
  readonly startPrice: number;
  readonly priceStep: string;
  readonly maxPrice: string;
  readonly amountStep: string;
  readonly maxAmount: string;
  readonly minNotional: string;
}

/**
 * A market whose smallest price and amount are one step each. The decimals of the two steps add up
 * to eight at most, so that price times amount is exact in what Binance prints.
 */
export const listing = (base: string, quote: string, terms: Terms): EmulatedListing => ({
  symbol: `${base}${quote}`,
  base,
  quote,
  priceStep: new Decimal(terms.priceStep),
  minPrice: new Decimal(terms.priceStep),
  maxPrice: new Decimal(terms.maxPrice),
  amountStep: new Decimal(terms.amountStep),
  minAmount: new Decimal(terms.amountStep),
  maxAmount: new Decimal(terms.maxAmount),
  minNotional: new Decimal(terms.minNotional),
  makerFee: FEE,
  takerFee: FEE,
  startPrice: terms.startPrice,
});

/** Four of Binance's markets, with rules like theirs. */
export const defaultListings: readonly EmulatedListing[] = [
  listing('BTC', 'USDT', {
    startPrice: 64_000,
    priceStep: '0.01',
    maxPrice: '1000000',
    amountStep: '0.00001',
    maxAmount: '9000',
    minNotional: '5',
  }),
  listing('ETH', 'USDT', {
    startPrice: 3_200,
    priceStep: '0.01',
    maxPrice: '1000000',
    amountStep: '0.0001',
    maxAmount: '9000',
    minNotional: '5',
  }),
  listing('BNB', 'USDT', {
    startPrice: 600,
    priceStep: '0.01',
    maxPrice: '100000',
    amountStep: '0.001',
    maxAmount: '900000',
    minNotional: '5',
  }),
  listing('ETH', 'BTC', {
    startPrice: 0.05,
    priceStep: '0.00001',
    maxPrice: '922327',
    amountStep: '0.001',
    maxAmount: '100000',
    minNotional: '0.0001',
  }),
];

/** What the account holds at first, by asset. */
export const defaultBalances: Readonly<Record<string, string>> = {
  USDT: '100000',
  BTC: '2',
  ETH: '20',
  BNB: '50',
};
