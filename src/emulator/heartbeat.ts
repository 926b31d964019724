import { interval, type SchedulerLike } from 'rxjs';
import type { HeartbeatTimes } from './dialect.js';

/** Source: Binance Spot API, web-socket-streams.md and web-socket-api.md, General information. */
const usual: HeartbeatTimes = { pingEvery: 20_000, pongWithin: 60_000 };

/** What a heartbeat does to its connection. */
export interface HeartbeatActions {
  readonly ping: (payload: string) => void;
  /** No pong came in time. */
  readonly drop: () => void;
}

/** Pings on one connection. */
export interface Heartbeat {
  /** A pong arrived; one that answers no ping keeps nothing alive. */
  readonly pong: (payload: string) => void;
  readonly stop: () => void;
}

/** Pings, and drops the connection when the oldest ping that nobody answered is too old. */
export const startHeartbeat = (
  scheduler: SchedulerLike,
  actions: HeartbeatActions,
  { pingEvery, pongWithin } = usual,
): Heartbeat => {
  const unanswered: number[] = [];
  const beats = interval(pingEvery, scheduler).subscribe(() => {
    const now = scheduler.now();
    const [oldest = now] = unanswered;
    if (now - oldest >= pongWithin) {
      actions.drop();
      return;
    }
    unanswered.push(now);
    actions.ping(String(now));
  });
  return {
    pong: (payload) => {
      const index = unanswered.indexOf(Number(payload));
      unanswered.splice(0, index + 1);
    },
    stop: () => beats.unsubscribe(),
  };
};
