import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { steadyScheduler } from './steady-scheduler.js';

/** How far apart two looks at one clock may be, in ms. */
const ONE_LOOK = 1_000;

/**
 * Real time for the pipelines of strategies: that of {@link steadyScheduler}. In marbles (`TestScheduler.run` of rxjs) it is
 * their virtual time, as with rxjs' own schedulers: the clock of `asyncScheduler` is the machine's, unless virtual time
 * was put in its place.
 */
export const pipelineScheduler: SchedulerLike = {
  now: () => {
    const time = asyncScheduler.now();
    const isVirtual = Math.abs(time - Date.now()) > ONE_LOOK;
    return isVirtual ? time : steadyScheduler.now();
  },
  schedule: steadyScheduler.schedule.bind(steadyScheduler),
};
