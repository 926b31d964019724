import { orderLock, type LockTerms } from '../../src/account/order-lock.js';
import { Decimal } from '../../src/core/decimal.js';

const of = (amount: number) => new Decimal(amount);

it.each<[what: string, terms: LockTerms, lock: string | undefined]>([
  ['a buy', { side: 'buy', amount: of(2), price: of(50) }, '100 USDT'],
  ['a sell', { side: 'sell', amount: of(2), price: of(50) }, '2 BTC'],
  ['a market sell', { side: 'sell', amount: of(2) }, '2 BTC'],
  ['a market buy whose price is not known', { side: 'buy', amount: of(2) }, undefined],
  ['a buy for a quote amount', { side: 'buy', quoteAmount: of(70) }, '70 USDT'],
  ['a sell for a quote amount', { side: 'sell', quoteAmount: of(70), price: of(35) }, '2 BTC'],
  ['a sell for a quote amount at no known price', { side: 'sell', quoteAmount: of(70) }, undefined],
])('%s locks', (_, terms, expected) => {
  const lock = orderLock({ base: 'BTC', quote: 'USDT' }, terms);
  expect(lock === undefined ? undefined : `${lock.amount.toFixed()} ${lock.asset}`).toBe(expected);
});
