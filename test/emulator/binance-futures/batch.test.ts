import { createPerpetualBench, LIMIT } from './support.js';

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
    expect(headers).toMatchObject({ 'x-mbx-used-weight-1m': '5', 'x-mbx-order-count-1m': '2' });
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
