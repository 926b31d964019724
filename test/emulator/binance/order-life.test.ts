import { createBench, LIMIT, START, type Bench, type Json } from '../support.js';

const { price, quantity } = LIMIT;
const base = { symbol: LIMIT.symbol, side: LIMIT.side };
const MARKET = { ...base, type: 'MARKET' };
const DEEP = { ...LIMIT, price: '64000', quantity: '1' };

/** An exchange with the account's events, and 0.3 BTC for sale at 64,000 and 0.4 at 64,001. */
const createScene = () => {
  const bench = createBench();
  const peer = bench.connect('/ws-api/v3');
  const params = bench.wsParams();
  peer.send({ id: 1, method: 'userDataStream.subscribe.signature', params });
  peer.take();
  bench.rival('BTCUSDT', 'sell', '64000', '0.3');
  bench.rival('BTCUSDT', 'sell', '64001', '0.4');
  const events = (): Json[] =>
    peer.take().map(({ event, subscriptionId }) => {
      expect(subscriptionId).toBe(0);
      return event!;
    });
  const place = (order: Readonly<Record<string, string>>) =>
    bench.signed('POST', '/api/v3/order', { ...order, newClientOrderId: 'mine' }).json;
  return { ...bench, events, place };
};

const facts = {
  e: 'executionReport',
  s: 'BTCUSDT',
  c: 'mine',
  C: '',
  S: 'BUY',
  P: '0.00000000',
  F: '0.00000000',
  Q: '0.00000000',
  g: -1,
  r: 'NONE',
  E: START,
  T: START,
  O: START,
  W: START,
  V: 'NONE',
};
const idle = {
  l: '0.00000000',
  L: '0.00000000',
  Y: '0.00000000',
  n: '0',
  N: null,
  t: -1,
  m: false,
  M: false,
};
const untouched = { ...idle, z: '0.00000000', Z: '0.00000000' };
const position = (B: readonly unknown[]) => ({
  e: 'outboundAccountPosition',
  E: START,
  u: START,
  B: expect.arrayContaining([...B]) as unknown,
});
const btc = (f: string, l = '0.00000000') => ({ a: 'BTC', f, l });
const usdt = (f: string, l = '0.00000000') => ({ a: 'USDT', f, l });

