import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { emulator, type Venue } from '../../src/emulator/index.js';
import { hmac, parse, queryOf, type Json } from './support.js';

const venues: Venue[] = [];
const sockets: WebSocket[] = [];

const start = async (options: Parameters<typeof emulator>[0] = { traders: false }) => {
  const venue = await emulator(options).listen();
  venues.push(venue);
  return venue;
};

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(venues.splice(0).map((venue) => venue.close()));
});

interface HttpAnswer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly json: Json;
}

/** A call on a connection of its own, so that no pool keeps sockets open. */
const call = async (
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<HttpAnswer> => {
  const { method = 'GET', headers = {}, body = '' } = options;
  const outgoing = request(url, { method, headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, json: parse(text) };
};

const sign = ({ credentials }: Venue, params: Record<string, string | number>): string => {
  const payload = queryOf({ ...params, timestamp: Date.now() });
  return `${payload}&signature=${hmac(payload, credentials.apiSecret)}`;
};

const open = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url);
  sockets.push(socket);
  await once(socket, 'open');
  return socket;
};

const nextFrame = async (socket: WebSocket): Promise<Json> => {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return parse(data.toString());
};

const ORDER = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.01',
  price: '60000',
};

describe('over HTTP', () => {
  it('answers with status, headers and JSON', async () => {
    const { domain } = await start();
    const { status, headers, json } = await call(`${domain.rest}/api/v3/time`);
    expect(status).toBe(200);
    expect(Math.abs(Number(json.serverTime) - Date.now())).toBeLessThan(5000);
    expect(headers['content-type']).toContain('application/json');
    expect(headers['x-mbx-used-weight-1m']).toBe('1');
    const missing = await call(`${domain.rest}/api/v3/none?a=b`);
    expect(missing.status).toBe(404);
  });

  it('takes signed orders, in the query or as a form', async () => {
    const venue = await start();
    const url = `${venue.domain.rest}/api/v3/order`;
    const headers = { 'X-MBX-APIKEY': venue.credentials.apiKey };
    const first = await call(`${url}?${sign(venue, ORDER)}`, { method: 'POST', headers });
    expect(first.json).toMatchObject({ status: 'NEW' });
    const second = await call(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: sign(venue, { ...ORDER, price: '59000' }),
    });
    expect(second.headers['x-mbx-order-count-10s']).toBe('2');
    const prices = venue.orders().map(({ price }) => price.toNumber());
    expect(prices).toEqual([60_000, 59_000]);
    expect(venue.balances().get('USDT')?.locked.toNumber()).toBe(1190);
    expect(venue.trades()).toEqual([]);
  });
});

describe('over WebSocket', () => {
  it('streams markets in which synthetic traders trade', async () => {
    const { domain, engine } = await start({ seed: 7 });
    const socket = await open(`${domain.stream}/stream?streams=btcusdt@depth@100ms`);
    const { stream, data } = await nextFrame(socket);
    expect(stream).toBe('btcusdt@depth@100ms');
    expect(data).toMatchObject({ e: 'depthUpdate', s: 'BTCUSDT' });
    for (const symbol of ['BTCUSDT', 'ETHUSDT', 'BNBUSDT']) {
      expect(engine.depth(symbol, 5)).toMatchObject({ bids: { length: 5 }, asks: { length: 5 } });
    }
  });

  it('takes requests and sends the events of the account', async () => {
    const venue = await start();
    const socket = await open(venue.domain.wsApi);
    const timestamp = Date.now();
    const { apiKey, apiSecret } = venue.credentials;
    const signature = hmac(`apiKey=${apiKey}&timestamp=${timestamp}`, apiSecret);
    const method = 'userDataStream.subscribe.signature';
    socket.send(JSON.stringify({ id: 1, method, params: { apiKey, timestamp, signature } }));
    expect(await nextFrame(socket)).toMatchObject({ id: 1, status: 200 });
    const event = nextFrame(socket);
    const headers = { 'X-MBX-APIKEY': apiKey };
    const url = `${venue.domain.rest}/api/v3/order?${sign(venue, ORDER)}`;
    await call(url, { method: 'POST', headers });
    expect(await event).toMatchObject({ subscriptionId: 0, event: { x: 'NEW' } });
  });

  it('closes a connection that talks too much, pings included', async () => {
    const { domain } = await start();
    const socket = await open(`${domain.stream}/ws`);
    for (let sent = 0; sent < 6; sent += 1) socket.ping();
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });

  it('refuses other paths', async () => {
    const { domain } = await start();
    const socket = new WebSocket(`${domain.stream}/other`);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });

  it('can break all connections', async () => {
    const { domain, control } = await start();
    const both = await Promise.all([open(`${domain.stream}/ws`), open(domain.wsApi)]);
    const closed = Promise.all(both.map((socket) => once(socket, 'close') as Promise<[number]>));
    control.disconnect();
    expect((await closed).map(([code]) => code)).toEqual([1006, 1006]);
    await open(`${domain.stream}/ws`);
  });
});

describe('over the network', () => {
  it('requests break or hang if they are told to', async () => {
    const { domain, control } = await start();
    control.failNext({ path: '/api/v3/ping', effect: 'none', answer: 'reset' });
    await expect(call(`${domain.rest}/api/v3/ping`)).rejects.toThrow('socket hang up');
    control.failNext({ path: '/api/v3/ping', effect: 'none', answer: 'timeout' });
    const abort = new AbortController();
    const hanging = fetch(`${domain.rest}/api/v3/ping`, { signal: abort.signal });
    expect((await call(`${domain.rest}/api/v3/time`)).status).toBe(200);
    abort.abort();
    await expect(hanging).rejects.toThrow('aborted');
  });

  it('answers wait if they are told to', async () => {
    const venue = await start();
    venue.control.userEvents('before', 30);
    const headers = { 'X-MBX-APIKEY': venue.credentials.apiKey };
    const url = `${venue.domain.rest}/api/v3/order?${sign(venue, ORDER)}`;
    const started = performance.now();
    await call(url, { method: 'POST', headers });
    expect(performance.now() - started).toBeGreaterThan(25);
  });

  it('connections are refused with status and reason', async () => {
    const { domain } = await start({ traders: false, connectionLimits: { attempts: 1 } });
    await open(`${domain.stream}/ws`);
    await open(domain.wsApi);
    const refused = new WebSocket(`${domain.stream}/ws`);
    const [, response] = (await once(refused, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    refused.on('error', () => undefined);
    refused.terminate();
  });
});

describe('the end', () => {
  it('ends all connections', async () => {
    const { domain, close } = await start();
    const socket = await open(`${domain.stream}/ws`);
    const half = connect(Number(new URL(domain.rest).port), '127.0.0.1');
    half.write('GET /api/v3/ping HTTP/1.1\r\n');
    half.on('error', () => undefined);
    await once(half, 'connect');
    const halfClosed = new Promise((resolve) => half.once('close', resolve));
    const closed = Promise.all([once(socket, 'close'), halfClosed]);
    await close();
    await closed;
    await expect(call(`${domain.rest}/api/v3/ping`)).rejects.toThrow('ECONNREFUSED');
  });

  it('may be asked for twice', async () => {
    const venue = await start();
    await venue.close();
    await expect(venue.close()).resolves.toBeUndefined();
  });

  it('comes before the beginning where the port is taken', async () => {
    const venue = await start();
    const port = Number(new URL(venue.domain.rest).port);
    await expect(emulator({ traders: false }).listen({ port })).rejects.toThrow('EADDRINUSE');
  });
});
