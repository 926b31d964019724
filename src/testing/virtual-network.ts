import { Observable, Subject, Subscription, type SchedulerLike, type Subscriber } from 'rxjs';
import type { RestAnswer } from '../core/contract.js';
import { ConnectorError } from '../core/errors.js';
import type { Dialect, Session } from '../emulator/dialect.js';
import type { Http, HttpRequest } from '../net/http.js';
import type { Connection, Socket } from '../net/socket.js';
import { createFaults, type Faults } from './faults.js';

/** A REST request on its way. */
export interface VirtualRequest {
  /** Method and path, such as `GET /api/v3/time`. */
  readonly name: string;
  readonly params: URLSearchParams;
  /** When it was sent, in ms since the epoch. */
  readonly at: number;
}

/** What goes wrong with a request. A delay of `Infinity` loses what it delays. */
export interface RequestFault {
  /** How much longer the request takes, in ms. */
  readonly requestDelay?: number;
  /** How much longer the answer takes, in ms. */
  readonly answerDelay?: number;
  /** What comes back in place of the exchange's answer, whether or not the request arrives. */
  readonly answer?: RestAnswer | 'broken connection';
}

/** A frame on its way to the client. */
export interface VirtualFrame {
  /** The path of its socket. */
  readonly path: string;
  readonly text: string;
}

/** What goes wrong with a frame. */
export interface FrameFault {
  /** How much longer it takes, in ms; `Infinity` loses it. */
  readonly delay?: number;
  /**
   * How often it arrives.
   * @defaultValue 1
   */
  readonly copies?: number;
  /** What arrives in its place. */
  readonly replacement?: string;
}

/** The network between a client and an exchange, in virtual time. */
export interface VirtualNetwork {
  readonly http: Http;
  readonly socket: Socket;
  readonly requestFaults: Pick<Faults<VirtualRequest, RequestFault>, 'add'>;
  readonly frameFaults: Pick<Faults<VirtualFrame, FrameFault>, 'add'>;
  /** All requests that were sent, or those of this name, oldest first. */
  readonly requests: (name?: string) => readonly VirtualRequest[];
  /** The paths of all sockets that were asked for, oldest first. */
  readonly attempts: () => readonly string[];
  /** The paths of the sockets that are open. */
  readonly sockets: () => readonly string[];
  /** Breaks the sockets, or those of this path. */
  readonly disconnect: (path?: string) => void;
  /** Whether new sockets are refused. */
  readonly refuseSockets: (refuses: boolean) => void;
}

/** What the network connects, and how slowly. */
export interface VirtualNetworkOptions {
  readonly dialect: Dialect;
  readonly scheduler: SchedulerLike;
  /** How long everything takes one way, in ms. */
  readonly latency: number;
}

/** Acts after so many ms by the network's clock. */
type Later = (act: () => void, ms: number) => Subscription;

interface OpenSocket {
  readonly path: string;
  readonly abort: () => void;
}

const brokenConnection = (): ConnectorError =>
  new ConnectorError('network', 'The request got no answer (ECONNRESET).', { outcome: 'unknown' });

const closed = (code: number): ConnectorError =>
  new ConnectorError('network', `The socket closed with code ${code}.`, { code });

/** A request that left arrives, whether or not anybody waits for its answer still. */
const virtualHttp =
  (
    { dialect, latency }: VirtualNetworkOptions,
    later: Later,
    meet: (request: HttpRequest, url: URL) => RequestFault,
  ): Http =>
  (request) =>
    new Observable((client) => {
      const url = new URL(request.url);
      const { requestDelay = 0, answerDelay = 0, answer } = meet(request, url);
      const answers = new Subscription();
      const reply = (result: RestAnswer | 'broken connection', ms: number): void => {
        answers.add(
          later(() => {
            if (result === 'broken connection') client.error(brokenConnection());
            else client.next(result);
            client.complete();
          }, ms),
        );
      };
      later(() => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const { method } = request;
        const call = { method, path: url.pathname, query: url.search.slice(1), headers, body: '' };
        const result = dialect.handle(call);
        if (answer === undefined) reply(result, latency + answerDelay);
      }, latency + requestDelay);
      if (answer !== undefined) reply(answer, 2 * latency + answerDelay);
      return answers;
    });

