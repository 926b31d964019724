import { createPerpetualBench, LIMIT, ORDER } from './support.js';

const start = (terms: Readonly<Record<string, string>> = {}) => {
  const bench = createPerpetualBench();
  bench.rival('sell', '64100', '1');
  const placed = bench.signed('POST', ORDER, { ...LIMIT, newClientOrderId: 'a', ...terms });
  const stream = bench.userStream();
  const modify = (changes: Readonly<Record<string, string>> = {}) =>
    bench.signed('PUT', ORDER, {
      ...{ symbol: 'BTCUSDT', side: 'BUY', origClientOrderId: 'a' },
      ...{ quantity: '0.02', price: '63000' },
      ...changes,
    });
  const shown = () =>
    bench.signed('GET', ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'a' }).json;
  return { bench, stream, orderId: placed.json.orderId, modify, shown };
};

describe('a change of an order for a perpetual', () => {
  it('answers with the order as it is then, which the account hears of', () => {
    const { stream, orderId, modify, shown } = start();
    const { status, json, headers } = modify({ modifyId: '77' });
    const now = { orderId, clientOrderId: 'a', status: 'NEW', price: '63000.0', origQty: '0.020' };
    expect({ status, json }).toMatchObject({ status: 200, json: now });
    expect(headers).toMatchObject({
      'x-mbx-used-weight-1m': '1',
      'x-mbx-order-count-10s': '2',
      'x-mbx-order-count-1m': '2',
    });
    const told = { x: 'AMENDMENT', X: 'NEW', c: 'a', i: orderId, M: 77, q: '0.020', p: '63000.0' };
    expect(stream.take()).toMatchObject([{ e: 'ORDER_TRADE_UPDATE', o: { ...told, l: '0.000' } }]);
    expect(shown()).toMatchObject(now);
  });

  it('tells of no id that was not sent', () => {
    const { stream, modify } = start();
    modify();
    const [{ o }] = stream.take() as unknown as [{ o: object }];
    expect(o).not.toHaveProperty('M');
  });

  it('lets the order take what it reaches', () => {
    const { stream, modify } = start();
    expect(modify({ price: '64100' }).json).toMatchObject({ status: 'FILLED', cumQty: '0.020' });
    expect(stream.take()).toMatchObject([
      { o: { x: 'AMENDMENT', X: 'NEW' } },
      { o: { x: 'TRADE', X: 'FILLED', l: '0.020', L: '64100.0' } },
      { e: 'ACCOUNT_UPDATE' },
    ]);
  });

  it('cancels a post-only order that would take', () => {
    const { stream, modify } = start({ timeInForce: 'GTX' });
    expect(modify({ price: '64100' }).json).toMatchObject({ status: 'CANCELED' });
    expect(stream.take()).toMatchObject([{ o: { x: 'CANCELED', X: 'CANCELED' } }]);
  });

  it.each([
    ['asks for what is so already', { quantity: '0.01', price: '64000' }, -5027],
    ['is of no order', { origClientOrderId: 'b' }, -2013],
    ['is of an order of the other side', { side: 'SELL' }, -2013],
    ['has an empty price', { price: '' }, -1105],
    ['has too fine a price', { price: '63000.05' }, -1111],
    ['has no amount', { quantity: '0.000' }, -4003],
    ['buys far above the mark price', { price: '70000' }, -4016],
    ['is worth too little', { quantity: '0.001', price: '40000' }, -5029],
    ['asks for more margin than there is', { quantity: '900' }, -2019],
    ['would have another type', { type: 'MARKET' }, -1104],
  ])('leaves the order as it was where it %s', (_, changes, code) => {
    const { stream, modify, shown } = start();
    const { status, json } = modify(changes);
    expect({ status, code: json.code }).toEqual({ status: 400, code });
    expect(shown()).toMatchObject({ status: 'NEW', price: '64000.0', origQty: '0.010' });
    expect(stream.take()).toEqual([]);
  });

  it('is refused while the market does not trade', () => {
    const { bench, modify } = start();
    bench.engine.changeListing('BTCUSDT', { status: 'cancel_only' });
    expect(modify().json).toMatchObject({ code: -5024 });
  });

  it('is refused of an order that was changed too often', () => {
    const { bench, modify } = start();
    bench.engine.changeListing('BTCUSDT', { restrictions: { maxAmends: 1 } });
    expect(modify().status).toBe(200);
    expect(modify({ price: '62900' }).json).toMatchObject({ code: -5026 });
  });
});
