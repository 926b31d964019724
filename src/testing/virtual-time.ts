import type { SchedulerLike } from 'rxjs';
import { VirtualScheduler } from './virtual-scheduler.js';

/** A clock that moves when it is told to. */
export interface VirtualTime {
  readonly scheduler: SchedulerLike;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Lets so many ms pass: all that is due in them happens, in its order. */
  readonly advance: (ms: number) => void;
  /** How many things wait for their time to come. */
  readonly pending: () => number;
}

/** 2026-03-04 05:06:00 UTC. */
export const START = 1_772_600_760_000;

/**
 * A clock that stands at `start`, in ms since the epoch.
 *
 * @example
 * ```ts
 * const { scheduler, advance } = virtualTime();
 * timer(3_600_000, scheduler).subscribe(() => console.log('an hour later'));
 * advance(3_600_000);
 * ```
 */
export const virtualTime = (start = START): VirtualTime => {
  const scheduler = new VirtualScheduler(start);
  return {
    scheduler,
    now: () => scheduler.now(),
    advance: (ms) => scheduler.advance(ms),
    pending: () => scheduler.pending,
  };
};
