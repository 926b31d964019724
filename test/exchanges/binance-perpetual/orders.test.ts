import { isLeft } from 'fp-ts/lib/Either.js';
import type { NewOrder } from '../../../src/core/contract.js';
import { btcUsdt, decimal, exchange, messages, right, rules } from './support.js';

const samples = messages('account');
const { orders } = exchange;

const limit: NewOrder = {
  rule: btcUsdt,
  clientOrderId: 'rx-1',
  side: 'buy',
  type: 'limit',
  amount: decimal('0.010'),
  price: decimal('50000'),
};
const reference = { rule: btcUsdt, clientOrderId: 'rx-1' };

const common = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', newClientOrderId: 'rx-1' };

describe('a new order', () => {
  const cases: readonly (readonly [string, Partial<NewOrder>, object])[] = [
    ['a limit order', {}, { type: 'LIMIT', timeInForce: 'GTC', price: '50000' }],
    [
      'a limit order that is good for a moment',
      { timeInForce: 'IOC' },
      { type: 'LIMIT', timeInForce: 'IOC', price: '50000' },
    ],
    [
      'a post-only order',
      { type: 'limit_maker' },
      { type: 'LIMIT', timeInForce: 'GTX', price: '50000' },
    ],
    ['a market order', { type: 'market', price: undefined }, { type: 'MARKET' }],
    [
      'an order that only reduces',
      { positionSide: 'net', reduceOnly: true },
      {
        type: 'LIMIT',
        timeInForce: 'GTC',
        price: '50000',
        positionSide: 'BOTH',
        reduceOnly: 'true',
      },
    ],
    [
      'an order of one-way mode that may do either',
      { positionSide: 'net', reduceOnly: false },
      { type: 'LIMIT', timeInForce: 'GTC', price: '50000', positionSide: 'BOTH' },
    ],
    [
      'an order that closes a short position in hedge mode, where the exchange takes no reduceOnly',
      { positionSide: 'short', reduceOnly: true },
      { type: 'LIMIT', timeInForce: 'GTC', price: '50000', positionSide: 'SHORT' },
    ],
    [
      'an order that opens a long position in hedge mode',
      { positionSide: 'long', reduceOnly: false },
      { type: 'LIMIT', timeInForce: 'GTC', price: '50000', positionSide: 'LONG' },
    ],
    [
      'an order that keeps from trading with its own account',
      { selfTradePrevention: 'expire_both' },
      { type: 'LIMIT', timeInForce: 'GTC', price: '50000', selfTradePreventionMode: 'EXPIRE_BOTH' },
    ],
  ];

  it.each(cases)('is %s', (_, change, expected) => {
    expect(orders.place.params({ ...limit, ...change })).toEqual({ ...common, ...expected });
  });

  it('takes of both pools of orders, and weighs nothing', () => {
    expect(orders.place).toMatchObject({
      method: 'POST',
      path: '/fapi/v1/order',
      signed: true,
      priority: 'place',
      weights: { orders10s: 1, ordersMinute: 1 },
    });
    expect(Object.keys(orders.place.weights)).not.toContain('weight');
  });

  it('is answered with nothing but that it is there', () => {
    expect(right(orders.place.decode(samples.placed, limit))).toEqual([
      {
        kind: 'order',
        pair: 'BTC-USDT',
        clientOrderId: 'rx-1',
        exchangeOrderId: '22542179',
        status: 'open',
        executedAmount: decimal('0'),
        time: 1_772_600_760_123,
      },
    ]);
  });

  it('that was post-only and would have traded was refused, whoever tells', () => {
    const expired = { ...(samples.placed as object), status: 'EXPIRED' };
    expect(right(orders.status.decode(expired, reference))).toMatchObject([
      { status: 'ended', reason: 'rejected' },
    ]);
    expect(
      right(orders.status.decode({ ...expired, executedQty: '0.001' }, reference)),
    ).toMatchObject([{ status: 'ended', reason: 'expired' }]);
  });

  it('that was post-only and rested before it expired was not refused', () => {
    const expired = { ...(samples.placed as object), status: 'EXPIRED' };
    const rested = { ...expired, time: 1_772_600_760_123, updateTime: 1_772_600_765_123 };
    expect(right(orders.status.decode(rested, reference))).toMatchObject([
      { status: 'ended', reason: 'expired' },
    ]);
  });

  it('that was post-only and expired at once may have gone with the position that it reduces', () => {
    const expired = { ...(samples.placed as object), status: 'EXPIRED', reduceOnly: true };
    expect(right(orders.status.decode(expired, reference))).toMatchObject([
      { status: 'ended', reason: 'expired' },
    ]);
  });
});

