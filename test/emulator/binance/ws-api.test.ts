import type { EmulatorOptions } from '../../../src/emulator/emulation.js';
import { createBench, LIMIT, START, type Json } from '../support.js';

const SUBSCRIBE = 'userDataStream.subscribe.signature';

const createScene = (query = '', options: EmulatorOptions = {}) => {
  const bench = createBench(options);
  const peer = bench.connect('/ws-api/v3', query);
  const ask = (method: string, params?: object, id: unknown = 'x'): Json => {
    peer.send({ id, method, params });
    return peer.take().at(-1)!;
  };
  const signed = (method: string, params: Record<string, string | number> = {}) =>
    ask(method, bench.wsParams(params));
  return { ...bench, peer, ask, signed };
};

const usage = (rateLimitType: string, interval: string, limit: number, count: number) => ({
  rateLimitType,
  interval,
  intervalNum: interval === 'SECOND' ? 10 : 1,
  limit,
  count,
});
const used = (count: number) => usage('REQUEST_WEIGHT', 'MINUTE', 6000, count);

describe('requests', () => {
  it('are answered under their id, with what they cost', () => {
    const { ask } = createScene();
    const result = {};
    expect(ask('ping', undefined, 7)).toEqual({
      id: 7,
      status: 200,
      result,
      rateLimits: [used(3)],
    });
    expect(ask('time', undefined, null)).toEqual({
      id: null,
      status: 200,
      result: { serverTime: START },
      rateLimits: [used(4)],
    });
    expect(ask('v3/time')).toMatchObject({ status: 200, result: { serverTime: START } });
  });

  it('share the weight of the REST API, connecting included', () => {
    const { call, ask } = createScene();
    expect(call('GET', '/api/v3/ping').headers['x-mbx-used-weight-1m']).toBe('3');
    expect(ask('ping')).toMatchObject({ rateLimits: [used(4)] });
  });

  it('may do without the limits', () => {
    const { ask } = createScene();
    expect(ask('ping', { returnRateLimits: false })).not.toHaveProperty('rateLimits');
    const quiet = createScene('returnRateLimits=false');
    expect(quiet.ask('ping')).not.toHaveProperty('rateLimits');
    expect(quiet.ask('ping', { returnRateLimits: true })).toHaveProperty('rateLimits');
  });

  it.each([
    '{',
    '[]',
    '{"id":1}',
    '{"id":{},"method":"ping"}',
    '{"id":1,"method":"ping","params":3}',
  ])('that make no sense are refused: %s', (text) => {
    const { peer } = createScene();
    peer.session.receive(text);
    const error = { code: -1135, msg: 'Invalid JSON Request' };
    expect(peer.take()).toEqual([{ id: null, status: 400, error }]);
  });

  it('for an unknown method are refused', () => {
    const { ask } = createScene();
    expect(ask('order.dream')).toMatchObject({ id: 'x', status: 400, error: { code: -1020 } });
  });

  it('have parameters of any JSON type', () => {
    const { ask } = createScene();
    const { result } = ask('depth', { symbol: 'BTCUSDT', limit: 5 });
    expect(result).toMatchObject({ bids: [], asks: [] });
    const prices = ask('ticker.price', { symbols: ['BTCUSDT', 'ETHUSDT'] });
    expect(prices.result).toHaveLength(2);
    expect(ask('depth', { symbol: null })).toMatchObject({ error: { code: -1105 } });
  });

  it('are refused over the limit, until when', () => {
    const { ask, advance } = createScene();
    for (let count = 0; count < 74; count += 1) ask('openOrders.status');
    advance(1000);
    const refused = ask('depth', { symbol: 'BTCUSDT', limit: 5000 });
    expect(refused).toMatchObject({
      id: 'x',
      status: 429,
      error: { code: -1003, data: { serverTime: START + 1000, retryAfter: START + 60_000 } },
    });
  });
});

