import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SchedulerLike } from 'rxjs';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Connection, Dialect, HttpRequest, Session } from './dialect.js';
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
  /** Breaks every WebSocket connection, without a closing handshake. */
  readonly disconnect: () => void;
  /** Ends every connection and stops listening. */
  readonly close: () => Promise<void>;
}

const MAX_BODY = 1_000_000;
const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n';

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

const answer =
  (dialect: Dialect) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BODY) request.destroy();
    });
    request.on('end', () => {
      const { status, headers, body } = dialect.handle({
        ...targetOf(request),
        method: request.method ?? 'GET',
        headers: headersOf(request),
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(status, headers).end(body);
    });
  };

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
};

/** Ties a socket to a session, until it is gone. */
const attach = (socket: WebSocket, session: Session, scheduler: SchedulerLike): void => {
  const heartbeat = startHeartbeat(scheduler, {
    ping: (payload) => socket.ping(payload),
    drop: () => socket.terminate(),
  });
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

const upgrade =
  ({ dialect, scheduler }: ServerOptions, sockets: WebSocketServer) =>
  (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const target = targetOf(request);
    const open = dialect.endpoint(target.path);
    if (!open) {
      stream.end(NOT_FOUND);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const connection: Connection = {
        ...target,
        send: (text) => socket.send(text),
        close: (code, reason) => socket.close(code, reason),
      };
      attach(socket, open(connection), scheduler);
    });
  };

/** Serves a dialect over HTTP and WebSocket on one port. */
export const listen = async (options: ServerOptions): Promise<Server> => {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer(answer(options.dialect));
  server.on('upgrade', upgrade(options, sockets));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const disconnect = () => {
    for (const socket of sockets.clients) socket.terminate();
  };
  const stop = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      disconnect();
      server.closeAllConnections();
    });
  let stopped: Promise<void> | undefined;
  return { port: address.port, disconnect, close: () => (stopped ??= stop()) };
};