describe('an order', () => {
  it('is canceled and asked for by either of its ids', () => {
    for (const call of [orders.cancel, orders.status]) {
      expect(call).toMatchObject({ path: '/fapi/v1/order', signed: true, weights: { weight: 1 } });
      expect(call.params(reference)).toEqual({ symbol: 'BTCUSDT', origClientOrderId: 'rx-1' });
      expect(call.params({ ...reference, exchangeOrderId: '7' })).toEqual({
        symbol: 'BTCUSDT',
        orderId: '7',
      });
    }
    expect(orders.cancel).toMatchObject({ method: 'DELETE', priority: 'cancel' });
    expect(orders.status.method).toBe('GET');
  });

  it('keeps its own id when it is canceled', () => {
    expect(right(orders.cancel.decode(samples.canceled, reference))).toEqual([
      {
        kind: 'order',
        pair: 'BTC-USDT',
        clientOrderId: 'rx-1',
        exchangeOrderId: '22542179',
        status: 'ended',
        reason: 'canceled',
        executedAmount: decimal('0.004'),
        time: 1_772_600_762_238,
      },
    ]);
  });

  it('says when it was created', () => {
    expect(right(orders.status.decode(samples.queried, reference))).toMatchObject([
      { status: 'open', executedAmount: decimal('0.004'), createdAt: 1_772_600_760_123 },
    ]);
  });

  it('is among the open ones of all markets', () => {
    expect(orders.open).toMatchObject({ path: '/fapi/v1/openOrders', weights: { weight: 40 } });
    const delivery = { ...(samples.queried as object), symbol: 'BTCUSDT_261225' };
    expect(right(orders.open.decode([samples.queried, delivery], { rules }))).toMatchObject([
      { pair: 'BTC-USDT', clientOrderId: 'rx-1' },
    ]);
  });
});

describe('own trades', () => {
  it('are asked for by the order, from one on', () => {
    expect(orders.fills).toMatchObject({ path: '/fapi/v1/userTrades', weights: { weight: 5 } });
    expect(orders.fills.params({ ...reference, exchangeOrderId: '7', after: '41' })).toEqual({
      symbol: 'BTCUSDT',
      orderId: '7',
      fromId: '42',
      limit: '1000',
    });
    expect(orders.fillsPerAnswer).toBe(1_000);
  });

  it('tell what they cost and what they won', () => {
    expect(right(orders.fills.decode(samples.trades, reference))).toEqual([
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '778899',
        exchangeOrderId: '22542179',
        price: decimal('50000.1'),
        amount: decimal('0.004'),
        quoteAmount: decimal('200.0004'),
        fee: { asset: 'USDT', amount: decimal('0.04000008') },
        realizedPnl: decimal('-1.25'),
        liquidity: 'maker',
        time: 1_772_600_761_238,
      },
    ]);
  });

  it.each(['id', 'orderId', 'commission', 'commissionAsset', 'realizedPnl', 'maker', 'time'])(
    'are not believed without %s',
    (field) => {
      const [trade] = samples.trades as readonly Readonly<Record<string, unknown>>[];
      const { [field]: dropped, ...others } = trade!;
      expect(dropped).toBeDefined();
      expect(isLeft(orders.fills.decode([others], reference))).toBe(true);
    },
  );
});

it.each([
  ['rx-1', true],
  ['rx.a:b/c_d', true],
  ['rx 1', false],
  ['rx+1', false],
])('takes %j for a client order id: %s', (id, taken) => {
  expect(orders.clientOrderId.charset.test(id)).toBe(taken);
  expect(orders.clientOrderId.maxLength).toBe(36);
});
