import { concat, ignoreElements, timer, type SchedulerLike } from 'rxjs';
import type { Store } from '../../src/store/store.js';

/** A store whose lines are kept at once, and acknowledged so many ms later. */
export const slowStore = (store: Store, ms: number, scheduler: SchedulerLike): Store => ({
  ...store,
  append: (line) => concat(store.append(line), timer(ms, scheduler).pipe(ignoreElements())),
});