describe('signed requests', () => {
  it('place, show and cancel an order', () => {
    const { signed } = createScene();
    const placed = signed('order.place', { ...LIMIT, newClientOrderId: 'mine' });
    expect(placed).toMatchObject({
      id: 'x',
      status: 200,
      result: { orderId: 1, clientOrderId: 'mine', status: 'NEW', fills: [] },
      rateLimits: [usage('ORDERS', 'SECOND', 50, 1), usage('ORDERS', 'DAY', 160_000, 1), used(2)],
    });
    const named = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };
    expect(signed('order.status', named)).toMatchObject({ result: { status: 'NEW' } });
    expect(signed('openOrders.status')).toMatchObject({ result: [{ orderId: 1 }] });
    const canceled = signed('order.cancel', named);
    expect(canceled).toMatchObject({ result: { origClientOrderId: 'mine', status: 'CANCELED' } });
    expect(signed('order.cancel', named)).toMatchObject({
      status: 400,
      error: { code: -2011, msg: 'Unknown order sent.' },
    });
  });

  it.each([
    ['apiKey', undefined, 401, -2014],
    ['apiKey', 'x'.repeat(64), 401, -2015],
    ['signature', 'abc', 400, -1022],
    ['signature', undefined, 400, -1102],
    ['price', '60001', 400, -1022],
    ['timestamp', START + 1, 400, -1022],
  ])('with %s %s are refused', (name, value, status, code) => {
    const { ask, wsParams, engine, accountId } = createScene();
    const answer = ask('order.place', { ...wsParams(LIMIT), [name]: value });
    expect(answer).toMatchObject({ status, error: { code } });
    expect(engine.orders(accountId)).toEqual([]);
  });

  it('are signed over names in alphabetical order and text beyond ASCII as it is', () => {
    const { signed } = createScene();
    const answer = signed('order.status', { symbol: '１２３４５６', orderId: 1 });
    expect(answer).toMatchObject({ error: { code: -1121 } });
  });

  it('need to be in time', () => {
    const { ask, wsParams, advance } = createScene();
    const params = wsParams();
    advance(5001);
    expect(ask('openOrders.status', params)).toMatchObject({ error: { code: -1021 } });
  });
});

describe('the user data stream', () => {
  it('is subscribed to once per connection', () => {
    const { signed, ask } = createScene();
    expect(ask('session.subscriptions')).toMatchObject({ result: [] });
    expect(signed(SUBSCRIBE)).toMatchObject({ status: 200, result: { subscriptionId: 0 } });
    expect(signed(SUBSCRIBE)).toMatchObject({
      status: 400,
      error: { code: -2035, msg: 'User Data Stream subscription already active.' },
    });
    expect(ask('session.subscriptions')).toMatchObject({ result: [{ subscriptionId: 0 }] });
  });

  it('is subscribed to only so often in the life of a connection', () => {
    const { signed, connect, wsParams, control } = createScene('', {
      connectionLimits: { subscriptions: 2 },
    });
    for (const subscriptionId of [0, 1]) {
      expect(signed(SUBSCRIBE)).toMatchObject({ result: { subscriptionId } });
      expect(signed(SUBSCRIBE)).toMatchObject({ error: { code: -2035 } });
      control.endSubscriptions();
    }
    expect(signed(SUBSCRIBE)).toMatchObject({
      status: 400,
      error: { code: -2042, msg: 'Maximum subscription ID reached for this connection.' },
    });
    expect(control.violations()).toEqual({ SUBSCRIPTIONS: 1 });
    const another = connect('/ws-api/v3');
    another.send({ id: 1, method: SUBSCRIBE, params: wsParams() });
    expect(another.take()).toMatchObject([{ result: { subscriptionId: 0 } }]);
  });

  it('needs a signature', () => {
    const { ask, wsParams } = createScene();
    const refused = ask(SUBSCRIBE, { ...wsParams(), signature: 'no' });
    expect(refused).toMatchObject({ status: 400, error: { code: -1022 } });
    expect(ask('session.subscriptions')).toMatchObject({ result: [] });
  });

  it('sends events to every connection that subscribed, and to no other', () => {
    const { signed, peer, connect, wsParams, signed: first } = createScene();
    const second = connect('/ws-api/v3');
    const third = connect('/ws-api/v3');
    first(SUBSCRIBE);
    second.send({ id: 1, method: SUBSCRIBE, params: wsParams() });
    second.take();
    signed('order.place', LIMIT);
    const kinds = (frames: Json[]) => frames.map(({ event }) => event?.e);
    expect(kinds(second.take())).toEqual(['executionReport', 'outboundAccountPosition']);
    expect(kinds(peer.frames).slice(1)).toEqual([
      'executionReport',
      'outboundAccountPosition',
      undefined,
    ]);
    expect(third.frames).toEqual([]);
  });

  it('ends with the subscription', () => {
    const { signed, ask, peer } = createScene();
    const inactive = { code: -2036, msg: 'User Data Stream subscription not active.' };
    expect(ask('userDataStream.unsubscribe')).toMatchObject({ error: inactive });
    signed(SUBSCRIBE);
    const other = ask('userDataStream.unsubscribe', { subscriptionId: 5 });
    expect(other).toMatchObject({ error: inactive });
    peer.send({ id: 2, method: 'userDataStream.unsubscribe', params: { subscriptionId: 0 } });
    expect(peer.take()).toMatchObject([
      { subscriptionId: 0, event: { e: 'eventStreamTerminated', E: START } },
      { id: 2, status: 200, result: {} },
    ]);
    signed('order.place', LIMIT);
    expect(peer.frames.filter(({ event }) => event)).toHaveLength(1);
    expect(signed(SUBSCRIBE)).toMatchObject({ result: { subscriptionId: 1 } });
  });

  it('ends with the connection', () => {
    const { signed, peer, signed: ask } = createScene();
    signed(SUBSCRIBE);
    peer.session.closed();
    ask('order.place', LIMIT);
    expect(peer.frames.filter(({ event }) => event)).toEqual([]);
  });
});