describe('an order that rests', () => {
  it('is told of with all fields', () => {
    const { place, events } = createScene();
    expect(place(LIMIT)).toEqual({
      symbol: 'BTCUSDT',
      orderId: 3,
      orderListId: -1,
      clientOrderId: 'mine',
      transactTime: START,
      price: '60000.00000000',
      origQty: '0.01000000',
      executedQty: '0.00000000',
      origQuoteOrderQty: '0.00000000',
      cummulativeQuoteQty: '0.00000000',
      status: 'NEW',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      workingTime: START,
      selfTradePreventionMode: 'NONE',
      fills: [],
    });
    expect(events()).toEqual([
      {
        ...facts,
        ...untouched,
        o: 'LIMIT',
        f: 'GTC',
        q: '0.01000000',
        p: '60000.00000000',
        x: 'NEW',
        X: 'NEW',
        i: 3,
        I: expect.any(Number) as unknown,
        w: true,
      },
      position([usdt('99400.00000000', '600.00000000')]),
    ]);
  });

  it('is filled as a maker', () => {
    const { place, events, rival } = createScene();
    place(LIMIT);
    events();
    rival('BTCUSDT', 'sell', '60000', '0.004');
    expect(events()).toEqual([
      {
        ...facts,
        o: 'LIMIT',
        f: 'GTC',
        q: '0.01000000',
        p: '60000.00000000',
        x: 'TRADE',
        X: 'PARTIALLY_FILLED',
        i: 3,
        I: expect.any(Number) as unknown,
        w: true,
        l: '0.00400000',
        L: '60000.00000000',
        Y: '240.00000000',
        z: '0.00400000',
        Z: '240.00000000',
        n: '0.00000400',
        N: 'BTC',
        t: 1,
        m: true,
        M: true,
      },
      position([btc('2.00399600'), usdt('99400.00000000', '360.00000000')]),
    ]);
    rival('BTCUSDT', 'sell', '60000', '1');
    expect(events()).toEqual([
      expect.objectContaining({ x: 'TRADE', X: 'FILLED', w: false, z: '0.01000000', t: 2 }),
      position([btc('2.00999000'), usdt('99400.00000000')]),
    ]);
  });

  it('is canceled under the id of the cancel', () => {
    const { place, events, signed, rival } = createScene();
    place(LIMIT);
    rival('BTCUSDT', 'sell', '60000', '0.004');
    events();
    const cancel = { symbol: 'BTCUSDT', orderId: 3, newClientOrderId: 'stop' };
    expect(signed('DELETE', '/api/v3/order', cancel).json).toEqual({
      symbol: 'BTCUSDT',
      origClientOrderId: 'mine',
      orderId: 3,
      orderListId: -1,
      clientOrderId: 'stop',
      transactTime: START,
      price: '60000.00000000',
      origQty: '0.01000000',
      executedQty: '0.00400000',
      origQuoteOrderQty: '0.00000000',
      cummulativeQuoteQty: '240.00000000',
      status: 'CANCELED',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      selfTradePreventionMode: 'NONE',
    });
    expect(events()).toEqual([
      {
        ...facts,
        ...idle,
        c: 'stop',
        C: 'mine',
        o: 'LIMIT',
        f: 'GTC',
        q: '0.01000000',
        p: '60000.00000000',
        x: 'CANCELED',
        X: 'CANCELED',
        i: 3,
        I: expect.any(Number) as unknown,
        w: false,
        z: '0.00400000',
        Z: '240.00000000',
      },
      position([usdt('99760.00000000')]),
    ]);
    expect(signed('DELETE', '/api/v3/order', cancel).json).toMatchObject({ code: -2011 });
  });

  it('gets cancel ids of 22 letters and digits', () => {
    const { place, events, signed } = createScene();
    place(LIMIT);
    events();
    signed('DELETE', '/api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'mine' });
    const [report] = events();
    expect(report).toMatchObject({
      C: 'mine',
      c: expect.stringMatching(/^[A-Za-z0-9]{22}$/) as unknown,
    });
  });
});

describe('an order that trades at once', () => {
  it('as LIMIT: the rest stays, and both answer and events tell the fills', () => {
    const { place, events } = createScene();
    expect(place(DEEP)).toMatchObject({
      status: 'PARTIALLY_FILLED',
      executedQty: '0.30000000',
      fills: [
        {
          price: '64000.00000000',
          qty: '0.30000000',
          commission: '0.00030000',
          commissionAsset: 'BTC',
          tradeId: 1,
        },
      ],
    });
    expect(events()).toMatchObject([
      { x: 'NEW', X: 'NEW', w: true, z: '0.00000000' },
      { x: 'TRADE', X: 'PARTIALLY_FILLED', t: 1, m: false, n: '0.00030000', N: 'BTC', w: true },
      position([btc('2.29970000'), usdt('36000.00000000', '44800.00000000')]),
    ]);
  });

  it('as IOC: the rest expires', () => {
    const { place, events } = createScene();
    const answer = place({ ...DEEP, timeInForce: 'IOC' });
    const reason = 'UNFILLED_IOC_QUANTITY_EXPIRED';
    expect(answer).toMatchObject({ status: 'EXPIRED', expiryReason: reason });
    expect(events()).toMatchObject([
      { x: 'NEW', X: 'NEW' },
      { x: 'TRADE', X: 'PARTIALLY_FILLED' },
      {
        x: 'EXPIRED',
        X: 'EXPIRED',
        eR: reason,
        w: false,
        t: -1,
        z: '0.30000000',
        c: 'mine',
        C: '',
      },
      position([btc('2.29970000'), usdt('80800.00000000')]),
    ]);
  });

  it('as FOK: all of it expires', () => {
    const { place, events } = createScene();
    const reason = 'UNFILLED_FOK_ORDER_EXPIRED';
    const answer = place({ ...DEEP, timeInForce: 'FOK' });
    expect(answer).toMatchObject({ status: 'EXPIRED', expiryReason: reason, fills: [] });
    expect(events().slice(0, 2)).toMatchObject([
      { x: 'NEW', X: 'NEW' },
      { x: 'EXPIRED', X: 'EXPIRED', eR: reason, z: '0.00000000' },
    ]);
  });

  it('as MARKET: through several levels', () => {
    const { place, events } = createScene();
    const answer = place({ ...MARKET, quantity: '0.5' });
    expect(answer).toMatchObject({
      status: 'FILLED',
      type: 'MARKET',
      timeInForce: 'GTC',
      price: '0.00000000',
      executedQty: '0.50000000',
      cummulativeQuoteQty: '32000.20000000',
      fills: [{ tradeId: 1 }, { tradeId: 2, price: '64001.00000000', qty: '0.20000000' }],
    });
    expect(answer).not.toHaveProperty('expiryReason');
    expect(events()).toMatchObject([
      { x: 'NEW', X: 'NEW', o: 'MARKET', p: '0.00000000' },
      { x: 'TRADE', X: 'PARTIALLY_FILLED', t: 1 },
      { x: 'TRADE', X: 'FILLED', t: 2, z: '0.50000000', Z: '32000.20000000' },
      position([btc('2.49950000'), usdt('67999.80000000')]),
    ]);
  });

  it('as MARKET by quote amount: what is left is not spent', () => {
    const { place, events } = createScene();
    const answer = place({ ...MARKET, quoteOrderQty: '100' });
    expect(answer).toMatchObject({
      status: 'FILLED',
      origQty: '0.00156000',
      executedQty: '0.00156000',
      origQuoteOrderQty: '100.00000000',
      cummulativeQuoteQty: '99.84000000',
    });
    expect(events()).toMatchObject([
      { x: 'NEW', q: '0.00156000', Q: '100.00000000' },
      { x: 'TRADE', X: 'FILLED' },
      position([usdt('99900.16000000')]),
    ]);
  });

  it('as MARKET beyond the book: the rest expires', () => {
    const { place, events } = createScene();
    const answer = place({ ...MARKET, quantity: '0.8' });
    expect(answer).toMatchObject({ status: 'EXPIRED', expiryReason: 'INSUFFICIENT_LIQUIDITY' });
    expect(events().at(-2)).toMatchObject({ X: 'EXPIRED', eR: 'INSUFFICIENT_LIQUIDITY' });
  });

  it('as a sale: the fee is taken from the quote asset', () => {
    const { place, events, rival } = createScene();
    rival('BTCUSDT', 'buy', '63000', '1');
    place({ ...MARKET, side: 'SELL', quantity: '0.1' });
    expect(events()[1]).toMatchObject({ S: 'SELL', n: '6.30000000', N: 'USDT' });
  });
});

it('tells nothing of what others do', () => {
  const { events, rival } = createScene();
  rival('BTCUSDT', 'buy', '64000', '0.1');
  expect(events()).toEqual([]);
});

it('numbers executions upwards within a symbol', () => {
  const { place, events } = createScene();
  place({ ...MARKET, quantity: '0.5' });
  const ids = events().flatMap(({ I }) => (I === undefined ? [] : [Number(I)]));
  expect(ids).toHaveLength(3);
  expect([...ids].sort((a, b) => a - b)).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
});

describe('the answer to a placement', () => {
  const ack = ['symbol', 'orderId', 'orderListId', 'clientOrderId', 'transactTime'];
  const type = (answer: Json): string => {
    if ('fills' in answer) return 'FULL';
    return 'status' in answer ? 'RESULT' : 'ACK';
  };
  const place = ({ signed }: Bench, order: Readonly<Record<string, string>>) =>
    signed('POST', '/api/v3/order', order).json;

  it.each([
    [LIMIT, 'FULL'],
    [{ ...MARKET, quantity: '0.01' }, 'FULL'],
    [{ ...base, price, quantity, type: 'LIMIT_MAKER' }, 'ACK'],
    [{ ...LIMIT, newOrderRespType: 'ACK' }, 'ACK'],
    [{ ...LIMIT, newOrderRespType: 'RESULT' }, 'RESULT'],
    [{ ...base, price, quantity, type: 'LIMIT_MAKER', newOrderRespType: 'FULL' }, 'FULL'],
  ])('to %j is %s', (order, expected) => {
    expect(type(place(createScene(), order))).toBe(expected);
  });

  it('as ACK has nothing but ids and time', () => {
    const answer = place(createScene(), { ...LIMIT, newOrderRespType: 'ACK' });
    expect(Object.keys(answer)).toEqual(ack);
    expect(answer.clientOrderId).toEqual(expect.stringMatching(/^[A-Za-z0-9]{22}$/));
  });
});

describe('queries', () => {
  it('show an order', () => {
    const { place, signed, advance, rival } = createScene();
    place(LIMIT);
    advance(500);
    rival('BTCUSDT', 'sell', '60000', '0.004');
    const shown = {
      symbol: 'BTCUSDT',
      orderId: 3,
      orderListId: -1,
      clientOrderId: 'mine',
      price: '60000.00000000',
      origQty: '0.01000000',
      executedQty: '0.00400000',
      cummulativeQuoteQty: '240.00000000',
      status: 'PARTIALLY_FILLED',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      stopPrice: '0.00000000',
      icebergQty: '0.00000000',
      time: START,
      updateTime: START + 500,
      isWorking: true,
      workingTime: START,
      origQuoteOrderQty: '0.00000000',
      selfTradePreventionMode: 'NONE',
    };
    const symbol = 'BTCUSDT';
    const byClientId = { symbol, origClientOrderId: 'mine' };
    expect(signed('GET', '/api/v3/order', { symbol, orderId: 3 }).json).toEqual(shown);
    expect(signed('GET', '/api/v3/order', byClientId).json).toEqual(shown);
    expect(signed('GET', '/api/v3/openOrders', { symbol }).json).toEqual([shown]);
    expect(signed('GET', '/api/v3/openOrders').json).toEqual([shown]);
    expect(signed('GET', '/api/v3/openOrders', { symbol: 'ETHUSDT' }).json).toEqual([]);
    expect(signed('GET', '/api/v3/allOrders', { symbol }).json).toEqual([shown]);
    const elsewhere = { symbol: 'ETHUSDT', orderId: 3 };
    expect(signed('GET', '/api/v3/order', elsewhere).json).toMatchObject({ code: -2013 });
    const mismatch = { symbol, orderId: 3, origClientOrderId: 'other' };
    expect(signed('GET', '/api/v3/order', mismatch).json).toEqual({
      code: -2039,
      msg: 'Client order ID is not correct for this order ID.',
    });
  });

  it('tell why an order expired', () => {
    const { place, signed } = createScene();
    place({ ...DEEP, timeInForce: 'FOK' });
    const { json } = signed('GET', '/api/v3/order', { symbol: 'BTCUSDT', orderId: 3 });
    const reason = { status: 'EXPIRED', expiryReason: 'UNFILLED_FOK_ORDER_EXPIRED' };
    expect(json).toMatchObject(reason);
  });

  it('do not show the orders of others', () => {
    const { signed } = createScene();
    const others = { symbol: 'BTCUSDT', orderId: 1 };
    expect(signed('GET', '/api/v3/order', others).json).toMatchObject({ code: -2013 });
    expect(signed('DELETE', '/api/v3/order', others).json).toMatchObject({ code: -2011 });
  });
});

describe('cancels', () => {
  it.each([
    ['ONLY_NEW', false, 'CANCELED'],
    ['ONLY_NEW', true, undefined],
    ['ONLY_PARTIALLY_FILLED', false, undefined],
    ['ONLY_PARTIALLY_FILLED', true, 'CANCELED'],
  ])('%s, partly filled: %s', (cancelRestrictions, isPartlyFilled, status) => {
    const { place, signed, rival } = createScene();
    place(LIMIT);
    if (isPartlyFilled) rival('BTCUSDT', 'sell', '60000', '0.004');
    const cancel = { symbol: 'BTCUSDT', orderId: 3, cancelRestrictions };
    const { json } = signed('DELETE', '/api/v3/order', cancel);
    const refusal = { code: -2011, msg: 'Order was not canceled due to cancel restrictions.' };
    expect(json).toMatchObject(status ? { status } : refusal);
  });

  it('of an order that is over find none, whatever they are restricted to', () => {
    const { place, signed } = createScene();
    place({ ...MARKET, quantity: '0.1' });
    const cancel = { symbol: 'BTCUSDT', orderId: 3, cancelRestrictions: 'ONLY_NEW' };
    const { json } = signed('DELETE', '/api/v3/order', cancel);
    expect(json).toEqual({ code: -2011, msg: 'Unknown order sent.' });
  });

  it('of all open orders of a symbol', () => {
    const { signed, engine, accountId } = createScene();
    const other = { ...LIMIT, symbol: 'ETHUSDT', price: '3000' };
    for (const order of [LIMIT, other, LIMIT]) signed('POST', '/api/v3/order', order);
    const { json } = signed('DELETE', '/api/v3/openOrders', { symbol: 'BTCUSDT' });
    expect(json).toMatchObject([
      { orderId: 3, status: 'CANCELED' },
      { orderId: 5, status: 'CANCELED' },
    ]);
    expect(engine.openOrders(accountId).map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
  });
});
