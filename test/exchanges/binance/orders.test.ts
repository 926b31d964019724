import { isLeft } from 'fp-ts/lib/Either.js';
import type { NewOrder } from '../../../src/core/contract.js';
import type { OrderUpdate } from '../../../src/core/order.js';
import { sign } from '../../../src/exchanges/binance-shared/auth.js';
import { orders } from '../../../src/exchanges/binance/orders.js';
import { btcUsdt, decimal, messages, right, rules, signer } from './support.js';

const samples = messages('orders');

const order: NewOrder = {
  rule: btcUsdt,
  clientOrderId: 'rx-1',
  side: 'buy',
  type: 'limit',
  amount: decimal('0.3'),
  price: decimal('50000'),
};
const reference = { rule: btcUsdt, clientOrderId: 'rx-1' };

/** Parameters in the order in which they are sent. */
const sent = (change: Partial<NewOrder>): [string, string][] =>
  Object.entries(orders.place.params({ ...order, ...change }));

describe('a placement', () => {
  it('is asked for by a POST that costs one order', () => {
    expect(orders.place).toMatchObject({
      method: 'POST',
      path: '/api/v3/order',
      signed: true,
      priority: 'place',
      weights: { weight: 1, requests: 1, orders10s: 1, ordersDay: 1 },
    });
  });

  it('of a limit order', () => {
    expect(sent({})).toEqual([
      ['symbol', 'BTCUSDT'],
      ['side', 'BUY'],
      ['type', 'LIMIT'],
      ['timeInForce', 'GTC'],
      ['newOrderRespType', 'FULL'],
      ['quantity', '0.3'],
      ['price', '50000'],
      ['newClientOrderId', 'rx-1'],
    ]);
  });

  it.each(['GTC', 'IOC', 'FOK'] as const)('of a limit order, %s', (timeInForce) => {
    expect(new Map(sent({ timeInForce, side: 'sell' }))).toEqual(
      new Map([...sent({ side: 'sell' }), ['timeInForce', timeInForce]]),
    );
  });

  it('of a limit order that must not take: without a time in force', () => {
    expect(sent({ type: 'limit_maker', side: 'sell' })).toEqual([
      ['symbol', 'BTCUSDT'],
      ['side', 'SELL'],
      ['type', 'LIMIT_MAKER'],
      ['newOrderRespType', 'FULL'],
      ['quantity', '0.3'],
      ['price', '50000'],
      ['newClientOrderId', 'rx-1'],
    ]);
  });

  it('of a market order: without price and time in force', () => {
    const { rule, clientOrderId, side, amount } = order;
    const market: NewOrder = { rule, clientOrderId, side, amount: amount!, type: 'market' };
    expect(Object.entries(orders.place.params(market))).toEqual([
      ['symbol', 'BTCUSDT'],
      ['side', 'BUY'],
      ['type', 'MARKET'],
      ['newOrderRespType', 'FULL'],
      ['quantity', '0.3'],
      ['newClientOrderId', 'rx-1'],
    ]);
  });

  it('of a market order by what it spends or receives', () => {
    const { rule, clientOrderId, side } = order;
    const quoteAmount = decimal('25.50');
    const market: NewOrder = { rule, clientOrderId, side, quoteAmount, type: 'market' };
    expect(Object.entries(orders.place.params(market))).toEqual([
      ['symbol', 'BTCUSDT'],
      ['side', 'BUY'],
      ['type', 'MARKET'],
      ['newOrderRespType', 'FULL'],
      ['quoteOrderQty', '25.5'],
      ['newClientOrderId', 'rx-1'],
    ]);
  });

  it.each([
    ['none', 'NONE'],
    ['expire_taker', 'EXPIRE_TAKER'],
    ['expire_maker', 'EXPIRE_MAKER'],
    ['expire_both', 'EXPIRE_BOTH'],
    ['decrement', 'DECREMENT'],
    ['transfer', 'TRANSFER'],
  ] as const)('with self-trade prevention %s', (selfTradePrevention, word) => {
    expect(new Map(sent({ selfTradePrevention })).get('selfTradePreventionMode')).toBe(word);
  });

  it.each([
    ['0.00000001', '0.00000001'],
    ['1e-8', '0.00000001'],
    ['123456789012345678901234.5', '123456789012345678901234.5'],
    ['1e30', '1000000000000000000000000000000'],
    ['0.10000000', '0.1'],
    ['100', '100'],
  ])('writes %s as %s, without an exponent', (number, text) => {
    const params = new Map(sent({ amount: decimal(number), price: decimal(number) }));
    expect([params.get('quantity'), params.get('price')]).toEqual([text, text]);
  });

  it('is sent percent-encoded', () => {
    const params = orders.place.params({ ...order, clientOrderId: 'a/b c' });
    const call = { method: 'POST', path: orders.place.path, params } as const;
    expect(sign(call, signer, 1).query).toContain('&newClientOrderId=a%2Fb%20c&');
  });

  it('may be accepted for 5 s, with an id of up to 36 characters', () => {
    expect(orders.validity).toBe(5_000);
    expect(orders.clientOrderId.maxLength).toBe(36);
    for (const id of ['', 'rx-1', 'A_b-9']) expect(id).toMatch(orders.clientOrderId.charset);
    for (const id of ['a b', 'ä', 'a.b', 'a/b', 'a\n'])
      expect(id).not.toMatch(orders.clientOrderId.charset);
  });
});

