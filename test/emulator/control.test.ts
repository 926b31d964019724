import { createBench, LIMIT, START, type Json } from './support.js';

const ORDER = '/api/v3/order';

/** The user listens to its events on the WebSocket API. */
const createScene = () => {
  const bench = createBench();
  const peer = bench.connect('/ws-api/v3');
  const method = 'userDataStream.subscribe.signature';
  peer.send({ id: 1, method, params: bench.wsParams() });
  peer.take();
  const events = (): Json[] => peer.take().flatMap(({ event }) => (event ? [event] : []));
  const place = (more: object = {}) => bench.signed('POST', ORDER, { ...LIMIT, ...more });
  const kinds = (): unknown[] => events().map(({ e, x }) => x ?? e);
  return { ...bench, peer, events, kinds, place };
};

describe('deposits and withdrawals', () => {
  it('change the balance, and the account hears of both', () => {
    const { control, events, engine, accountId } = createScene();
    control.deposit('BTC', '0.5');
    expect(events()).toEqual([
      { e: 'balanceUpdate', E: START, a: 'BTC', d: '0.50000000', T: START },
      {
        e: 'outboundAccountPosition',
        E: START,
        u: START,
        B: [{ a: 'BTC', f: '2.50000000', l: '0.00000000' }],
      },
    ]);
    control.withdraw('BTC', 1);
    expect(events()).toMatchObject([{ a: 'BTC', d: '-1.00000000' }, { B: [{ f: '1.50000000' }] }]);
    expect(engine.balances(accountId).get('BTC')?.free.toFixed()).toBe('1.5');
  });

  it('concern no other account', () => {
    const { control, events } = createScene();
    const { accountId } = control.openAccount();
    control.deposit('BTC', 1, accountId);
    expect(events()).toEqual([]);
  });

  it('take no more than is free', () => {
    const { control, place, kinds } = createScene();
    place({ quantity: '1' });
    kinds();
    expect(() => control.withdraw('USDT', 40_000.01)).toThrow('insufficient_balance');
    expect(kinds()).toEqual([]);
    control.withdraw('USDT', 40_000);
    expect(kinds()).toEqual(['balanceUpdate', 'outboundAccountPosition']);
  });
});

describe('somebody else', () => {
  it('trades with the user', () => {
    const { control, place, events } = createScene();
    const trader = control.trader('rival');
    place({ newClientOrderId: 'mine' });
    events();
    expect(trader.market('sell', '0.004').status).toBe('filled');
    expect(events()[0]).toMatchObject({ x: 'TRADE', c: 'mine', l: '0.00400000', m: true });
    const { orderId } = trader.limit('sell', 65_000, 1);
    expect(trader.cancel(orderId).status).toBe('canceled');
    trader.place({ type: 'limit_maker', side: 'buy', price: 50, amount: 1, symbol: 'ETHUSDT' });
    expect(control.trader('rival')).toBe(trader);
    trader.cancelAll();
  });
});

