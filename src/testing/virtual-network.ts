import { Observable, type SchedulerLike } from 'rxjs';
import type { Random } from '../core/random.js';
import type { Dialect } from '../emulator/dialect.js';
import type { Http, HttpRequest } from '../net/http.js';
import type { Socket } from '../net/socket.js';
import { createFaults, type Faults } from './fault-list.js';
import type {
  FrameFault,
  RequestFault,
  VirtualFrame,
  VirtualRequest,
  Way,
} from './network-faults.js';
import { virtualHttp } from './virtual-http.js';
import { connect, type OpenSocket } from './virtual-socket.js';

export type { FrameFault, RequestFault, VirtualFrame, VirtualRequest } from './network-faults.js';

/** The network between a client and an exchange, in virtual time. */
export interface VirtualNetwork {
  readonly http: Http;
  readonly socket: Socket;
  readonly requestFaults: Omit<Faults<VirtualRequest, RequestFault>, 'meet'>;
  readonly frameFaults: Omit<Faults<VirtualFrame, FrameFault>, 'meet'>;
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
  /** How long everything takes one way at least, in ms. */
  readonly latency: number;
  /**
   * How much longer a message may take, in ms; a socket's messages stay in order all the same.
   * @defaultValue 0
   */
  readonly jitter?: number;
  /** Decides how long a message takes; needed with {@link VirtualNetworkOptions.jitter} only. */
  readonly random?: Random;
}

/**
 * Carries what a dialect says to a client and back: in order, unless a fault meets it, and as late as the
 * dialect wants it.
 *
 * @example
 * ```ts
 * const { scheduler, advance } = virtualTime();
 * const { dialect, credentials } = createEmulation({ scheduler });
 * const { http, socket, disconnect } = createVirtualNetwork({ dialect, scheduler, latency: 10 });
 * const exchange = binance({ credentials, environment: { scheduler, http, socket } });
 * exchange.orderBook$('BTC-USDT').subscribe((book) => console.log(book.midPrice));
 * advance(1_000);
 * disconnect();
 * ```
 */
export const createVirtualNetwork = (options: VirtualNetworkOptions): VirtualNetwork => {
  const { dialect, scheduler, latency, jitter = 0, random = () => 0 } = options;
  const requestFaults = createFaults<VirtualRequest, RequestFault>();
  const frameFaults = createFaults<VirtualFrame, FrameFault>();
  const log: VirtualRequest[] = [];
  const attempts: string[] = [];
  const open = new Set<OpenSocket>();
  let refuses = false;
  const way: Way = {
    dialect,
    latency: () => latency + Math.floor(jitter * random()),
    now: () => scheduler.now(),
    later: (act, ms) => scheduler.schedule(act, ms),
  };

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
      return connect(way, { url, refuses: () => refuses, meet, opened, client });
    });
  return {
    http: virtualHttp(way, meetRequest),
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
