import type { SchedulerLike } from 'rxjs';

/** The clocks of a machine whose time is virtual. */
export interface VirtualClocks {
  /** Nobody sets it, and it may stand still while the machine sleeps. */
  readonly steady: () => number;
  /** What the machine believes the time to be. */
  readonly wall: () => number;
  /** Sets the machine's clock so many ms ahead. */
  readonly setAhead: (ms: number) => void;
  /** Lets both run by so many ms a second too fast, from now on. */
  readonly setDrift: (msPerSecond: number) => void;
  /** The steady clock stands still until the returned function is called. */
  readonly stopSteady: () => () => void;
}

/** Clocks that show what the scheduler's does. */
export const createVirtualClocks = (scheduler: SchedulerLike): VirtualClocks => {
  let ahead = 0;
  let slept = 0;
  let stoppedAt: number | undefined;
  let drift = { rate: 0, since: scheduler.now(), before: 0 };
  const drifted = (): number =>
    drift.before + (drift.rate * (scheduler.now() - drift.since)) / 1_000;
  const machine = (): number => scheduler.now() + Math.round(drifted());
  const stood = (): number => (stoppedAt === undefined ? 0 : machine() - stoppedAt);
  return {
    steady: () => machine() - slept - stood(),
    wall: () => machine() + ahead,
    setAhead: (ms) => {
      ahead = ms;
    },
    setDrift: (rate) => {
      drift = { rate, since: scheduler.now(), before: drifted() };
    },
    stopSteady: () => {
      stoppedAt = machine();
      return () => {
        slept += stood();
        stoppedAt = undefined;
      };
    },
  };
};
