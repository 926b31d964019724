import type { Endpoint } from '../../../src/core/contract.js';
import { createSigner } from '../../../src/net/signer.js';
import { exchange, messages, right } from './support.js';

const { orders, perpetual, userStream } = exchange;

type Costs = Pick<Endpoint<never, unknown>, 'method' | 'path' | 'signed' | 'weights'>;

const calls: Readonly<Record<string, Costs>> = {
  ping: exchange.ping,
  time: exchange.time,
  rules: exchange.rules,
  lastPrice: exchange.lastPrice,
  snapshot: exchange.orderBook.snapshot,
  since: exchange.trades.since,
  balances: exchange.balances,
  tradeFees: exchange.tradeFees,
  place: orders.place,
  cancel: orders.cancel,
  status: orders.status,
  fills: orders.fills,
  open: orders.open,
  latestFundingInfo: perpetual.latestFundingInfo,
  fundingPayments: perpetual.fundingPayments,
  positions: perpetual.positions,
  leverage: perpetual.leverage,
  setLeverage: perpetual.setLeverage,
  positionMode: perpetual.positionMode,
  setPositionMode: perpetual.setPositionMode,
};

const ofAnybody = ['ping', 'time', 'rules', 'lastPrice', 'snapshot', 'since', 'latestFundingInfo'];

it.each(Object.entries(calls))('%s costs something that there is', (name, call) => {
  const costs = Object.entries(call.weights);
  expect(costs.length).toBeGreaterThan(0);
  for (const [pool, weight] of costs) {
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThan(exchange.limits[pool]!.limit);
  }
  expect(call.path).toMatch(/^\/fapi\/v[123]\/[a-zA-Z/]+$/);
  expect(call.signed).toBe(!ofAnybody.includes(name));
});

it('counts as the exchange does', () => {
  expect(exchange.limits).toEqual({
    weight: { limit: 2_400, interval: 60_000 },
    connections: { limit: 300, interval: 300_000 },
    orders10s: { limit: 300, interval: 10_000 },
    ordersMinute: { limit: 1_200, interval: 60_000 },
  });
  for (const { socket } of [exchange.streams, userStream])
    expect(socket).toMatchObject({ weights: { connections: 1 }, lifetime: 86_400_000 });
  const headers = {
    'x-mbx-used-weight-1m': '26',
    'x-mbx-order-count-10s': '3',
    'x-mbx-order-count-1m': '41',
  };
  expect(exchange.usage(headers)).toEqual({ weight: 26, orders10s: 3, ordersMinute: 41 });
  expect(exchange.usage({ 'x-mbx-order-count-1m': 'many' })).toEqual({});
});

it('has an address for everything in each domain', () => {
  expect(Object.keys(exchange.domains)).toEqual(['com', 'testnet', 'demo']);
  expect(exchange.domains.com).toEqual({
    rest: 'https://fapi.binance.com',
    stream: 'wss://fstream.binance.com',
    wsApi: 'wss://fstream.binance.com/private',
  });
  for (const { rest, stream, wsApi } of Object.values(exchange.domains)) {
    expect(rest).toMatch(/^https:\/\/[a-z.-]+$/);
    expect(stream).toMatch(/^wss:\/\/[a-z.-]+$/);
    expect(wsApi).toBe(`${stream}/private`);
  }
});

it('answers a ping, and tells the time', () => {
  expect(right(exchange.ping.decode({}))).toEqual({});
  expect(right(exchange.time.decode(messages('market-data').serverTime))).toBe(1_772_600_760_123);
});

// The example of "SIGNED Endpoint Examples for POST /fapi/v1/order", with this library's parameters and time.
it('signs as the example of its documentation', () => {
  const signer = createSigner({
    apiKey: 'dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83',
    apiSecret: '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9',
  });
  const params = {
    symbol: 'BTCUSDT',
    side: 'BUY',
    type: 'LIMIT',
    quantity: '1',
    price: '9000',
    timeInForce: 'GTC',
  };
  expect(
    exchange.sign({ method: 'POST', path: orders.place.path, params }, signer, 1_591_702_613_943),
  ).toEqual({
    query:
      'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC' +
      '&recvWindow=5000&timestamp=1591702613943' +
      '&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
    headers: {
      'X-MBX-APIKEY': 'dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83',
    },
  });
});
