import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  EMPTY,
  filter,
  firstValueFrom,
  NEVER,
  of,
  startWith,
  Subject,
  VirtualTimeScheduler,
} from 'rxjs';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { type WebSocket, WebSocketServer } from 'ws';
import { createEnvironment } from '../../src/net/environment.js';
import type { HttpRequest } from '../../src/net/http.js';
import type { Connection } from '../../src/net/socket.js';
import { steadyScheduler } from '../../src/time/steady-scheduler.js';

/** A server on this machine for one test; it counts its connections and knows when all are gone. */
const serve = async (listener?: RequestListener) => {
  const server = createServer(listener);
  const connections: TcpSocket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.close();
    await once(server, 'close');
  };
  return { server, connections, stop, host: `127.0.0.1:${port}` };
};

/** A socket server for one test. */
const serveSockets = async () => {
  const { server, ...rest } = await serve();
  const sockets = new WebSocketServer({ server });
  const url = `ws://${rest.host}/stream?key=SECRET`;
  return { ...rest, sockets, url };
};

/** An address at which nobody listens. */
const nobody = async (): Promise<string> => {
  const { host, stop } = await serve();
  await stop();
  return host;
};

const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: { 'x-key': 'k' } });

const errorOf = (stream$: Parameters<typeof firstValueFrom>[0]): Promise<unknown> =>
  firstValueFrom(stream$).then(
    () => undefined,
    (error: unknown) => error,
  );

const within = (ms: number) => ({ signal: AbortSignal.timeout(ms) });

describe('what is handed in', () => {
  it('is used', () => {
    const options = {
      scheduler: new VirtualTimeScheduler(),
      wallClock: () => 1,
      random: () => 0.5,
      http: () => EMPTY,
      socket: () => NEVER,
    };
    expect(createEnvironment(options)).toEqual(options);
  });

  it('may be a fetch', async () => {
    const { http } = createEnvironment({
      fetch: () =>
        Promise.resolve({
          status: 201,
          headers: new Headers(),
          text: () => Promise.resolve('mine'),
        }),
    });
    expect(await firstValueFrom(http(get('http://exchange.test')))).toMatchObject({ body: 'mine' });
  });

  it('may be a WebSocket', () => {
    const opened: string[] = [];
    class Mine {
      onopen = null;
      onmessage = null;
      onerror = null;
      onclose = null;
      constructor(url: string) {
        opened.push(url);
      }
      send = () => undefined;
      close = () => opened.push('closed');
    }
    const { socket } = createEnvironment({ WebSocket: Mine });
    socket('ws://exchange.test').subscribe().unsubscribe();
    expect(opened).toEqual(['ws://exchange.test', 'closed']);
  });

  it('goes before a fetch', () => {
    const http = () => of({ status: 200, headers: {}, body: '' });
    const fetch = () => Promise.reject(new Error('not wanted'));
    expect(createEnvironment({ http, fetch }).http).toBe(http);
  });
});

it('has real time and chance by default', () => {
  const { scheduler, random } = createEnvironment();
  expect(scheduler).toBe(steadyScheduler);
  expect(random()).toBeGreaterThanOrEqual(0);
  expect(random()).toBeLessThan(1);
});

describe('http', () => {
  it('asks a real server', async () => {
    const { host, stop } = await serve((request, response) => {
      response.writeHead(418, { 'Retry-After': '7' });
      response.end(
        `${request.method ?? ''} ${request.url ?? ''} ${String(request.headers['x-key'])}`,
      );
    });
    const { http } = createEnvironment();
    expect(await firstValueFrom(http(get(`http://${host}/a?b=c%20d`)))).toEqual({
      status: 418,
      headers: expect.objectContaining({ 'retry-after': '7' }) as unknown,
      body: 'GET /a?b=c%20d k',
    });
    await stop();
  });

  it('keeps its connections for the requests that follow', async () => {
    const { host, stop, connections } = await serve((_, response) => response.end('ok'));
    const { http } = createEnvironment();
    for (let i = 0; i < 9; i++) await firstValueFrom(http(get(`http://${host}/`)));
    // One that follows at the very moment of an answer finds its connection busy still.
    expect(connections.length).toBeLessThanOrEqual(2);
    await stop();
  });

  it('hangs up when it is unsubscribed from', async () => {
    const { host, stop, server } = await serve(() => undefined);
    const { http } = createEnvironment();
    const subscription = http(get(`http://${host}/`)).subscribe();
    const [request] = (await once(server, 'request')) as Parameters<RequestListener>;
    subscription.unsubscribe();
    await once(request.socket, 'close');
    await stop();
  });

  it('tells a server that is not there by the code of the system alone', async () => {
    const host = await nobody();
    const error = await errorOf(createEnvironment().http(get(`http://${host}/?key=SECRET`)));
    expect(error).toMatchObject({
      kind: 'network',
      outcome: 'unknown',
      message: 'The request got no answer (ECONNREFUSED).',
    });
  });

  it('tells a connection that is lost before the answer', async () => {
    const { host, stop } = await serve((request) => request.socket.destroy());
    const error = await errorOf(createEnvironment().http(get(`http://${host}/`)));
    expect(error).toMatchObject({ kind: 'network', outcome: 'unknown' });
    await stop();
  });

  it('tells a connection that is lost within the answer', async () => {
    const { host, stop } = await serve((request, response) => {
      response.write('half', () => request.socket.destroy());
    });
    const error = await errorOf(createEnvironment().http(get(`http://${host}/`)));
    expect(error).toMatchObject({ kind: 'network', outcome: 'unknown' });
    await stop();
  });
});

