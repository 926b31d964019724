import { createPerpetualBench, LIMIT, ORDER } from './support.js';

describe('an order for a perpetual', () => {
  it('is acknowledged without its fills, which the account hears of', () => {
    const bench = createPerpetualBench();
    const stream = bench.userStream();
    bench.rival('sell', '64000', '0.004');
    const { status, json, headers } = bench.signed('POST', ORDER, {
      ...LIMIT,
      newClientOrderId: 'bot:1',
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 'NEW', executedQty: '0.000', clientOrderId: 'bot:1' });
    expect(json).not.toHaveProperty('avgPrice');
    expect(headers).toMatchObject({
      'x-mbx-order-count-10s': '1',
      'x-mbx-order-count-1m': '1',
    });
    expect(stream.take()).toMatchObject([
      { e: 'ORDER_TRADE_UPDATE', o: { x: 'NEW', X: 'NEW', c: 'bot:1', ps: 'BOTH' } },
      {
        e: 'ORDER_TRADE_UPDATE',
        o: {
          x: 'TRADE',
          X: 'PARTIALLY_FILLED',
          l: '0.004',
          L: '64000.0',
          N: 'USDT',
          n: '0.12800000',
        },
      },
      {
        e: 'ACCOUNT_UPDATE',
        a: {
          m: 'ORDER',
          B: [{ a: 'USDT', wb: '99999.87200000', bc: '0.00000000' }],
          P: [{ s: 'BTCUSDT', pa: '0.004', ep: '64000', ps: 'BOTH' }],
        },
      },
    ]);
    expect(
      bench.signed('GET', ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'bot:1' }).json,
    ).toMatchObject({
      status: 'PARTIALLY_FILLED',
      executedQty: '0.004',
      avgPrice: '64000.00000',
      cumQuote: '256.00000000',
    });
    const canceled = bench.signed('DELETE', ORDER, {
      symbol: 'BTCUSDT',
      origClientOrderId: 'bot:1',
    });
    expect(canceled.json).toMatchObject({ status: 'CANCELED', clientOrderId: 'bot:1' });
    expect(stream.take()).toMatchObject([{ o: { x: 'CANCELED', X: 'CANCELED', z: '0.004' } }]);
    expect(
      bench.signed('DELETE', ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'bot:1' }).json,
    ).toMatchObject({
      code: -2011,
    });
  });

  it('tells its outcome where that is asked for', () => {
    const bench = createPerpetualBench();
    bench.rival('sell', '64000', '1');
    const { json } = bench.signed('POST', ORDER, {
      ...{ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.5' },
      newOrderRespType: 'RESULT',
    });
    expect(json).toMatchObject({ status: 'FILLED', executedQty: '0.500', price: '0.0' });
  });

  it.each([
    ['would take, but is to make', { timeInForce: 'GTX' }, -5022],
    ['is to be filled at once, and cannot be', { timeInForce: 'FOK', quantity: '2' }, -5021],
    ['has a price off the grid', { price: '64000.05' }, -1111],
    ['has too small an amount', { quantity: '0.0001' }, -1111],
    ['has no amount', { quantity: '0.000' }, -4003],
    ['is worth too little', { quantity: '0.000', price: '1' }, -4003],
    ['is worth less than the least', { price: '40000', quantity: '0.001' }, -4164],
    ['buys far above the mark price', { price: '70000' }, -4016],
    ['asks for more margin than there is', { quantity: '900' }, -2019],
    ['would reduce what is not there', { reduceOnly: 'true' }, -2022],
    ['is for a side of its own', { positionSide: 'LONG' }, -4061],
    ['has an id of no form', { newClientOrderId: 'a b' }, -4015],
    ['waits for a price', { type: 'STOP_MARKET' }, -4120],
    ['is of no market', { symbol: 'NOPE' }, -1121],
  ])('is refused where it %s', (_, terms, code) => {
    const bench = createPerpetualBench();
    bench.rival('sell', '64000', '1');
    const { status, json } = bench.signed('POST', ORDER, { ...LIMIT, ...terms });
    expect({ status, code: json.code }).toEqual({ status: 400, code });
    expect(bench.engine.orders(bench.accountId)).toEqual([]);
  });

  it.each([
    ['its position is gone', { reduceOnly: 'true', side: 'SELL', price: '70000' }, '4'],
    ['it was to trade at once', { timeInForce: 'IOC' }, '2'],
  ])('says why it expired: %s', (_, more, er) => {
    const bench = createPerpetualBench();
    const market = (side: string) =>
      bench.signed('POST', ORDER, { symbol: 'BTCUSDT', type: 'MARKET', quantity: '0.01', side });
    bench.rival('sell', '64001', '0.01');
    market('BUY');
    bench.rival('buy', '63000', '0.01');
    const stream = bench.userStream();
    bench.signed('POST', ORDER, { ...LIMIT, ...more });
    market('SELL');
    expect(stream.take()).toContainEqual(
      expect.objectContaining({ o: expect.objectContaining({ x: 'EXPIRED', er }) as unknown }),
    );
  });

  it('may not have the id of another that is open', () => {
    const bench = createPerpetualBench();
    bench.signed('POST', ORDER, { ...LIMIT, newClientOrderId: 'a' });
    const { json } = bench.signed('POST', ORDER, { ...LIMIT, newClientOrderId: 'a' });
    expect(json).toMatchObject({ code: -4116 });
  });

  it('is canceled with all others, if there are any', () => {
    const bench = createPerpetualBench();
    bench.signed('POST', ORDER, LIMIT);
    bench.signed('POST', ORDER, LIMIT);
    const all = { symbol: 'BTCUSDT' };
    expect(bench.signed('GET', '/fapi/v1/openOrders', all).json).toHaveLength(2);
    for (const left of [0, 0]) {
      const { json } = bench.signed('DELETE', '/fapi/v1/allOpenOrders', all);
      expect(json).toMatchObject({ code: 200 });
      expect(bench.signed('GET', '/fapi/v1/openOrders').json).toHaveLength(left);
    }
  });
});
