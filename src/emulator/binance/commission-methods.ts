import type { Side } from '../../core/order.js';
import type { Listing } from '../engine/listing.js';
import type { AccountBackend } from './backend.js';
import { BNB } from './bnb-price.js';
import { BNB_DISCOUNT, rateFor, type CommissionRates } from './commissions.js';
import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { decimalText } from './text.js';

/** Rates as Binance prints them. */
export const ratesJson = ({ maker, taker, buyer, seller }: CommissionRates) => ({
  maker: decimalText(maker),
  taker: decimalText(taker),
  buyer: decimalText(buyer),
  seller: decimalText(seller),
});

const discountJson = ({ commissions, account }: AccountBackend) => ({
  enabledForAccount: commissions.paysInBnb(account.accountId),
  enabledForSymbol: true,
  discountAsset: BNB,
  discount: decimalText(BNB_DISCOUNT),
});

/** What trades cost. Source: Binance Spot API, rest-api.md, Query Commission Rates (USER_DATA). */
export const accountCommission: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol'],
  weight: 20,
  run: (backend, sent) => {
    const listing = requiredMarket(backend, sent);
    const { account, commissions } = backend;
    const { standard, special, tax } = commissions.groups(account.accountId, listing);
    return {
      symbol: listing.symbol,
      standardCommission: ratesJson(standard),
      specialCommission: ratesJson(special),
      taxCommission: ratesJson(tax),
      discount: discountJson(backend),
    };
  },
};

/** What an order's trades would cost. Source: Binance Spot API, faqs/commission_faq.md. */
export const orderCommission = (backend: AccountBackend, listing: Listing, side: Side) => {
  const { account, commissions } = backend;
  const { standard, special, tax } = commissions.groups(account.accountId, listing);
  const ofOrder = (rates: CommissionRates) => ({
    maker: decimalText(rateFor(rates, { isMaker: true, side })),
    taker: decimalText(rateFor(rates, { isMaker: false, side })),
  });
  return {
    standardCommissionForOrder: ofOrder(standard),
    specialCommissionForOrder: ofOrder(special),
    taxCommissionForOrder: ofOrder(tax),
    discount: discountJson(backend),
  };
};
