import { type SchedulerAction, Subject, Subscription, takeUntil } from 'rxjs';
import type { Environment } from '../../src/net/environment.js';

/** A process that can die at any moment: what it was about to do is never done. */
export interface Mortal {
  readonly environment: Environment;
  /** Ends it. Its sockets close; requests that it sent arrive all the same. */
  readonly kill: () => void;
}

/** Puts what runs in an environment at the mercy of {@link Mortal.kill}. */
export const mortal = (environment: Environment): Mortal => {
  const { scheduler, http, socket } = environment;
  const death$ = new Subject<void>();
  const intentions = new Subscription();
  return {
    environment: {
      ...environment,
      scheduler: {
        now: () => scheduler.now(),
        schedule: <T>(
          work: (this: SchedulerAction<T>, state?: T) => void,
          delay?: number,
          state?: T,
        ) => {
          const action = scheduler.schedule(work, delay, state);
          intentions.add(action);
          return action;
        },
      },
      http: (request) => http(request).pipe(takeUntil(death$)),
      socket: (url) => socket(url).pipe(takeUntil(death$)),
    },
    kill: () => {
      intentions.unsubscribe();
      death$.next();
    },
  };
};
