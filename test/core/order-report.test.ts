import { Decimal } from '../../src/core/decimal.js';
import { orderEvidence, orderUpdate, tradeUpdate } from '../../src/core/order-report.js';
import { standingOf } from '../../src/core/standing.js';
import { btcUsdt, rules } from '../exchanges/binance/support.js';

const report = {
  symbol: 'BTCUSDT',
  clientOrderId: 'rx-1',
  exchangeOrderId: '7',
  executedAmount: new Decimal(1),
  time: 5,
  tradeId: '9',
  price: new Decimal(100),
  amount: new Decimal(2),
  liquidity: 'maker',
  other: 1,
} as const;

const order = {
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: 'rx-1',
  exchangeOrderId: '7',
  status: 'open',
  executedAmount: new Decimal(1),
  time: 5,
};

const fill = {
  kind: 'trade',
  pair: 'BTC-USDT',
  tradeId: '9',
  exchangeOrderId: '7',
  price: new Decimal(100),
  amount: new Decimal(2),
  quoteAmount: new Decimal(200),
  fee: { asset: 'USDT', amount: new Decimal(0) },
  liquidity: 'maker',
  time: 5,
};

it('tells of an order what is known, and nothing else', () => {
  expect(orderUpdate(btcUsdt, report, { status: 'open' })).toStrictEqual(order);
  expect(
    orderUpdate(btcUsdt, { ...report, createdAt: 3 }, { status: 'ended', reason: 'expired' }),
  ).toStrictEqual({ ...order, createdAt: 3, status: 'ended', reason: 'expired' });
});

it('tells of a fill what it was worth and what it cost', () => {
  expect(tradeUpdate(btcUsdt, report)).toStrictEqual(fill);
  const told = { feeAsset: 'BNB', feeAmount: new Decimal('0.1'), quoteAmount: new Decimal(201) };
  expect(tradeUpdate(btcUsdt, { ...report, ...told, realizedPnl: new Decimal(-1) })).toStrictEqual({
    ...fill,
    quoteAmount: new Decimal(201),
    fee: { asset: 'BNB', amount: new Decimal('0.1') },
    realizedPnl: new Decimal(-1),
  });
});

it('takes the fee of a perpetual from its collateral where it does not say', () => {
  const perpetual = { ...btcUsdt, collateral: { buy: 'USDC', sell: 'USDC' } };
  expect(tradeUpdate(perpetual, { ...report, feeAsset: null }).fee.asset).toBe('USDC');
});

it('keeps a fill whose standing is not known, and understands nothing without one', () => {
  expect(orderEvidence(report, rules, true, undefined)).toEqual([fill, order]);
  expect(orderEvidence(report, rules, true, { status: 'filled' })).toEqual([
    fill,
    { ...order, status: 'filled' },
  ]);
  expect(orderEvidence(report, rules, false, { status: 'open' })).toEqual([order]);
  expect(orderEvidence(report, rules, false, undefined)).toBeUndefined();
  expect(orderEvidence({ ...report, symbol: 'OTHER' }, rules, true, undefined)).toEqual([]);
});

it('claims no more than the executed amount proves', () => {
  const [none, some] = [new Decimal(0), new Decimal('0.1')];
  expect(standingOf('filled', none)).toEqual({ status: 'open' });
  expect(standingOf('filled', some)).toEqual({ status: 'filled' });
  expect(standingOf('rejected', some)).toEqual({ status: 'ended', reason: 'canceled' });
  expect(standingOf('rejected', none)).toEqual({ status: 'ended', reason: 'rejected' });
  expect(standingOf('self_trade_prevented', some)).toMatchObject({
    reason: 'self_trade_prevented',
  });
});
