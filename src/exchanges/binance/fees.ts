import * as t from 'io-ts';
import { DecimalFromString, decimals, flags, reading } from '../../core/codecs.js';
import type { Exchange } from '../../core/contract.js';
import { flatFees, type FeeRate, type TradeFeeSchema } from '../../core/fee.js';
import type { Side } from '../../core/order.js';
import { accountQuestion, ofMarket } from '../binance-shared/calls.js';

const Rates = t.type({ ...decimals('maker', 'taker', 'buyer', 'seller') });
type Rates = t.TypeOf<typeof Rates>;

/**
 * What the account's trades in a market cost.
 *
 * @see Binance Spot API, rest-api.md, "Query Commission Rates"; faqs/commission_faq.md
 */
const Commission = t.type(
  {
    standardCommission: Rates,
    specialCommission: Rates,
    taxCommission: Rates,
    discount: t.type({
      ...flags('enabledForAccount', 'enabledForSymbol'),
      discountAsset: t.union([t.string, t.null]),
      discount: DecimalFromString,
    }),
  },
  'Commission',
);
type Commission = t.TypeOf<typeof Commission>;

/** Three rates add up, each of a part for maker or taker and one for buyer or seller; the discount is on the first. */
const feeRate = (
  { standardCommission, specialCommission, taxCommission, discount }: Commission,
  liquidity: 'maker' | 'taker',
  side: Side,
): FeeRate => {
  const of = (rates: Rates) => rates[liquidity].plus(side === 'buy' ? rates.buyer : rates.seller);
  const standard = of(standardCommission);
  const extra = of(specialCommission).plus(of(taxCommission));
  return { rate: standard.plus(extra), discounted: standard.times(discount.discount).plus(extra) };
};

const schema = (commission: Commission): TradeFeeSchema => {
  const { enabledForAccount, enabledForSymbol, discountAsset } = commission.discount;
  const both = (liquidity: 'maker' | 'taker') => ({
    buy: feeRate(commission, liquidity, 'buy'),
    sell: feeRate(commission, liquidity, 'sell'),
  });
  return {
    maker: both('maker'),
    taker: both('taker'),
    paidFrom: 'received',
    ...(enabledForAccount && enabledForSymbol && discountAsset !== null ? { discountAsset } : {}),
  };
};

/** What a regular account pays. */
export const fees: TradeFeeSchema = flatFees({ maker: '0.001', taker: '0.001' });

/** `GET /api/v3/account/commission` */
export const tradeFees: Exchange['tradeFees'] = {
  ...accountQuestion,
  path: '/api/v3/account/commission',
  weights: { weight: 20, requests: 1 },
  params: ofMarket,
  decode: reading(Commission, schema),
};