/** What happens on one socket, and the means to wait for so many events. */
const dial = (url: string) => {
  const events: string[] = [];
  const changed = new Subject<void>();
  const note = (event: string): void => {
    events.push(event);
    changed.next();
  };
  let connection: Connection | undefined;
  const listen = (opened: Connection): void => {
    connection = opened;
    opened.frame$.subscribe((text) => note(text));
    note('open');
  };
  const subscription = createEnvironment()
    .socket(url)
    .subscribe({ next: listen, error: (error: unknown) => note((error as Error).message) });
  const happened = (count: number) =>
    firstValueFrom(
      changed.pipe(
        startWith(undefined),
        filter(() => events.length >= count),
      ),
    );
  return { events, subscription, happened, send: (text: string) => connection?.send(text) };
};

describe('socket', () => {
  it('talks to a real server until it is unsubscribed from', async () => {
    const { sockets, url, stop } = await serveSockets();
    const { events, subscription, happened, send } = dial(url);
    const [client] = (await once(sockets, 'connection')) as [WebSocket];
    client.on('message', (data: Buffer) => client.send(`you said ${data.toString()}`));
    client.send('welcome');
    await happened(2);
    send('hello');
    await happened(3);
    expect(events).toEqual(['open', 'welcome', 'you said hello']);
    subscription.unsubscribe();
    client.send('late');
    await once(client, 'close');
    await stop();
    expect(events).toHaveLength(3);
  });

  it('answers pings', async () => {
    const { sockets, url, stop } = await serveSockets();
    const { subscription } = dial(url);
    const [client] = (await once(sockets, 'connection')) as [WebSocket];
    client.ping('1');
    const [payload] = (await once(client, 'pong')) as [Buffer];
    expect(payload.toString()).toBe('1');
    subscription.unsubscribe();
    await stop();
  });

  it('tells why the server closed it', async () => {
    const { sockets, url, host, stop } = await serveSockets();
    sockets.on('connection', (client) => client.close(1008, 'too many messages'));
    const { events, happened } = dial(url);
    await happened(2);
    expect(events).toEqual([
      'open',
      `The socket to ${host} closed with code 1008 (too many messages).`,
    ]);
    await stop();
  });

  it('tells a connection that was lost', async () => {
    const { sockets, url, host, stop } = await serveSockets();
    sockets.on('connection', (client) => client.terminate());
    const { events, happened } = dial(url);
    await happened(2);
    expect(events).toEqual(['open', `The socket to ${host} closed with code 1006.`]);
    await stop();
  });

  it('tells a server that is not there', async () => {
    const host = await nobody();
    const { events, happened } = dial(`ws://${host}/stream?key=SECRET`);
    await happened(1);
    expect(events).toEqual([`The socket to ${host} closed with code 1006.`]);
  });

  it('tells a server that refuses to talk', async () => {
    const { host, stop } = await serve((_, response) => {
      response.writeHead(403);
      response.end('no');
    });
    const { events, happened } = dial(`ws://${host}/`);
    await happened(1);
    expect(events).toEqual([`The socket to ${host} closed with code 1006.`]);
    await stop();
  });

  it('does not mind unsubscribing before it is open', async () => {
    const { url, stop, connections } = await serveSockets();
    const { events, subscription } = dial(url);
    subscription.unsubscribe();
    await stop();
    expect(events).toEqual([]);
    expect(connections.filter(({ destroyed }) => !destroyed)).toEqual([]);
  });
});

const files = ['environment', 'platform', 'node-http', 'http', 'socket', 'broadcast'].map(
  (name) => `net/${name}`,
);

/** The environment as plain JavaScript for a process of its own. */
const build = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));
  const source = join(__dirname, '../../src');
  for (const file of [...files, 'core/errors', 'time/steady-scheduler']) {
    const { outputText } = transpileModule(readFileSync(join(source, `${file}.ts`), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, `${file}.js`), outputText);
  }
  return folder;
};

const program = `
  const { createEnvironment } = require('./net/environment.js');
  const { http, socket } = createEnvironment();
  const [host] = process.argv.slice(1);
  http({ method: 'GET', url: 'http://' + host, headers: {} }).subscribe();
  const subscription = socket('ws://' + host).subscribe(({ frame$ }) =>
    frame$.subscribe(() => subscription.unsubscribe()));
`;

it('lets a process exit, even if a server never says goodbye', async () => {
  const { server, host, stop } = await serve((_, response) => response.end('ok'));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => {
    client.on('error', () => undefined);
    client.send('welcome');
    client.pause();
  });
  const folder = build();
  const child = spawn(process.execPath, ['-e', program, host], {
    cwd: folder,
    env: { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit', within(15_000))) as [number];
  expect(code).toBe(0);
  sockets.clients.forEach((client) => client.terminate());
  await stop();
  rmSync(folder, { recursive: true });
});
