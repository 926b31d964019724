import { WS } from 'jest-websocket-mock';
import { WebSocket as MockWebSocket } from 'mock-socket';
import { firstValueFrom } from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import { type Connection, socketFrom } from '../../src/net/socket.js';

const url = 'wss://exchange.test/stream?listenKey=SECRET';

/** A server, and what happens on one socket to it. */
const createWorld = () => {
  const server = new WS(url);
  const events: string[] = [];
  const errors: unknown[] = [];
  let connection: Connection | undefined;
  const listen = (opened: Connection) => {
    connection = opened;
    events.push('open');
    opened.frame$.subscribe({
      next: (text) => events.push(`frame ${text}`),
      complete: () => events.push('last frame'),
    });
  };
  const subscription = socketFrom(MockWebSocket)(url).subscribe({
    next: listen,
    error: (error: unknown) => {
      events.push('error');
      errors.push(error);
    },
    complete: () => events.push('complete'),
  });
  const send = (text: string) => connection?.send(text);
  return { server, events, errors, subscription, send };
};

/** Lets the mock, which answers some ms later by timers of its own, say all that it has to say. */
const settle = (): Promise<unknown> =>
  new Promise((resolve) => {
    new MockWebSocket('wss://nowhere.test').addEventListener('close', resolve);
  });

afterEach(async () => {
  WS.clean();
  await settle();
});

it('emits the connection once it is open', async () => {
  const { server, events } = createWorld();
  expect(events).toEqual([]);
  await server.connected;
  expect(events).toEqual(['open']);
});

it('passes frames on in their order, as text', async () => {
  const { server, events } = createWorld();
  await server.connected;
  server.send('{"a":1}');
  server.send('');
  server.send('two');
  expect(events).toEqual(['open', 'frame {"a":1}', 'frame ', 'frame two']);
});

it('sends text', async () => {
  const { server, send } = createWorld();
  await server.connected;
  send('{"method":"SUBSCRIBE"}');
  send('again');
  expect(await server.nextMessage).toBe('{"method":"SUBSCRIBE"}');
  expect(await server.nextMessage).toBe('again');
});

it.each([
  [1000, '', 'The socket to exchange.test closed with code 1000.'],
  [1001, 'restart', 'The socket to exchange.test closed with code 1001 (restart).'],
  [
    1008,
    'Too many requests',
    'The socket to exchange.test closed with code 1008 (Too many requests).',
  ],
])('tells a close by the server with code %i and reason "%s"', async (code, reason, message) => {
  const { server, events, errors } = createWorld();
  await server.connected;
  server.close({ code, reason, wasClean: true });
  await server.closed;
  expect(events).toEqual(['open', 'last frame', 'error']);
  expect(errors[0]).toBeInstanceOf(ConnectorError);
  expect(errors[0]).toMatchObject({ kind: 'network', retryable: true, code, message });
});

it('tells a connection that was dropped, once', async () => {
  const { server, events, errors } = createWorld();
  await server.connected;
  server.error();
  await server.closed;
  expect(events).toEqual(['open', 'last frame', 'error']);
  expect(errors[0]).toMatchObject({ kind: 'network' });
});

it('tells a server that cannot be reached', async () => {
  const error = await new Promise((resolve) =>
    socketFrom(MockWebSocket)('wss://nowhere.test/stream').subscribe({ error: resolve }),
  );
  expect(error).toMatchObject({
    kind: 'network',
    message: expect.stringContaining('The socket to nowhere.test closed') as unknown,
  });
});

it('closes by unsubscribing, without a word', async () => {
  const { server, events, subscription } = createWorld();
  await server.connected;
  subscription.unsubscribe();
  await server.closed;
  await settle();
  expect(events).toEqual(['open', 'last frame']);
});

it('emits nothing after unsubscribing', async () => {
  const { server, events, subscription } = createWorld();
  await server.connected;
  server.send('in time');
  subscription.unsubscribe();
  server.send('late');
  await server.closed;
  await settle();
  expect(events).toEqual(['open', 'frame in time', 'last frame']);
});

it('does not mind unsubscribing before it is open', async () => {
  const { server, events, subscription } = createWorld();
  subscription.unsubscribe();
  await server.closed;
  await settle();
  expect(events).toEqual([]);
});

it('opens a socket of its own for each subscription', async () => {
  const server = new WS(url);
  let connections = 0;
  server.on('connection', () => connections++);
  const socket$ = socketFrom(MockWebSocket)(url);
  await new Promise(setImmediate);
  expect(connections).toBe(0);
  await Promise.all([firstValueFrom(socket$), firstValueFrom(socket$)]);
  expect(connections).toBe(2);
});
