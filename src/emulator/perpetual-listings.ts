import { Decimal } from '../core/decimal.js';
import type { SelfTradeMode } from './engine/model.js';
import { listing, type EmulatedListing } from './listings.js';

/** Rates of accounts without a discount. */
const rates = { makerFee: new Decimal('0.0002'), takerFee: new Decimal('0.0005') };

/** The ways of futures, the usual one first. Source: Binance USD-M Futures API, Self Trade Prevention FAQ. */
const selfTradeModes: readonly SelfTradeMode[] = [
  'expire_maker',
  'expire_taker',
  'expire_both',
  'none',
];

/** Three of Binance's perpetuals, with rules like theirs. */
export const defaultPerpetuals: readonly EmulatedListing[] = [
  listing('BTC', 'USDT', {
    startPrice: 64_000,
    priceStep: '0.1',
    maxPrice: '4529764',
    amountStep: '0.001',
    maxAmount: '1000',
    minNotional: '50',
  }),
  listing('ETH', 'USDT', {
    startPrice: 3_200,
    priceStep: '0.01',
    maxPrice: '306177',
    amountStep: '0.001',
    maxAmount: '10000',
    minNotional: '20',
  }),
  listing('BNB', 'USDT', {
    startPrice: 600,
    priceStep: '0.01',
    maxPrice: '100000',
    amountStep: '0.01',
    maxAmount: '100000',
    minNotional: '5',
  }),
].map((one) => ({ ...one, ...rates, selfTradeModes }));

/** What the account holds at first, by asset. */
export const defaultCollateral: Readonly<Record<string, string>> = { USDT: '100000' };
