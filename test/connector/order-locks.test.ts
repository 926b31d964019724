import { marginLocks, spotLocks } from '../../src/connector/order-locks.js';
import { Decimal } from '../../src/core/decimal.js';
import type { InFlightOrder } from '../../src/orders/in-flight-order.js';

const rule = { base: 'BTC', quote: 'USDT', collateral: { buy: 'USDT', sell: 'USDT' } };
const order = {
  pair: 'BTC-USDT',
  side: 'sell',
  amount: new Decimal(2),
  price: new Decimal(100),
} as const;
const done = { ...order, executedAmount: new Decimal('0.5'), executedQuote: new Decimal(50) };

describe('what orders lock', () => {
  const locks = marginLocks((pair) => (pair === 'BTC-USDT' ? 10 : undefined));

  it('is margin where they open a position, and nothing else', () => {
    const of = (more: object) => locks.of({ ...order, ...more }, rule)?.amount.toNumber();
    expect(of({ positionAction: 'open' })).toBe(20);
    expect(of({ positionAction: 'close' })).toBeUndefined();
    expect(of({})).toBeUndefined();
    expect(of({ positionAction: 'open', pair: 'ETH-USDT' })).toBeUndefined();
  });

  it('goes on to be taken by what was executed', () => {
    const spent = locks.spentBy(done as unknown as InFlightOrder, new Decimal(20));
    expect(spent.toNumber()).toBe(5);
  });

  it('is what a spot order gives', () => {
    expect(spotLocks.of(order, rule)).toEqual({ asset: 'BTC', amount: new Decimal(2) });
    const spent = spotLocks.spentBy(done as unknown as InFlightOrder, new Decimal(2));
    expect(spent.toNumber()).toBe(0.5);
  });
});
