import * as kit from '../../exchange.js';
import { ofMarket } from '../binance-shared/market-data.js';

const Holding = kit.message('Holding', {
  texts: { asset: 'asset' },
  decimals: { available: 'free', locked: 'locked' },
});

/** @see Binance Spot API, rest-api.md, "Account information" */
const Account = kit.message('Account', {
  ints: { time: 'updateTime' },
  lists: { holdings: ['balances', Holding] },
});

/** What is held, whichever way it was told. */
export const balanceUpdate = ({ holdings, time }: kit.Told<typeof Account>): kit.BalanceUpdate =>
  kit.balanceUpdate(
    holdings.map(({ locked, ...held }) => ({ total: held.available.plus(locked), ...held })),
    time,
  );

const Rates = kit.message('Rates', {
  decimals: { maker: 'maker', taker: 'taker', buy: 'buyer', sell: 'seller' },
});

/**
 * What the account's trades in a market cost.
 *
 * @see Binance Spot API, rest-api.md, "Query Commission Rates"; faqs/commission_faq.md
 */
const Commission = kit.message('Commission', {
  codecs: {
    standard: ['standardCommission', Rates],
    special: ['specialCommission', Rates],
    tax: ['taxCommission', Rates],
    discountAsset: ['discount.discountAsset', kit.TextOrNull],
  },
  flags: { isOnAccount: 'discount.enabledForAccount', isOnMarket: 'discount.enabledForSymbol' },
  decimals: { discount: 'discount.discount' },
});

/** Three rates add up, each of a part for maker or taker and one for buyer or seller; the discount is on the first. */
const feeSchema = (told: kit.Told<typeof Commission>): kit.TradeFeeSchema => {
  const { isOnAccount, isOnMarket, discountAsset } = told;
  return {
    ...kit.feesBy((liquidity, side) => {
      const of = (rates: kit.Told<typeof Rates>) => rates[liquidity].plus(rates[side]);
      const standard = of(told.standard);
      const extra = of(told.special).plus(of(told.tax));
      return { rate: standard.plus(extra), discounted: standard.times(told.discount).plus(extra) };
    }),
    ...(isOnAccount && isOnMarket && discountAsset !== null ? { discountAsset } : {}),
  };
};

/** What the account holds, what trades cost a regular one, and what they cost this one. */
export const account: Pick<kit.Exchange, 'balances' | 'balanceMode' | 'fees' | 'tradeFees'> = {
  balances: {
    ...kit.accountCall('GET /api/v3/account', { weight: 20, requests: 1 }),
    params: () => ({ omitZeroBalances: 'true' }),
    decode: kit.reading(Account, balanceUpdate),
  },
  balanceMode: 'events',
  fees: kit.flatFees({ maker: '0.001', taker: '0.001' }),
  tradeFees: {
    ...kit.accountCall('GET /api/v3/account/commission', { weight: 20, requests: 1 }),
    params: ofMarket,
    decode: kit.reading(Commission, feeSchema),
  },
};