describe('the answer to a placement', () => {
  it('of an order that rests', () => {
    expect(right(orders.place.decode(samples.placedResting, order))).toEqual([
      {
        kind: 'order',
        pair: 'BTC-USDT',
        clientOrderId: 'rx-1',
        exchangeOrderId: '12510053279',
        status: 'open',
        executedAmount: decimal('0'),
        time: 1_772_600_760_300,
      },
    ]);
  });

  it('of an order that was filled at once holds its fills, with their fees', () => {
    const fill = {
      kind: 'trade',
      pair: 'BTC-USDT',
      exchangeOrderId: '12510053280',
      liquidity: 'taker',
      time: 1_772_600_762_300,
    };
    expect(right(orders.place.decode(samples.placedFilled, order))).toEqual([
      {
        kind: 'order',
        pair: 'BTC-USDT',
        clientOrderId: 'rx-2',
        exchangeOrderId: '12510053280',
        status: 'filled',
        executedAmount: decimal('0.3'),
        time: 1_772_600_762_300,
      },
      {
        ...fill,
        tradeId: '5123456791',
        price: decimal('49999.5'),
        amount: decimal('0.2'),
        quoteAmount: decimal('9999.9'),
        fee: { asset: 'BNB', amount: decimal('0.01234567') },
      },
      {
        ...fill,
        tradeId: '5123456792',
        price: decimal('49999.3'),
        amount: decimal('0.1'),
        quoteAmount: decimal('4999.93'),
        fee: { asset: 'USDT', amount: decimal('4.99993') },
      },
    ]);
  });

  it('of an order that expired after a part of it was filled keeps the fill', () => {
    const evidence = right(orders.place.decode(samples.placedExpired, order));
    expect(evidence).toMatchObject([
      { kind: 'order', status: 'ended', reason: 'expired', executedAmount: decimal('0.12') },
      { kind: 'trade', tradeId: '5123456799', amount: decimal('0.12') },
    ]);
  });

  it('proves nothing without the fills that were asked for', () => {
    const result = { ...(samples.placedFilled as object), fills: undefined };
    expect(isLeft(orders.place.decode(result, order))).toBe(true);
  });
});

describe('a cancel', () => {
  it('is asked for by a DELETE that costs no order', () => {
    expect(orders.cancel).toMatchObject({
      method: 'DELETE',
      path: '/api/v3/order',
      signed: true,
      priority: 'cancel',
      weights: { weight: 1, requests: 1 },
    });
  });

  it('names the order by its own id as long as it has no other', () => {
    expect(orders.cancel.params(reference)).toEqual({
      symbol: 'BTCUSDT',
      origClientOrderId: 'rx-1',
    });
    expect(orders.cancel.params({ ...reference, exchangeOrderId: '12510053279' })).toEqual({
      symbol: 'BTCUSDT',
      orderId: '12510053279',
    });
  });

  it('is answered with the order’s own id, not that of the cancel', () => {
    expect(right(orders.cancel.decode(samples.canceled, reference))).toEqual([
      {
        kind: 'order',
        pair: 'BTC-USDT',
        clientOrderId: 'rx-1',
        exchangeOrderId: '12510053279',
        status: 'ended',
        reason: 'canceled',
        executedAmount: decimal('0.1'),
        time: 1_772_600_763_300,
      },
    ]);
  });
});

