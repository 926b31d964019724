import { createPerpetualBench, LIMIT, ORDER } from './support.js';

const BATCH = '/fapi/v1/batchOrders';

const start = () => {
  const bench = createPerpetualBench();
  const place = (orders: unknown) =>
    bench.signed('POST', BATCH, { batchOrders: JSON.stringify(orders) });
  const cancel = (params: Readonly<Record<string, string>>) =>
    bench.signed('DELETE', BATCH, { symbol: 'BTCUSDT', ...params });
  return { bench, place, cancel };
};

describe('a batch of orders', () => {
  it('answers each by itself, and lets none stand in the way of another', () => {
    const { bench, place } = start();
    const { status, json, headers } = place([
      { ...LIMIT, newClientOrderId: 'a' },
      { ...LIMIT, quantity: '0.0001' },
      { ...LIMIT, what: 'ever' },
      { ...LIMIT, newClientOrderId: 'b', reduceOnly: false },
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject([
      { clientOrderId: 'a', status: 'NEW' },
      { code: -1111 },
      { code: -1104 },
      { clientOrderId: 'b', status: 'NEW' },
    ]);
    expect(headers).toMatchObject({
      'x-mbx-used-weight-1m': '5',
      'x-mbx-order-count-10s': '5',
      'x-mbx-order-count-1m': '1',
    });
    expect(bench.engine.openOrders(bench.accountId)).toHaveLength(2);
  });

  it.each([
    ['none', '[]', -4082],
    ['too many', JSON.stringify(Array.from({ length: 6 }, () => LIMIT)), -4082],
    ['what is no list', '{}', -1130],
    ['what is no JSON', '[', -1130],
  ])('is not %s', (_, batchOrders, code) => {
    const { bench } = start();
    expect(bench.signed('POST', BATCH, { batchOrders }).json).toMatchObject({ code });
    expect(bench.engine.orders(bench.accountId)).toEqual([]);
  });

  it('counts as five orders of ten seconds and as one of a minute, and is refused beyond them', () => {
    const limits = [
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 12 },
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 4 },
    ] as const;
    const bench = createPerpetualBench({ limits });
    const place = () => {
      const { status, json, headers } = bench.signed('POST', BATCH, {
        batchOrders: JSON.stringify([LIMIT]),
      });
      const counts = [headers['x-mbx-order-count-10s'], headers['x-mbx-order-count-1m']];
      return status === 200 ? counts : [status, json.code];
    };
    expect([place(), place(), place()]).toEqual([
      ['5', '1'],
      ['10', '2'],
      [429, -1015],
    ]);
    expect(bench.signed('POST', ORDER, LIMIT).headers).toMatchObject({
      'x-mbx-order-count-10s': '11',
      'x-mbx-order-count-1m': '3',
    });
    bench.advance(10_000);
    expect([place(), place()]).toEqual([
      ['5', '4'],
      [429, -1015],
    ]);
  });

  it('is changed, each by itself', () => {
    const { bench, place } = start();
    place(['a', 'b'].map((id) => ({ ...LIMIT, newClientOrderId: id })));
    const to = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.02', price: '63000' };
    const { json, headers } = bench.signed('PUT', BATCH, {
      batchOrders: JSON.stringify(['a', 'c', 'b'].map((id) => ({ ...to, origClientOrderId: id }))),
    });
    expect(json).toMatchObject([
      { clientOrderId: 'a', price: '63000.0', origQty: '0.020' },
      { code: -2013 },
      { clientOrderId: 'b', price: '63000.0' },
    ]);
    expect(headers).toMatchObject({
      'x-mbx-used-weight-1m': '10',
      'x-mbx-order-count-10s': '10',
      'x-mbx-order-count-1m': '2',
    });
  });

  it('is canceled by ids of either kind', () => {
    const { bench, place, cancel } = start();
    const placed = place(['a', 'b', 'c'].map((id) => ({ ...LIMIT, newClientOrderId: id })));
    const [{ orderId }] = placed.json as unknown as [{ orderId: number }];
    expect(cancel({ orderIdList: `[${orderId},99]` }).json).toMatchObject([
      { clientOrderId: 'a', status: 'CANCELED' },
      { code: -2011 },
    ]);
    expect(cancel({ origClientOrderIdList: '["b","c"]' }).json).toMatchObject([
      { clientOrderId: 'b', status: 'CANCELED' },
      { clientOrderId: 'c', status: 'CANCELED' },
    ]);
    expect(bench.engine.openOrders(bench.accountId)).toEqual([]);
    expect(cancel({}).json).toMatchObject({ code: -1102 });
  });
});
