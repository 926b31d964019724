import { estimateFee, type FeeTerms } from '../../src/account/estimate-fee.js';
import { Decimal } from '../../src/core/decimal.js';
import { flatFees, type TradeFeeSchema } from '../../src/core/fee.js';

const rates = flatFees({ maker: '0.0004', taker: '0.001' });
const inBnb: TradeFeeSchema = {
  ...rates,
  taker: {
    buy: { rate: new Decimal('0.001'), discounted: new Decimal('0.00075') },
    sell: { rate: new Decimal('0.002'), discounted: new Decimal('0.0015') },
  },
  discountAsset: 'BNB',
};

const trade: FeeTerms = {
  base: 'BTC',
  quote: 'USDT',
  side: 'buy',
  amount: new Decimal('0.5'),
  price: new Decimal(60_000),
  liquidity: 'taker',
};

const fee = (changes: Partial<FeeTerms>, schema = rates, discountPrice?: number) => {
  const price = discountPrice === undefined ? undefined : new Decimal(discountPrice);
  const { asset, amount } = estimateFee({ ...trade, ...changes }, schema, price);
  return `${amount.toFixed()} ${asset}`;
};

describe('the fee of a trade', () => {
  it('is a part of what is received', () => {
    expect(fee({})).toBe('0.0005 BTC');
    expect(fee({ side: 'sell' })).toBe('30 USDT');
    expect(fee({ liquidity: 'maker' })).toBe('0.0002 BTC');
  });

  it('is of the quote asset where the exchange takes it from that', () => {
    expect(fee({}, { ...rates, paidFrom: 'quote' })).toBe('30 USDT');
    expect(fee({ side: 'sell' }, { ...rates, paidFrom: 'quote' })).toBe('30 USDT');
  });

  it('is less in the discount asset, if its price is known', () => {
    expect(fee({}, inBnb, 600)).toBe('0.0375 BNB');
    expect(fee({ side: 'sell' }, inBnb, 600)).toBe('0.075 BNB');
    expect(fee({}, inBnb)).toBe('0.0005 BTC');
    expect(fee({}, rates, 600)).toBe('0.0005 BTC');
  });
});
