import type { SchedulerLike } from 'rxjs';
import type { Random } from '../core/random.js';
import { httpFrom, type Fetch, type Http } from './http.js';
import { platformHttp, platformWebSocket } from './platform.js';
import { socketFrom, type Socket, type WebSocketConstructor } from './socket.js';
import { steadyScheduler } from '../time/steady-scheduler.js';

/** The only door to time, chance and network. */
export interface Environment {
  /** `scheduler.now()` is the clock, in ms since the epoch: a steady one, that nobody sets. */
  readonly scheduler: SchedulerLike;
  /**
   * The machine's clock, in ms since the epoch. It is looked at only to notice that it was set, or that the
   * machine slept.
   */
  readonly wallClock: () => number;
  readonly http: Http;
  readonly socket: Socket;
  readonly random: Random;
}

/**
 * What of the {@link Environment} to replace. `http` and `socket` go before `fetch` and `WebSocket`; a scheduler
 * without a `wallClock` is both clocks.
 */
export interface EnvironmentOptions extends Partial<Environment> {
  readonly fetch?: Fetch;
  readonly WebSocket?: WebSocketConstructor;
}

/** Real time, chance and network, but for what the options replace. */
export const createEnvironment = ({
  scheduler = steadyScheduler,
  wallClock = () => (scheduler === steadyScheduler ? Date.now() : scheduler.now()),
  random = Math.random,
  fetch,
  WebSocket = platformWebSocket(),
  http,
  socket,
}: EnvironmentOptions = {}): Environment => ({
  scheduler,
  wallClock,
  random,
  http: http ?? (fetch === undefined ? platformHttp() : httpFrom(fetch)),
  socket: socket ?? socketFrom(WebSocket),
});