describe('a market', () => {
  const closed = { code: -2010, msg: 'Market is closed.' };

  it.each([
    ['HALT', -2011],
    ['BREAK', -2011],
    ['END_OF_DAY', -2011],
    ['CANCEL_ONLY', undefined],
  ] as const)('that is %s takes no orders, and cancels only then', (status, code) => {
    const { control, place, signed, call } = createScene();
    place({ newClientOrderId: 'mine' });
    control.setMarketStatus('BTCUSDT', status);
    expect(place().json).toEqual(closed);
    const cancel = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };
    const answer = signed('DELETE', ORDER, cancel).json;
    expect(answer).toMatchObject(code ? { code, msg: 'Market is closed.' } : { orderId: 1 });
    const { symbols } = call('GET', '/api/v3/exchangeInfo', { symbol: 'BTCUSDT' }).json;
    expect(symbols).toMatchObject([{ status }]);
    expect(place({ symbol: 'ETHUSDT', price: '3000' }).status).toBe(200);
    control.setMarketStatus('BTCUSDT', 'TRADING');
    expect(place().status).toBe(200);
  });

  it('is found by its status', () => {
    const { control, call } = createScene();
    control.setMarketStatus('BTCUSDT', 'HALT');
    const symbols = (symbolStatus: string): unknown =>
      (call('GET', '/api/v3/exchangeInfo', { symbolStatus }).json.symbols as unknown as Json[]).map(
        ({ symbol }) => symbol,
      );
    expect(symbols('HALT')).toEqual(['BTCUSDT']);
    expect(symbols('TRADING')).toEqual(['ETHUSDT', 'BNBUSDT', 'ETHBTC']);
    const depth = (symbolStatus: string) =>
      call('GET', '/api/v3/depth', { symbol: 'BTCUSDT', symbolStatus }).json;
    expect(depth('TRADING')).toMatchObject({ code: -1220 });
    expect(depth('HALT')).toMatchObject({ bids: [] });
    const price = (params: Readonly<Record<string, string>>) =>
      call('GET', '/api/v3/ticker/price', params).json;
    expect(price({ symbolStatus: 'HALT' })).toMatchObject([{ symbol: 'BTCUSDT' }]);
    expect(price({ symbolStatus: 'BREAK', symbol: 'BTCUSDT' })).toMatchObject({ code: -1220 });
  });

  it('changes its rules for the orders to come', () => {
    const { control, place, call, engine } = createScene();
    const step = engine.listings.get('BTCUSDT')!.priceStep.multipliedBy(100);
    place({ price: '60000.01' });
    control.changeRules('BTCUSDT', { priceStep: step });
    expect(place({ price: '60000.01' }).json).toMatchObject({
      msg: 'Filter failure: PRICE_FILTER',
    });
    expect(place({ price: '60001' }).status).toBe(200);
    const { symbols } = call('GET', '/api/v3/exchangeInfo', { symbol: 'BTCUSDT' }).json;
    const [{ filters }] = symbols as unknown as [Json];
    expect((filters as unknown as Json[])[0]).toMatchObject({ tickSize: '1.00000000' });
  });
});

describe('maintenance', () => {
  it('refuses requests and connections, and then no longer', () => {
    const { control, call, peer, dialect, connect } = createScene();
    const error = { code: -1016, msg: 'This service is no longer available.' };
    control.maintenance(true);
    const { status, json } = call('GET', '/api/v3/ping');
    expect([status, json]).toEqual([503, error]);
    peer.send({ id: 5, method: 'ping' });
    expect(peer.take()).toMatchObject([{ id: 5, status: 503, error }]);
    expect(dialect.refusal?.('/ws')).toMatchObject({ status: 503 });
    expect(connect('/ws').closes).toHaveLength(1);
    control.maintenance(false);
    expect(call('GET', '/api/v3/ping').status).toBe(200);
    expect(dialect.refusal?.('/ws')).toBeUndefined();
  });
});

describe('a request that fails', () => {
  const unknown = {
    '5xx': [
      503,
      { code: -1000, msg: 'Unknown error, please check your request or try again later.' },
    ],
    '-1006': [503, { code: -1006 }],
    '-1007': [504, { code: -1007 }],
  } as const;

  it.each(Object.entries(unknown))('by %s may have been carried out or not', (answer, expected) => {
    const { control, place, kinds, engine, accountId } = createScene();
    const [status, json] = expected;
    const fault = { method: 'POST', path: ORDER, answer: answer as keyof typeof unknown };
    control.failNext({ ...fault, effect: 'none' });
    const failed = place();
    expect(failed.status).toBe(status);
    expect(failed.json).toMatchObject(json);
    expect(engine.orders(accountId)).toEqual([]);
    control.failNext({ ...fault, effect: 'done' });
    expect(place().status).toBe(status);
    expect(engine.orders(accountId)).toHaveLength(1);
    expect(kinds()).toEqual(['NEW', 'outboundAccountPosition']);
    expect(place().status).toBe(200);
  });

  it('may get a page, or nothing', () => {
    const { control, dialect } = createScene();
    const ping = () =>
      dialect.handle({ method: 'GET', path: '/api/v3/ping', query: '', headers: {}, body: '' });
    control.failNext({ effect: 'none', answer: 'html' });
    expect(ping()).toMatchObject({ status: 403, headers: { 'content-type': 'text/html' } });
    control.failNext({ effect: 'none', answer: 'reset' });
    expect(ping()).toMatchObject({ lost: 'reset' });
    control.failNext({ effect: 'none', answer: 'timeout' });
    expect(ping()).toMatchObject({ lost: 'timeout' });
    expect(ping().status).toBe(200);
  });

  it('is the next that fits, as often as said', () => {
    const { control, call } = createScene();
    control.failNext({ path: '/api/v3/time', effect: 'none', answer: '5xx', times: 2 });
    const time = () => call('GET', '/api/v3/time').status;
    expect(call('GET', '/api/v3/ping').status).toBe(200);
    expect([time(), time(), time()]).toEqual([503, 503, 200]);
  });

  it('may be one of the WebSocket API', () => {
    const { control, peer, wsParams, engine, accountId } = createScene();
    const place = () => {
      peer.send({ id: 7, method: 'order.place', params: wsParams(LIMIT) });
      return peer.take().filter(({ event }) => !event);
    };
    control.failNext({ method: 'order.place', effect: 'done', answer: '-1007' });
    expect(place()).toMatchObject([{ id: 7, status: 504, error: { code: -1007 } }]);
    expect(engine.orders(accountId)).toHaveLength(1);
    control.failNext({ method: 'order.place', effect: 'done', answer: 'timeout' });
    expect(place()).toEqual([]);
    expect(engine.orders(accountId)).toHaveLength(2);
    control.failNext({ method: 'order.place', effect: 'none', answer: 'reset' });
    expect(place()).toEqual([]);
    expect(peer.closes).toEqual([{ code: 1006, reason: '' }]);
    expect(engine.orders(accountId)).toHaveLength(2);
  });
});

