import {
  defer,
  map,
  NEVER,
  Observable,
  Subject,
  Subscription,
  takeUntil,
  type SchedulerAction,
  type SchedulerLike,
} from 'rxjs';
import type { Environment } from '../net/environment.js';
import type { Store } from '../store/store.js';
import { createVirtualClocks } from './virtual-clocks.js';

/** How often what is due looks whether the process is awake, in ms. */
const LOOK_EVERY = 1_000;

/**
 * A process that can die at any moment: what it was about to do is never done. Requests and frames that it
 * sent arrive all the same, and so does what it wrote down.
 */
export interface VirtualProcess {
  /** The world as the process sees it. */
  readonly environment: Environment;
  /** A store as the process writes to it. */
  readonly store: (store: Store) => Store;
  /** Whether it has not died yet. */
  readonly isAlive: () => boolean;
  /** Whether it does anything: not while it sleeps. */
  readonly isAwake: () => boolean;
  /** Emits when it dies, and completes. */
  readonly death$: Observable<void>;
  /** Ends it. */
  readonly kill: () => void;
  /** Ends it before one of its steps: its so many-th request, frame, journal line or timer from now on. */
  readonly killBeforeStep: (steps: number) => void;
  /** Sets its machine's clock so many ms ahead; the steady one by which it waits and measures goes on as before. */
  readonly setClockAhead: (ms: number) => void;
  /** Lets both clocks run by so many ms a second too fast, from now on; what waits, waits as long as before. */
  readonly setDrift: (msPerSecond: number) => void;
  /**
   * It does nothing more until the returned function is called: what arrives and what is due waits for that.
   *
   * @param isSteady - Whether the steady clock runs on, as where the process was stopped; where the whole machine
   * sleeps, only the machine's clock knows of it afterwards.
   */
  readonly sleep: (isSteady: boolean) => () => void;
}

/**
 * A process that lives in an environment until it is killed.
 *
 * @example
 * ```ts
 * const { network, scheduler, join, advance } = createVirtualVenue();
 * const process = createVirtualProcess({ ...network, scheduler, random: Math.random });
 * const store = process.store(memoryStore());
 * const exchange = join({ environment: process.environment, store });
 * process.kill();
 * ```
 */
export const createVirtualProcess = (world: Omit<Environment, 'wallClock'>): VirtualProcess => {
  const death = new Subject<void>();
  const intentions = new Subscription();
  const clocks = createVirtualClocks(world.scheduler);
  /** What arrived while it sleeps. */
  let waiting: (() => void)[] | undefined;
  let alive = true;
  let stepsLeft = Infinity;

  const kill = (): void => {
    if (!alive) return;
    alive = false;
    waiting = undefined;
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
  const hear = (tell: () => void): void => {
    if (waiting === undefined) tell();
    else waiting.push(tell);
  };
  /** What comes from outside, once it is awake. */
  const heard = <T>(news$: Observable<T>): Observable<T> =>
    new Observable((subscriber) =>
      news$.subscribe({
        next: (news) => hear(() => subscriber.next(news)),
        error: (error: unknown) => hear(() => subscriber.error(error)),
        complete: () => hear(() => subscriber.complete()),
      }),
    );

  const schedule: SchedulerLike['schedule'] = <T>(
    work: (this: SchedulerAction<T>, state?: T) => void,
    delay?: number,
    state?: T,
  ) => {
    if (!alive) return Subscription.EMPTY;
    const action = world.scheduler.schedule<T>(
      function (due) {
        if (waiting !== undefined) this.schedule(due, LOOK_EVERY);
        else if (lives()) work.call(this, due);
      },
      delay,
      state,
    );
    intentions.add(action);
    return action;
  };

  return {
    environment: {
      scheduler: { now: clocks.steady, schedule },
      wallClock: clocks.wall,
      random: world.random,
      http: (request) => step(heard(world.http(request))),
      socket: (url) =>
        step(heard(world.socket(url))).pipe(
          map((connection) => ({
            ...connection,
            frame$: heard(connection.frame$),
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
    setClockAhead: clocks.setAhead,
    setDrift: clocks.setDrift,
    isAwake: () => waiting === undefined,
    sleep: (isSteady) => {
      if (!alive || waiting !== undefined) return () => undefined;
      waiting = [];
      const startSteady = isSteady ? () => undefined : clocks.stopSteady();
      return () => {
        const arrived = waiting ?? [];
        waiting = undefined;
        startSteady();
        for (const tell of arrived) tell();
      };
    },
  };
};
