import { account as spot } from '../../../src/exchanges/binance/account.js';
import { decimal, messages, right } from './support.js';

const { balances } = spot;
const { account } = messages('orders');

it('is asked for without what is zero', () => {
  expect(balances).toMatchObject({ method: 'GET', path: '/api/v3/account', signed: true });
  expect(balances.params()).toEqual({ omitZeroBalances: 'true' });
  expect(balances.weights).toEqual({ weight: 20, requests: 1 });
});

it('tells what there is of each asset, and what of it is free, exactly', () => {
  expect(right(balances.decode(account))).toEqual({
    kind: 'balances',
    balances: new Map([
      ['BTC', { total: decimal('0.2999'), available: decimal('0.0999') }],
      ['USDT', { total: decimal('85000.00000001'), available: decimal('85000') }],
    ]),
    time: 1_772_600_761_300,
  });
});

it('may tell of nothing', () => {
  const empty = { ...(account as object), balances: [] };
  expect(right(balances.decode(empty)).balances).toEqual(new Map());
});
