import { Decimal, ZERO, type DecimalInput } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import { cutFee, listedFees, type FeePolicy, type FeeView } from '../engine/fees.js';
import type { Listing } from '../engine/listing.js';
import { bnbWorth, BNB } from './bnb-price.js';

/** What part of what it receives a side pays: as a maker or a taker, and as a buyer or a seller. */
export interface CommissionRates {
  readonly maker: Decimal;
  readonly taker: Decimal;
  readonly buyer: Decimal;
  readonly seller: Decimal;
}

/** Three rates that add up; the discount is on the standard one. */
export interface CommissionGroups {
  readonly standard: CommissionRates;
  readonly special: CommissionRates;
  readonly tax: CommissionRates;
}

/** Rates such as 0.001. */
export type RateOptions = Readonly<Partial<Record<keyof CommissionRates, DecimalInput>>>;

/** What an account pays for trades. */
export interface CommissionOptions {
  /**
   * The usual part; what is left out of it is zero.
   * @defaultValue the listing's fees for makers and takers
   */
  readonly standard?: RateOptions;
  /** @defaultValue nothing */
  readonly special?: RateOptions;
  /** @defaultValue nothing */
  readonly tax?: RateOptions;
  /**
   * Whether it pays in BNB, where it has enough of it, and a quarter less.
   * @defaultValue false
   */
  readonly payInBnb?: boolean;
}

/** What is paid of the standard part in BNB. Source: Binance Spot API, faqs/commission_faq.md. */
export const BNB_DISCOUNT: Decimal = new Decimal('0.75');

/** What accounts pay for trades. */
export interface Commissions {
  readonly open: (accountId: string, options: CommissionOptions) => void;
  readonly payInBnb: (accountId: string, pays: boolean) => void;
  readonly paysInBnb: (accountId: string) => boolean;
  readonly groups: (accountId: string, listing: Listing) => CommissionGroups;
  readonly policy: (view: FeeView) => FeePolicy;
}

const ratesOf = ({ maker = 0, taker = 0, buyer = 0, seller = 0 }: RateOptions = {}) => ({
  maker: new Decimal(maker),
  taker: new Decimal(taker),
  buyer: new Decimal(buyer),
  seller: new Decimal(seller),
});

/** The rate of one side of a trade. */
export const rateFor = (
  rates: CommissionRates,
  { isMaker, side }: { readonly isMaker: boolean; readonly side: Side },
): Decimal =>
  (isMaker ? rates.maker : rates.taker).plus(side === 'buy' ? rates.buyer : rates.seller);

/** Commissions by account; one that was not opened pays the listing's fees. */
export const createCommissions = (): Commissions => {
  const options = new Map<string, CommissionOptions>();
  const of = (accountId: string): CommissionOptions => options.get(accountId) ?? {};

  const groups: Commissions['groups'] = (accountId, { makerFee: maker, takerFee: taker }) => {
    const { standard = { maker, taker }, special, tax } = of(accountId);
    return { standard: ratesOf(standard), special: ratesOf(special), tax: ratesOf(tax) };
  };

  const policy: Commissions['policy'] = (view) => (trade) => {
    const { accountId, listing, income } = trade;
    if (!options.has(accountId)) return listedFees(trade);
    const { standard, special, tax } = groups(accountId, listing);
    const usual = income.amount.multipliedBy(rateFor(standard, trade));
    const extra = income.amount.multipliedBy(rateFor(special, trade).plus(rateFor(tax, trade)));
    const reduced = usual.multipliedBy(BNB_DISCOUNT).plus(extra);
    const inBnb =
      of(accountId).payInBnb === true ? bnbWorth(view, { ...income, amount: reduced }) : undefined;
    const amount = inBnb && cutFee(inBnb);
    if (amount?.gt(ZERO) && amount.lte(view.free(accountId, BNB))) return { asset: BNB, amount };
    return { asset: income.asset, amount: cutFee(usual.plus(extra)) };
  };

  return {
    open: (accountId, terms) => {
      options.set(accountId, terms);
    },
    payInBnb: (accountId, payInBnb) => {
      options.set(accountId, { ...of(accountId), payInBnb });
    },
    paysInBnb: (accountId) => of(accountId).payInBnb === true,
    groups,
    policy,
  };
};
