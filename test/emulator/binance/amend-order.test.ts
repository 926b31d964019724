import { createBench, LIMIT, START, type Json } from '../support.js';

const AMEND = '/api/v3/order/amend/keepPriority';

/** The user's order of 0.01 at 60,000. */
const createScene = () => {
  const bench = createBench();
  const { signed } = bench;
  signed('POST', '/api/v3/order', { ...LIMIT, newClientOrderId: 'mine' });
  const peer = bench.connect('/ws-api/v3');
  const method = 'userDataStream.subscribe.signature';
  peer.send({ id: 1, method, params: bench.wsParams() });
  peer.take();
  const events = (): Json[] => peer.take().flatMap(({ event }) => (event ? [event] : []));
  const amend = (params: object) =>
    signed('PUT', AMEND, { symbol: 'BTCUSDT', orderId: 1, ...params });
  return { ...bench, events, amend };
};

describe('an order can be amended', () => {
  const amended = {
    symbol: 'BTCUSDT',
    orderId: 1,
    orderListId: -1,
    origClientOrderId: 'mine',
    clientOrderId: 'other',
    price: '60000.00000000',
    qty: '0.00400000',
    executedQty: '0.00000000',
    preventedQty: '0.00000000',
    quoteOrderQty: '0.00000000',
    cumulativeQuoteQty: '0.00000000',
    status: 'NEW',
    timeInForce: 'GTC',
    type: 'LIMIT',
    side: 'BUY',
    workingTime: START,
    selfTradePreventionMode: 'NONE',
  };

  it('and the account hears of it', () => {
    const { amend, events, advance, signed } = createScene();
    advance(500);
    expect(amend({ newQty: '0.004', newClientOrderId: 'other' }).json).toEqual({
      transactTime: START + 500,
      executionId: 2,
      amendedOrder: amended,
    });
    expect(events()).toMatchObject([
      {
        x: 'REPLACED',
        X: 'NEW',
        c: 'other',
        C: 'mine',
        q: '0.00400000',
        i: 1,
        I: 2,
        w: true,
        t: -1,
      },
      {
        e: 'outboundAccountPosition',
        B: [{ a: 'USDT', f: '99760.00000000', l: '240.00000000' }],
      },
    ]);
    const query = { symbol: 'BTCUSDT', origClientOrderId: 'other' };
    expect(signed('GET', '/api/v3/order', query).json).toMatchObject({ origQty: '0.00400000' });
    expect(signed('GET', '/api/v3/rateLimit/order').json).toMatchObject([
      { count: 1 },
      { count: 1 },
    ]);
  });

  it('under its own id, or a random one', () => {
    const { amend, events } = createScene();
    amend({ newQty: '0.004', newClientOrderId: 'mine' });
    expect(events()[0]).toMatchObject({ c: 'mine', C: 'mine' });
    amend({ newQty: '0.003' });
    expect(events()[0]).toMatchObject({
      c: expect.stringMatching(/^[A-Za-z0-9]{22}$/) as unknown,
      C: 'mine',
    });
  });

  it('at the weight of four', () => {
    const { amend } = createScene();
    expect(amend({ newQty: '0.004' }).headers['x-mbx-used-weight-1m']).toBe('8');
  });

  it('and all of it is remembered', () => {
    const { amend, signed } = createScene();
    amend({ newQty: '0.004', newClientOrderId: 'b' });
    amend({ newQty: '0.003', newClientOrderId: 'c' });
    const list = (params: object = {}): Json =>
      signed('GET', '/api/v3/order/amendments', { symbol: 'BTCUSDT', orderId: 1, ...params }).json;
    const second = {
      symbol: 'BTCUSDT',
      orderId: 1,
      executionId: 3,
      origClientOrderId: 'b',
      newClientOrderId: 'c',
      origQty: '0.00400000',
      newQty: '0.00300000',
      time: START,
    };
    expect(list()).toMatchObject([{ executionId: 2, origQty: '0.01000000' }, second]);
    expect(list({ fromExecutionId: 3 })).toEqual([second]);
    expect(list({ limit: 1 })).toMatchObject([{ executionId: 2 }]);
    expect(list({ symbol: 'ETHUSDT' })).toEqual([]);
  });

  it('on the WebSocket API', () => {
    const { connect, wsParams } = createScene();
    const peer = connect('/ws-api/v3');
    const params = wsParams({ symbol: 'BTCUSDT', orderId: 1, newQty: '0.004' });
    peer.send({ id: 1, method: 'order.amend.keepPriority', params });
    expect(peer.take()).toMatchObject([{ status: 200, result: { amendedOrder: { orderId: 1 } } }]);
  });
});

describe('an amendment is refused', () => {
  it.each([
    [
      'that increases',
      { newQty: '0.011' },
      -2038,
      'Order amend (quantity increase) is not supported.',
    ],
    [
      'that changes nothing',
      { newQty: '0.01' },
      -2038,
      'The requested action would change no state; rejecting.',
    ],
    ['of an unknown order', { newQty: '0.004', orderId: 9 }, -2038, 'Unknown order sent.'],
    ['without amount', {}, -1102, /newQty/],
    ['below the least value', { newQty: '0.00008' }, -1013, 'Filter failure: NOTIONAL'],
    ['between two steps', { newQty: '0.000085' }, -1013, 'Filter failure: LOT_SIZE'],
    [
      'by a wrong client id',
      { newQty: '0.004', origClientOrderId: 'no' },
      -2039,
      /Client order ID/,
    ],
  ])('%s', (_, params, code, msg) => {
    const { amend, events, engine, accountId } = createScene();
    const { status, json } = amend(params);
    expect(status).toBe(400);
    expect(json.code).toBe(code);
    expect(json.msg).toMatch(msg);
    expect(events()).toEqual([]);
    expect(engine.openOrders(accountId)).toMatchObject([{ clientOrderId: 'mine' }]);
  });

  it('that comes too often', () => {
    const { amend, control } = createScene();
    control.changeRules('BTCUSDT', { restrictions: { maxAmends: 2 } });
    const codes = ['0.009', '0.008', '0.007'].map((newQty) => amend({ newQty }).json.code);
    expect(codes).toEqual([undefined, undefined, -2038]);
  });
});
