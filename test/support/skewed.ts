import type { SchedulerLike } from 'rxjs';

/** The same passing of time by a clock that is set differently, so many ms ahead. */
export const skewed = (scheduler: SchedulerLike, ahead: () => number): SchedulerLike => ({
  now: () => scheduler.now() + ahead(),
  schedule: scheduler.schedule.bind(scheduler),
});
