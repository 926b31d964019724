import { marginLock } from '../../src/account/margin-lock.js';
import { Decimal } from '../../src/core/decimal.js';

const amount = new Decimal('0.5');
const price = new Decimal(60_000);
const linear = { base: 'BTC', quote: 'USDT', collateral: { buy: 'USDT', sell: 'USDT' } };
const inverse = { base: 'BTC', quote: 'USD', collateral: { buy: 'BTC', sell: 'BTC' } };

describe('marginLock', () => {
  it.each(['buy', 'sell'] as const)('is the value of a %s divided by the leverage', (side) => {
    const lock = marginLock(linear, { side, amount, price }, 10);
    expect([lock?.asset, lock?.amount.toFixed()]).toEqual(['USDT', '3000']);
  });

  it.each(['buy', 'sell'] as const)('of a %s is in base units where the collateral is', (side) => {
    const lock = marginLock(inverse, { side, amount, price }, 10);
    expect([lock?.asset, lock?.amount.toFixed()]).toEqual(['BTC', '0.05']);
  });

  it('is not known without a price', () => {
    expect(marginLock(linear, { side: 'sell', amount }, 10)).toBeUndefined();
  });

  it('is nothing where there are no positions', () => {
    const spot = { base: 'BTC', quote: 'USDT' };
    expect(marginLock(spot, { side: 'buy', amount, price }, 10)).toBeUndefined();
  });
});
