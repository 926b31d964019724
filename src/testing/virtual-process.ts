import {
  defer,
  map,
  NEVER,
  Subject,
  Subscription,
  takeUntil,
  type Observable,
  type SchedulerAction,
  type SchedulerLike,
} from 'rxjs';
import type { Environment } from '../net/environment.js';
import type { Store } from '../store/store.js';

/**
 * A process that can die at any moment: what it was about to do is never done. Requests and frames that it
 * sent arrive all the same, and so does what it wrote down.
 *
 * @example
 * ```ts
 * const process = createVirtualProcess({ ...network, scheduler, random });
 * const exchange = binance({ environment: process.environment, store: process.store(lines) });
 * process.kill();
 * ```
 */
export interface VirtualProcess {
  /** The world as the process sees it. */
  readonly environment: Environment;
  /** A store as the process writes to it. */
  readonly store: (store: Store) => Store;
  /** Whether it has not died yet. */
  readonly isAlive: () => boolean;
  /** Emits when it dies, and completes. */
  readonly death$: Observable<void>;
  /** Ends it. */
  readonly kill: () => void;
  /** Ends it before one of its steps: its so many-th request, frame, journal line or timer from now on. */
  readonly killBeforeStep: (steps: number) => void;
  /** Sets its clock so many ms ahead of the environment's; what waits, waits as long as before. */
  readonly setClockAhead: (ms: number) => void;
}

/** A process that lives in an environment until it is killed. */
export const createVirtualProcess = (world: Environment): VirtualProcess => {
  const death = new Subject<void>();
  const intentions = new Subscription();
  let alive = true;
  let stepsLeft = Infinity;
  let ahead = 0;

  const kill = (): void => {
    if (!alive) return;
    alive = false;
    intentions.unsubscribe();
    death.next();
    death.complete();
  };
  /** Whether it lives to take its next step. */
  const lives = (): boolean => {
    stepsLeft -= 1;
    if (alive && stepsLeft <= 0) kill();
    return alive;
  };
  /** What it does at each subscription, as a step. */
  const step = <T>(act$: Observable<T>): Observable<T> =>
    defer(() => (lives() ? act$ : NEVER)).pipe(takeUntil(death));

  const schedule: SchedulerLike['schedule'] = <T>(
    work: (this: SchedulerAction<T>, state?: T) => void,
    delay?: number,
    state?: T,
  ) => {
    if (!alive) return Subscription.EMPTY;
    const action = world.scheduler.schedule<T>(
      function (due) {
        if (lives()) work.call(this, due);
      },
      delay,
      state,
    );
    intentions.add(action);
    return action;
  };

  return {
    environment: {
      scheduler: { now: () => world.scheduler.now() + ahead, schedule },
      random: world.random,
      http: (request) => step(world.http(request)),
      socket: (url) =>
        step(world.socket(url)).pipe(
          map((connection) => ({
            ...connection,
            send: (text) => {
              if (lives()) connection.send(text);
            },
          })),
        ),
    },
    store: (store) => ({
      load: () => step(store.load()),
      append: (line) => step(store.append(line)),
      compact: (lines) => step(store.compact(lines)),
    }),
    isAlive: () => alive,
    death$: death.asObservable(),
    kill,
    killBeforeStep: (steps) => {
      stepsLeft = steps;
    },
    setClockAhead: (ms) => {
      ahead = ms;
    },
  };
};
