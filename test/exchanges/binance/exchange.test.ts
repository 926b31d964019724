import { isLeft } from 'fp-ts/lib/Either.js';
import type { Domain, Endpoint, Exchange } from '../../../src/core/contract.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { messages, right } from './support.js';

const exchange: Exchange = binanceSpot;
const { orders } = exchange;

type Costs = Pick<Endpoint<never, unknown>, 'method' | 'path' | 'signed' | 'weights' | 'priority'>;

const endpoints: Readonly<Record<string, Costs>> = {
  ping: exchange.ping,
  time: exchange.time,
  rules: exchange.rules,
  snapshot: exchange.orderBook.snapshot,
  balances: exchange.balances,
  place: orders.place,
  cancel: orders.cancel,
  status: orders.status,
  fills: orders.fills,
  open: orders.open,
};

describe.each(Object.entries(endpoints))('%s', (_, { method, path, signed, weights }) => {
  it('costs something of limits that exist, and less than they grant', () => {
    expect(Object.keys(weights)).toEqual(expect.arrayContaining(['weight', 'requests']));
    for (const [pool, weight] of Object.entries(weights)) {
      expect(Object.keys(exchange.limits)).toContain(pool);
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThan(exchange.limits[pool]!.limit);
    }
  });

  it('is a path of the API, and signed where it concerns an account', () => {
    expect(path).toMatch(/^\/api\/v3\/[a-zA-Z]+$/);
    expect(signed).toBe(/order|account|myTrades/i.test(path));
    if (method !== 'GET') expect(signed).toBe(true);
  });
});

it('counts as the exchange does', () => {
  expect(exchange.limits).toEqual({
    weight: { limit: 6_000, interval: 60_000 },
    requests: { limit: 300_000, interval: 300_000 },
    connections: { limit: 300, interval: 300_000 },
    orders10s: { limit: 50, interval: 10_000 },
    ordersDay: { limit: 160_000, interval: 86_400_000 },
  });
});

it.each([
  ['market', exchange.streams.socket, { connections: 1 }],
  ['user', exchange.userStream.socket, { connections: 1, weight: 4 }],
])('counts each %s socket, which lasts a day', (_, terms, weights) => {
  expect(terms).toMatchObject({ weights, lifetime: 86_400_000 });
});

it('lets cancels go before placements, and both before all else', () => {
  expect(Object.entries(endpoints).map(([name, { priority }]) => [name, priority])).toEqual([
    ['ping', 'query'],
    ['time', 'query'],
    ['rules', 'query'],
    ['snapshot', 'market_data'],
    ['balances', 'query'],
    ['place', 'place'],
    ['cancel', 'cancel'],
    ['status', 'query'],
    ['fills', 'query'],
    ['open', 'query'],
  ]);
});

const domains: readonly (readonly [string, Domain])[] = Object.entries(exchange.domains);

it.each(domains)('is reached at %s', (_, { rest, stream, wsApi }) => {
  expect(rest).toMatch(/^https:\/\/[a-z.-]+$/);
  expect(stream).toMatch(/^wss:\/\/[a-z.-]+(:\d+)?$/);
  expect(wsApi).toMatch(/^wss:\/\/[a-z.-]+(:\d+)?\/ws-api\/v3$/);
});

it('is the exchange itself unless something else is asked for', () => {
  expect(Object.keys(exchange.domains)).toEqual(['com', 'us', 'testnet', 'demo']);
  expect(exchange.domains.com).toEqual({
    rest: 'https://api.binance.com',
    stream: 'wss://stream.binance.com:9443',
    wsApi: 'wss://ws-api.binance.com:443/ws-api/v3',
  });
});

it('answers a ping', () => {
  expect(exchange.ping).toMatchObject({ method: 'GET', path: '/api/v3/ping', signed: false });
  expect(exchange.ping.params()).toEqual({});
  expect(right(exchange.ping.decode({}))).toEqual({});
  expect(isLeft(exchange.ping.decode(undefined))).toBe(true);
});

it('tells the time', () => {
  expect(exchange.time).toMatchObject({ method: 'GET', path: '/api/v3/time', signed: false });
  expect(exchange.time.params()).toEqual({});
  expect(right(exchange.time.decode(messages('market-data').serverTime))).toBe(1_772_600_760_123);
});

it('tells what was used of the limits by its headers', () => {
  const headers = {
    'content-type': 'application/json',
    'x-mbx-used-weight': '30',
    'x-mbx-used-weight-1m': '26',
    'x-mbx-order-count-10s': '3',
    'x-mbx-order-count-1d': '41',
  };
  expect(exchange.usage(headers)).toEqual({ weight: 26, orders10s: 3, ordersDay: 41 });
  expect(exchange.usage({ 'x-mbx-used-weight-1m': 'many' })).toEqual({});
});
