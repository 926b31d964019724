import { fetch as crossFetch } from 'cross-fetch';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { WebSocket } from 'ws';
import type { Random } from '../core/random.js';
import { httpFrom, type Fetch, type Http } from './http.js';
import { socketFrom, type Socket, type WebSocketConstructor } from './socket.js';

/** The only door to time, chance and network. */
export interface Environment {
  /** `scheduler.now()` is the clock, in ms since the epoch. */
  readonly scheduler: SchedulerLike;
  readonly http: Http;
  readonly socket: Socket;
  readonly random: Random;
}

/** What of the {@link Environment} to replace. `http` and `socket` go before `fetch` and `WebSocket`. */
export interface EnvironmentOptions extends Partial<Environment> {
  readonly fetch?: Fetch;
  readonly WebSocket?: WebSocketConstructor;
}

/**
 * `fetch` over connections that are kept open: a signed order takes half the time of one that has to
 * connect first.
 */
const keepAliveFetch = (): Fetch => {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const agent = ({ protocol }: URL): HttpAgent => (protocol === 'http:' ? http : https);
  // `agent` is node-fetch's own option, which cross-fetch passes on and its types do not know.
  return (url, init) => crossFetch(url, { ...init, agent } as RequestInit);
};

/** A socket that takes at most 500 ms to say goodbye: a program must be able to exit. */
class PromptWebSocket extends WebSocket {
  constructor(url: string) {
    // `closeTimeout` is an option of ws that its types do not know.
    const options = { perMessageDeflate: false, closeTimeout: 500 };
    super(url, options);
  }
}

/** Real time, chance and network, but for what the options replace. */
export const createEnvironment = ({
  scheduler = asyncScheduler,
  random = Math.random,
  fetch,
  WebSocket: Sockets = PromptWebSocket,
  http,
  socket,
}: EnvironmentOptions = {}): Environment => ({
  scheduler,
  random,
  http: http ?? httpFrom(fetch ?? keepAliveFetch()),
  socket: socket ?? socketFrom(Sockets),
});
