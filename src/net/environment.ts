import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { Random } from '../core/random.js';
import { httpFrom, type Fetch, type Http } from './http.js';
import { platformHttp, platformWebSocket } from './platform.js';
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

/** Real time, chance and network, but for what the options replace. */
export const createEnvironment = ({
  scheduler = asyncScheduler,
  random = Math.random,
  fetch,
  WebSocket = platformWebSocket(),
  http,
  socket,
}: EnvironmentOptions = {}): Environment => ({
  scheduler,
  random,
  http: http ?? (fetch === undefined ? platformHttp() : httpFrom(fetch)),
  socket: socket ?? socketFrom(WebSocket),
});