describe('a query of one order', () => {
  it('is asked for by a GET', () => {
    expect(orders.status).toMatchObject({
      method: 'GET',
      path: '/api/v3/order',
      signed: true,
      priority: 'query',
      weights: { weight: 4, requests: 1 },
    });
    expect(orders.status.params(reference)).toEqual({
      symbol: 'BTCUSDT',
      origClientOrderId: 'rx-1',
    });
    expect(orders.status.params({ ...reference, exchangeOrderId: '7' })).toEqual({
      symbol: 'BTCUSDT',
      orderId: '7',
    });
  });

  it('tells where the order stands, and since when', () => {
    expect(right(orders.status.decode(samples.queried, reference))).toEqual([
      {
        kind: 'order',
        pair: 'BTC-USDT',
        createdAt: 1772600760300,
        clientOrderId: 'rx-1',
        exchangeOrderId: '12510053279',
        status: 'open',
        executedAmount: decimal('0.1'),
        time: 1_772_600_761_300,
      },
    ]);
  });

  // enums.md, "Order status".
  const statuses: readonly (readonly [string, Pick<OrderUpdate, 'status' | 'reason'>])[] = [
    ['PENDING_NEW', { status: 'open' }],
    ['NEW', { status: 'open' }],
    ['PARTIALLY_FILLED', { status: 'open' }],
    ['PENDING_CANCEL', { status: 'open' }],
    ['FILLED', { status: 'filled' }],
    ['CANCELED', { status: 'ended', reason: 'canceled' }],
    ['EXPIRED', { status: 'ended', reason: 'expired' }],
    ['EXPIRED_IN_MATCH', { status: 'ended', reason: 'self_trade_prevented' }],
    ['REJECTED', { status: 'ended', reason: 'rejected' }],
  ];

  it.each(statuses)('with status %s', (status, standing) => {
    const executedQty = status === 'REJECTED' ? '0.00000000' : '0.10000000';
    const answer = { ...(samples.queried as object), status, executedQty };
    const [update] = right(orders.status.decode(answer, reference));
    const { status: told, reason } = update as OrderUpdate;
    expect({ status: told, ...(reason === undefined ? {} : { reason }) }).toEqual(standing);
  });

  it.each(['', 'new', 'SOMETHING_NEW', 'constructor', 'toString'])(
    'with status %j proves nothing',
    (status) => {
      const answer = { ...(samples.queried as object), status };
      expect(isLeft(orders.status.decode(answer, reference))).toBe(true);
    },
  );
});

describe('a query of all open orders', () => {
  it('is asked for once, for all markets', () => {
    expect(orders.open).toMatchObject({
      method: 'GET',
      path: '/api/v3/openOrders',
      signed: true,
      priority: 'query',
      weights: { weight: 80, requests: 1 },
    });
    expect(orders.open.params({ rules })).toEqual({});
  });

  it('tells each order of a market that is known, by its own pair', () => {
    const open = right(orders.open.decode(samples.open, { rules }));
    expect(open.map(({ pair, clientOrderId, status }) => [pair, clientOrderId, status])).toEqual([
      ['BTC-USDT', 'rx-1', 'open'],
      ['ETH-BTC', 'web_2', 'open'],
    ]);
  });

  it('proves nothing where one order of it makes no sense', () => {
    const broken = [...(samples.open as readonly unknown[]), { symbol: 'BTCUSDT' }];
    expect(isLeft(orders.open.decode(broken, { rules }))).toBe(true);
  });
});

describe('a query of the fills of one order', () => {
  it('is asked for by the exchange’s id', () => {
    expect(orders.fills).toMatchObject({
      method: 'GET',
      path: '/api/v3/myTrades',
      signed: true,
      priority: 'query',
      weights: { weight: 5, requests: 1 },
    });
    expect(orders.fills.params({ ...reference, exchangeOrderId: '12510053279' })).toEqual({
      symbol: 'BTCUSDT',
      orderId: '12510053279',
      fromId: '0',
      limit: '1000',
    });
  });

  it('tells each fill as the exchange counts it', () => {
    expect(right(orders.fills.decode(samples.trades, reference))).toEqual([
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '5123456790',
        exchangeOrderId: '12510053279',
        price: decimal('50000'),
        amount: decimal('0.1'),
        quoteAmount: decimal('5000'),
        fee: { asset: 'BTC', amount: decimal('0.0001') },
        liquidity: 'maker',
        time: 1_772_600_761_300,
      },
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '5123456791',
        exchangeOrderId: '12510053279',
        price: decimal('49999.5'),
        amount: decimal('0.00000001'),
        quoteAmount: decimal('0.00049999'),
        fee: { asset: 'BNB', amount: decimal('0') },
        liquidity: 'taker',
        time: 1_772_600_762_300,
      },
    ]);
  });

  it('may find none', () => {
    expect(right(orders.fills.decode([], reference))).toEqual([]);
  });
});
