import { asyncScheduler, type SchedulerLike } from 'rxjs';

/** When the machine's clock stood at zero when the process began, in ms since the epoch. */
const origin = performance.timeOrigin;

/**
 * Real time by a clock that nobody sets: in ms since the epoch as the machine had it when the process began,
 * and evenly on from there. Whatever waits or measures goes by it, lest a clock that was set back by an hour
 * makes a pause of a second last an hour. While a machine sleeps it may stand still.
 */
export const steadyScheduler: SchedulerLike = {
  now: () => Math.floor(origin + performance.now()),
  schedule: asyncScheduler.schedule.bind(asyncScheduler),
};
