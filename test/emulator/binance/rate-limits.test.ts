import { defaultLimits, type LimitRule } from '../../../src/emulator/binance/rate-limits.js';
import { createBench, LIMIT, START, type Answer } from '../support.js';

const weight = ({ headers }: Answer) => Number(headers['x-mbx-used-weight-1m']);
const orders = ({ headers }: Answer) => [
  headers['x-mbx-order-count-10s'],
  headers['x-mbx-order-count-1d'],
];

describe('weights', () => {
  it.each([
    ['ping', {}, 1],
    ['time', {}, 1],
    ['exchangeInfo', {}, 20],
    ['depth', { symbol: 'BTCUSDT' }, 5],
    ['depth', { symbol: 'BTCUSDT', limit: 100 }, 5],
    ['depth', { symbol: 'BTCUSDT', limit: 101 }, 25],
    ['depth', { symbol: 'BTCUSDT', limit: 1000 }, 50],
    ['depth', { symbol: 'BTCUSDT', limit: 5000 }, 250],
    ['trades', { symbol: 'BTCUSDT' }, 25],
    ['historicalTrades', { symbol: 'BTCUSDT' }, 25],
    ['aggTrades', { symbol: 'BTCUSDT' }, 4],
    ['ticker/price', { symbol: 'BTCUSDT' }, 2],
    ['ticker/price', {}, 4],
    ['ticker/bookTicker', { symbols: '["BTCUSDT"]' }, 4],
    ['openOrders', { symbol: 'BTCUSDT' }, 6],
    ['openOrders', {}, 80],
    ['order', { symbol: 'BTCUSDT', orderId: 1 }, 4],
    ['allOrders', { symbol: 'BTCUSDT' }, 20],
    ['myTrades', { symbol: 'BTCUSDT' }, 20],
    ['myTrades', { symbol: 'BTCUSDT', orderId: 1 }, 5],
    ['myPreventedMatches', { symbol: 'BTCUSDT', orderId: 1 }, 20],
    ['myPreventedMatches', { symbol: 'BTCUSDT', preventedMatchId: 1 }, 2],
    ['account', {}, 20],
    ['account/commission', { symbol: 'BTCUSDT' }, 20],
    ['rateLimit/order', {}, 40],
  ] as const)('GET %s %j', (path, params, expected) => {
    const { call, signed } = createBench();
    const isPublic = /^(ping|time|exch|depth|trades|hist|agg|ticker)/.test(path);
    const answer = (isPublic ? call : signed)('GET', `/api/v3/${path}`, params);
    expect(weight(answer)).toBe(expected);
  });

  it('are added up until the next minute of the clock begins', () => {
    const { call, advance } = createBench({ start: START + 59_000 });
    const ask = () => weight(call('GET', '/api/v3/exchangeInfo'));
    expect([ask(), ask()]).toEqual([20, 40]);
    advance(999);
    expect(ask()).toBe(60);
    advance(1);
    expect(ask()).toBe(20);
  });

  it('of placements and cancels count only if they fail', () => {
    const { signed } = createBench();
    const place = () => signed('POST', '/api/v3/order', { ...LIMIT, newClientOrderId: 'a' });
    const cancel = () =>
      signed('DELETE', '/api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'a' });
    expect([place(), place(), cancel(), cancel()].map(weight)).toEqual([0, 1, 1, 2]);
  });

  it('refuse what would go over the limit, and say for how long', () => {
    const { call, advance } = createBench({ start: START + 1500 });
    for (let count = 0; count < 24; count += 1) {
      expect(call('GET', '/api/v3/depth', { symbol: 'BTCUSDT', limit: 5000 }).status).toBe(200);
    }
    const refused = call('GET', '/api/v3/ping');
    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({
      code: -1003,
      msg: 'Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.',
    });
    expect(refused.headers['retry-after']).toBe('59');
    expect(weight(refused)).toBe(6000);
    advance(58_500);
    expect(call('GET', '/api/v3/ping').status).toBe(200);
  });

  it('refuse placements too, which then are not carried out', () => {
    const limits: LimitRule[] = [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 20 },
    ];
    const { call, signed, engine, accountId } = createBench({ limits });
    call('GET', '/api/v3/exchangeInfo');
    expect(signed('POST', '/api/v3/order', LIMIT).json).toMatchObject({ code: -1003 });
    expect(engine.orders(accountId)).toEqual([]);
  });
});

it('refuses too many requests whatever they weigh', () => {
  const limits: LimitRule[] = [
    { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 2 },
  ];
  const { call } = createBench({ limits });
  const statuses = [1, 2, 3].map(() => call('GET', '/api/v3/ping').status);
  expect(statuses).toEqual([200, 200, 429]);
});

describe('order counts', () => {
  it('stand in the answers to placements that succeed', () => {
    const { signed, call } = createBench();
    const place = () => signed('POST', '/api/v3/order', { ...LIMIT, newClientOrderId: 'a' });
    expect(orders(place())).toEqual(['1', '1']);
    expect(orders(place())).toEqual([undefined, undefined]);
    signed('DELETE', '/api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'a' });
    expect(orders(place())).toEqual(['2', '2']);
    expect(orders(call('GET', '/api/v3/ping'))).toEqual([undefined, undefined]);
  });

  it('start anew with each interval of the clock', () => {
    const { signed, advance } = createBench({ start: START + 9000 });
    const place = () => orders(signed('POST', '/api/v3/order', LIMIT));
    expect(place()).toEqual(['1', '1']);
    advance(1000);
    expect(place()).toEqual(['1', '2']);
  });

  it('refuse the order beyond the limit', () => {
    const { signed, advance } = createBench();
    const place = () => signed('POST', '/api/v3/order', { ...LIMIT, quantity: '0.001' });
    for (let count = 0; count < 50; count += 1) expect(place().status).toBe(200);
    const refused = place();
    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({
      code: -1015,
      msg: 'Too many new orders; current limit is 50 orders per 10 SECOND.',
    });
    expect(refused.headers['retry-after']).toBeUndefined();
    advance(10_000);
    expect(place().status).toBe(200);
  });

  it('give back one for a taker and five for a maker, never below zero', () => {
    const { signed, rival } = createBench();
    const order = { ...LIMIT, price: '64000' };
    const maker = { ...order, quantity: '0.1' };
    const count = (): unknown => {
      const { json } = signed('GET', '/api/v3/rateLimit/order');
      return (json as unknown as { count: number }[]).map((limit) => limit.count);
    };
    for (let placed = 0; placed < 7; placed += 1) signed('POST', '/api/v3/order', maker);
    expect(count()).toEqual([7, 7]);
    rival('BTCUSDT', 'sell', '64000', '0.05');
    expect(count()).toEqual([2, 2]);
    rival('BTCUSDT', 'sell', '64000', '0.01');
    expect(count()).toEqual([2, 2]);
    rival('BTCUSDT', 'sell', '64000', '0.1');
    expect(count()).toEqual([0, 0]);
    rival('BTCUSDT', 'sell', '64000', '1');
    expect(count()).toEqual([0, 0]);
    rival('BTCUSDT', 'sell', '64010', '1');
    expect(signed('POST', '/api/v3/order', { ...order, price: '64010' }).status).toBe(200);
    expect(count()).toEqual([0, 0]);
  });

  it('are told with their limits', () => {
    const { signed } = createBench();
    const rules = defaultLimits.filter(({ rateLimitType }) => rateLimitType === 'ORDERS');
    expect(signed('GET', '/api/v3/rateLimit/order').json).toEqual(
      rules.map((rule) => ({ ...rule, count: 0 })),
    );
  });
});