describe('the clock', () => {
  it('may be ahead', () => {
    const { control, call, place, now } = createScene();
    control.clockAhead(10_000);
    expect(call('GET', '/api/v3/time').json).toEqual({ serverTime: now() + 10_000 });
    expect(place().json).toMatchObject({ code: -1021 });
    control.clockAhead(-500);
    expect(place().json).toMatchObject({ transactTime: now() - 500 });
  });
});

describe('user events', () => {
  it('leave before the answer, unless they are told to leave after it', () => {
    const { control, place, kinds, advance } = createScene();
    const both = ['NEW', 'outboundAccountPosition'];
    place();
    expect(kinds()).toEqual(both);
    control.userEvents('after', 50);
    place();
    expect(kinds()).toEqual([]);
    advance(49);
    expect(kinds()).toEqual([]);
    advance(1);
    expect(kinds()).toEqual(both);
    control.userEvents('before');
    place();
    expect(kinds()).toEqual(both);
  });

  it('keep their order when the delay is changed', () => {
    const { control, place, events, advance } = createScene();
    control.userEvents('after', 50);
    place({ newClientOrderId: 'a' });
    control.userEvents('before');
    place({ newClientOrderId: 'b' });
    advance(50);
    expect(events().flatMap(({ c }) => c ?? [])).toEqual(['a', 'b']);
  });

  it('leave so long before the answer', () => {
    const { control, peer, wsParams, dialect, advance, query } = createScene();
    control.userEvents('before', 30);
    peer.send({ id: 3, method: 'order.place', params: wsParams(LIMIT) });
    expect(peer.take().map(({ id }) => id)).toEqual([undefined, undefined]);
    advance(30);
    expect(peer.take()).toMatchObject([{ id: 3, status: 200 }]);
    const call = { method: 'GET', headers: {}, body: '', path: '/api/v3/time', query: query({}) };
    expect(dialect.handle(call)).not.toHaveProperty('delay');
  });

  it('end with the subscription, those that wait too', () => {
    const { control, place, kinds, advance } = createScene();
    control.userEvents('after', 50);
    place();
    control.endSubscriptions();
    advance(50);
    expect(kinds()).toEqual(['eventStreamTerminated']);
  });

  it('come more than once on request', () => {
    const { control, place, kinds } = createScene();
    control.repeatUserEvents(2);
    place();
    const position = 'outboundAccountPosition';
    expect(kinds()).toEqual(['NEW', 'NEW', position, position]);
  });

  it('leave balances out on request', () => {
    const { control, place, kinds } = createScene();
    control.balanceEvents(false);
    place();
    control.deposit('BTC', 1);
    expect(kinds()).toEqual(['NEW']);
    control.balanceEvents(true);
    control.deposit('BTC', 1);
    expect(kinds()).toEqual(['balanceUpdate', 'outboundAccountPosition']);
  });
});