/** Both ends of one socket. The exchange learns of its end as late as of anything. */
const connect = (
  { dialect, latency }: VirtualNetworkOptions,
  { later, url, refuses, meet, opened, client }: SocketOptions,
): (() => void) => {
  const frames = new Subject<string>();
  const arriving = new Subscription();
  let session: Session | undefined;
  let leave = (): void => undefined;
  const gone = (): void => {
    leave();
    session?.closed();
    session = undefined;
  };
  const end = (code: number): void => {
    frames.complete();
    client.error(closed(code));
  };
  const deliver = (text: string): void => {
    const { delay = 0, copies = 1, replacement = text } = meet({ path: url.pathname, text });
    for (let copy = 0; copy < copies; copy += 1)
      arriving.add(later(() => frames.next(replacement), latency + delay));
  };
  later(() => {
    const open = refuses() ? undefined : dialect.endpoint(url.pathname);
    if (open === undefined) {
      arriving.add(later(() => end(1006), latency));
      return;
    }
    session = open({
      path: url.pathname,
      query: url.search.slice(1),
      send: deliver,
      close: (code) => arriving.add(later(() => end(code), latency)),
    });
    leave = opened({
      path: url.pathname,
      abort: () => {
        gone();
        end(1006);
      },
    });
    const connection: Connection = {
      frame$: frames.asObservable(),
      send: (text) => later(() => session?.receive(text), latency),
    };
    arriving.add(later(() => client.next(connection), latency));
  }, latency);
  return () => {
    arriving.unsubscribe();
    frames.complete();
    later(gone, latency);
  };
};

interface SocketOptions {
  readonly later: Later;
  readonly url: URL;
  readonly refuses: () => boolean;
  readonly meet: (frame: VirtualFrame) => FrameFault;
  /** Says that the socket is open; returns how to say that it is not any more. */
  readonly opened: (socket: OpenSocket) => () => void;
  readonly client: Subscriber<Connection>;
}

/** Carries what a dialect says to a client and back: in order, unless a fault meets it. */
export const createVirtualNetwork = (options: VirtualNetworkOptions): VirtualNetwork => {
  const { scheduler } = options;
  const requestFaults = createFaults<VirtualRequest, RequestFault>();
  const frameFaults = createFaults<VirtualFrame, FrameFault>();
  const log: VirtualRequest[] = [];
  const attempts: string[] = [];
  const open = new Set<OpenSocket>();
  let refuses = false;
  const later: Later = (act, ms) => scheduler.schedule(act, ms);

  const meetRequest = ({ method }: HttpRequest, url: URL): RequestFault => {
    const request = {
      name: `${method} ${url.pathname}`,
      params: url.searchParams,
      at: scheduler.now(),
    };
    log.push(request);
    return requestFaults.meet(request) ?? {};
  };
  const opened = (socket: OpenSocket): (() => void) => {
    open.add(socket);
    return () => open.delete(socket);
  };
  const socket: Socket = (address) =>
    new Observable((client) => {
      const url = new URL(address);
      attempts.push(url.pathname);
      const meet = (frame: VirtualFrame): FrameFault => frameFaults.meet(frame) ?? {};
      return connect(options, { later, url, refuses: () => refuses, meet, opened, client });
    });
  return {
    http: virtualHttp(options, later, meetRequest),
    socket,
    requestFaults,
    frameFaults,
    requests: (name) => log.filter((request) => name === undefined || request.name === name),
    attempts: () => attempts,
    sockets: () => [...open].map(({ path }) => path),
    disconnect: (path) => {
      for (const one of [...open]) if (path === undefined || one.path === path) one.abort();
    },
    refuseSockets: (value) => {
      refuses = value;
    },
  };
};
