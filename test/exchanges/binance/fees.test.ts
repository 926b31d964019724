import { account } from '../../../src/exchanges/binance/account.js';
import { btcUsdt, decimal, right } from './support.js';

const { fees, tradeFees } = account;

/** As the exchange's documentation shows it, with rates that tell each other apart. */
const commission = {
  symbol: 'BTCUSDT',
  standardCommission: { maker: '0.0001', taker: '0.0002', buyer: '0.0003', seller: '0.0004' },
  specialCommission: { maker: '0.01', taker: '0.02', buyer: '0.03', seller: '0.04' },
  taxCommission: { maker: '0.1', taker: '0.2', buyer: '0.3', seller: '0.4' },
  discount: {
    enabledForAccount: true,
    enabledForSymbol: true,
    discountAsset: 'BNB',
    discount: '0.75000000',
  },
};

const read = (change: object = {}) =>
  right(tradeFees.decode({ ...commission, ...change }, { rule: btcUsdt }));

it('is asked for by market, with a signature', () => {
  expect(tradeFees).toMatchObject({
    method: 'GET',
    path: '/api/v3/account/commission',
    signed: true,
    weights: { weight: 20, requests: 1 },
  });
  expect(tradeFees.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT' });
});

it('adds the three groups up, of which the first is discounted', () => {
  const rate = (full: string, discounted: string) => ({
    rate: decimal(full),
    discounted: decimal(discounted),
  });
  expect(read()).toEqual({
    maker: { buy: rate('0.4404', '0.4403'), sell: rate('0.5505', '0.550375') },
    taker: { buy: rate('0.5505', '0.550375'), sell: rate('0.6606', '0.66045') },
    paidFrom: 'received',
    discountAsset: 'BNB',
  });
});

it.each([{ enabledForAccount: false }, { enabledForSymbol: false }, { discountAsset: null }])(
  'is not discounted with %j',
  (change) => {
    const discount = { ...commission.discount, ...change };
    expect(read({ discount })).not.toHaveProperty('discountAsset');
  },
);

it('is a tenth of a percent where nothing else is known', () => {
  expect([fees.maker.buy.rate.toFixed(), fees.taker.sell.rate.toFixed()]).toEqual([
    '0.001',
    '0.001',
  ]);
});
