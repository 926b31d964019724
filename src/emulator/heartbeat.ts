import { interval, type SchedulerLike } from 'rxjs';

/** Source: Binance Spot API, web-socket-streams.md and web-socket-api.md, General information. */
const PING_EVERY = 20_000;
const PONG_WITHIN = 60_000;

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
export const startHeartbeat = (scheduler: SchedulerLike, actions: HeartbeatActions): Heartbeat => {
  const unanswered: number[] = [];
  const beats = interval(PING_EVERY, scheduler).subscribe(() => {
    const now = scheduler.now();
    const [oldest = now] = unanswered;
    if (now - oldest >= PONG_WITHIN) {
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
