import {
  defer,
  EMPTY,
  mergeMap,
  repeat,
  throwError,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { ConnectorError } from '../core/errors.js';

/** How a heartbeat asks. */
export interface HeartbeatOptions {
  readonly scheduler: SchedulerLike;
  /** Asks the other side for any answer at all. */
  readonly ask: () => void;
}

/** How long nothing may come until the other side is asked whether it is there, in ms. */
const QUIET = 30_000;
/** How long it may take to answer, in ms. */
const ANSWER_WITHIN = 10_000;

const noAnswer = (): ConnectorError =>
  new ConnectorError(
    'network',
    `Nothing came over the socket for ${QUIET} ms, nor within ${ANSWER_WITHIN} ms after it was asked.`,
  );

/** Listens to a socket. */
export interface Heartbeat {
  /** Takes notice of a frame that came at a time, in ms since the epoch. */
  readonly heed: (now: number) => void;
  /** Keeps watch while it is subscribed to, once; never emits. Errors with kind `network` where the socket is dead. */
  readonly watch$: Observable<never>;
}

/**
 * Listens to whether a socket lives: a quiet one is asked, and only one that does not answer is dead.
 *
 * The question is a message of the exchange's protocol: a WebSocket in a browser cannot send pings.
 */
export const heartbeat = ({ scheduler, ask }: HeartbeatOptions): Heartbeat => {
  let frames = 0;
  let heardAt = scheduler.now();
  // Were the clock set, it would be long until then, or long ago.
  const quietIn = (): number => Math.min(QUIET, Math.max(0, heardAt + QUIET - scheduler.now()));
  const question$ = defer(() => {
    const before = frames;
    ask();
    return timer(ANSWER_WITHIN, scheduler).pipe(
      mergeMap(() => (frames > before ? EMPTY : throwError(noAnswer))),
    );
  });
  return {
    heed: (now) => {
      frames += 1;
      heardAt = now;
    },
    watch$: defer(() => {
      const before = frames;
      return timer(quietIn(), scheduler).pipe(
        mergeMap(() => (frames > before ? EMPTY : question$)),
      );
    }).pipe(repeat()),
  };
};
