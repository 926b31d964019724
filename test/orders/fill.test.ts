import { Decimal } from '../../src/core/decimal.js';
import { feesOf, fillOf } from '../../src/orders/fill.js';
import { evidenceOf, intent } from './evidence-of.js';

const order = intent({ side: 'sell' });
const of = evidenceOf(order);

describe('fillOf', () => {
  it('is the trade, with whose order it was', () => {
    const trade = of.fill('7', '0.5');
    expect(fillOf(order, trade)).toEqual({
      ...trade,
      kind: undefined,
      clientOrderId: 'rx-1',
      side: 'sell',
    });
  });

  it('says what it won of a position', () => {
    const trade = { ...of.fill('7', '0.5'), realizedPnl: new Decimal('-0.25') };
    expect(fillOf(order, trade).realizedPnl?.toFixed()).toBe('-0.25');
  });
});

describe('feesOf', () => {
  const fee = (asset: string, amount: string) => ({ fee: { asset, amount: new Decimal(amount) } });

  it.each<
    [what: string, fees: readonly { fee: { asset: string; amount: Decimal } }[], sums: object]
  >([
    ['nothing', [], {}],
    ['one', [fee('BNB', '0.1')], { BNB: '0.1' }],
    [
      'several, exactly',
      [fee('BNB', '0.1'), fee('USDT', '3'), fee('BNB', '0.2')],
      { BNB: '0.3', USDT: '3' },
    ],
    ['a rebate', [fee('USDT', '0.3'), fee('USDT', '-0.4')], { USDT: '-0.1' }],
    ['none paid', [fee('USDT', '0')], { USDT: '0' }],
  ])('sums by asset: %s', (_, fees, sums) => {
    const plain = [...feesOf(fees)].map(([asset, amount]) => [asset, amount.toFixed()]);
    expect(Object.fromEntries(plain)).toEqual(sums);
  });
});
