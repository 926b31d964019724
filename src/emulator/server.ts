import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SchedulerLike } from 'rxjs';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Connection, Dialect, HttpRequest, HttpResponse, Session } from './dialect.js';
import { startHeartbeat } from './heartbeat.js';

/** Where and what to serve. */
export interface ServerOptions {
  readonly dialect: Dialect;
  readonly scheduler: SchedulerLike;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** An exchange that can be reached. */
export interface Server {
  readonly port: number;
  /** Ends every connection and stops listening. */
  readonly close: () => Promise<void>;
}

const MAX_BODY = 1_000_000;
const NOT_FOUND: HttpResponse = { status: 404, headers: {}, body: '' };

const targetOf = ({ url = '/' }: IncomingMessage): Pick<HttpRequest, 'path' | 'query'> => {
  const [path = '/', ...query] = url.split('?');
  return { path, query: query.join('?') };
};

const headersOf = (request: IncomingMessage): HttpRequest['headers'] =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

/** What a carrier of a {@link Dialect} needs. */
type Carried = Pick<ServerOptions, 'dialect' | 'scheduler'>;

/** Lets an answer leave in its time, or get lost. */
const respond = (
  scheduler: SchedulerLike,
  { status, headers, body, delay = 0, lost }: HttpResponse,
  response: ServerResponse,
): void => {
  if (lost === 'timeout') return;
  if (lost === 'reset') {
    response.destroy();
    return;
  }
  const leave = () => response.writeHead(status, headers).end(body);
  if (delay > 0) scheduler.schedule(leave, delay);
  else leave();
};

const answer =
  ({ dialect, scheduler }: Carried) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BODY) request.destroy();
    });
    request.on('end', () => {
      const result = dialect.handle({
        ...targetOf(request),
        method: request.method ?? 'GET',
        headers: headersOf(request),
        body: Buffer.concat(chunks).toString('utf8'),
      });
      respond(scheduler, result, response);
    });
  };

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
};

/** Ties a socket to a session, until it is gone. */
const attach = (socket: WebSocket, session: Session, { scheduler, dialect }: Carried): void => {
  const actions = {
    ping: (payload: string) => socket.ping(payload),
    drop: () => socket.terminate(),
  };
  const heartbeat = startHeartbeat(scheduler, actions, dialect.heartbeat);
  socket.on('message', (data) => session.receive(textOf(data)));
  socket.on('ping', session.control);
  socket.on('pong', (payload) => {
    heartbeat.pong(payload.toString());
    session.control();
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    heartbeat.stop();
    session.closed();
  });
};

/** An answer to a request for a connection, which no library writes. */
const rawResponse = ({ status, headers, body }: HttpResponse): string =>
  [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
    '',
    body,
  ].join('\r\n');

const upgrade =
  ({ dialect, scheduler }: ServerOptions, sockets: WebSocketServer) =>
  (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const target = targetOf(request);
    const open = dialect.endpoint(target.path);
    const refusal = open ? dialect.refusal?.(target.path) : NOT_FOUND;
    if (!open || refusal) {
      stream.end(rawResponse(refusal ?? NOT_FOUND));
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const connection: Connection = {
        ...target,
        send: (text) => socket.send(text),
        close: (code, reason) => socket.close(code, reason),
        terminate: () => socket.terminate(),
      };
      attach(socket, open(connection), { scheduler, dialect });
    });
  };

/** Serves a dialect over HTTP and WebSocket on one port. */
export const listen = async (options: ServerOptions): Promise<Server> => {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer(answer(options));
  server.on('upgrade', upgrade(options, sockets));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const stop = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
    });
  let stopped: Promise<void> | undefined;
  return { port: address.port, close: () => (stopped ??= stop()) };
};
