import type { LimitRule } from '../../../src/emulator/binance/rate-limits.js';
import type { EmulatorOptions } from '../../../src/emulator/emulation.js';
import { createBench, LIMIT, START } from '../support.js';

const limits: readonly LimitRule[] = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 10 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 1 },
];

/** A client that has used up its weight. */
const createScene = (options: EmulatorOptions = {}) => {
  const bench = createBench({ limits, bans: { tolerance: 3 }, ...options });
  const ping = () => bench.call('GET', '/api/v3/ping');
  const pings = (count: number) => Array.from({ length: count }, () => ping().status);
  pings(10);
  return { ...bench, ping, pings };
};

const banned = (until: number) => ({
  code: -1003,
  msg: `Way too much request weight used; IP banned until ${until}. Please use WebSocket Streams for live updates to avoid bans.`,
});

describe('a client that goes on despite its refusals', () => {
  it('is banned for two minutes', () => {
    const { ping, pings, advance } = createScene();
    expect(pings(5)).toEqual([429, 429, 429, 429, 418]);
    advance(1500);
    const { status, json, headers } = ping();
    expect([status, json]).toEqual([418, banned(START + 120_000)]);
    expect(headers['retry-after']).toBe('119');
    expect(headers['x-mbx-used-weight-1m']).toBe('10');
    advance(118_499);
    expect(ping().status).toBe(418);
    advance(1);
    expect(ping().status).toBe(200);
  });

  it('is banned twice as long each time, up to a limit', () => {
    const { pings, ping, advance } = createScene({
      bans: { tolerance: 3, first: 60_000, longest: 200_000 },
    });
    const bans: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      pings(14);
      bans.push(Number(ping().headers['retry-after']));
      advance(240_000);
    }
    expect(bans).toEqual([60, 120, 200, 200]);
  });

  it('is banned on the WebSocket API too, and from new connections', () => {
    const { pings, connect, dialect } = createScene();
    const peer = connect('/ws-api/v3');
    pings(4);
    peer.send({ id: 1, method: 'ping' });
    const until = START + 120_000;
    expect(peer.take()).toMatchObject([
      {
        id: 1,
        status: 418,
        error: { ...banned(until), data: { serverTime: START, retryAfter: until } },
      },
    ]);
    expect(dialect.refusal?.('/ws')).toMatchObject({ status: 418 });
    expect(connect('/ws').closes).toMatchObject([{ code: 1008 }]);
  });

  it('is not banned if it waits as long as it was told to', () => {
    const { pings, advance } = createScene();
    for (let round = 0; round < 3; round += 1) {
      expect(pings(3)).toEqual([429, 429, 429]);
      advance(60_000);
      expect(pings(10)).not.toContain(418);
    }
  });

  it('is not banned for too many orders', () => {
    const { signed, advance } = createScene();
    advance(60_000);
    const place = () => signed('POST', '/api/v3/order', LIMIT).status;
    expect(Array.from({ length: 6 }, place)).toEqual([200, 429, 429, 429, 429, 429]);
  });
});

it('counts what was refused, by limit', () => {
  const { control, pings, signed, advance, connect } = createScene({
    connectionLimits: { attempts: 2, streams: 1, messages: 2 },
  });
  expect(control.violations()).toEqual({});
  pings(2);
  advance(60_000);
  for (let count = 0; count < 3; count += 1) signed('POST', '/api/v3/order', LIMIT);
  const peer = connect('/ws');
  for (let count = 0; count < 3; count += 1) {
    peer.send({ method: 'SUBSCRIBE', params: ['btcusdt@trade', 'ethusdt@trade'], id: 1 });
  }
  connect('/stream', 'streams=btcusdt@trade/ethusdt@trade');
  connect('/ws');
  expect(control.violations()).toEqual({
    REQUEST_WEIGHT: 2,
    ORDERS: 2,
    STREAMS: 3,
    MESSAGES: 1,
    CONNECTIONS: 1,
  });
});
