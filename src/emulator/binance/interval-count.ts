/** A count that begins anew with each interval of the clock. */
export interface IntervalCount {
  readonly used: () => number;
  /** A negative amount gives back, though never below zero. */
  readonly add: (amount: number) => void;
  /** When the current interval ends, in ms since the epoch. */
  readonly endsAt: () => number;
}

/** Intervals of so many ms, the first of which began with the epoch. */
export const createIntervalCount = (length: number, now: () => number): IntervalCount => {
  let interval = 0;
  let used = 0;
  const follow = (): void => {
    const current = Math.floor(now() / length);
    if (current === interval) return;
    interval = current;
    used = 0;
  };
  return {
    used: () => {
      follow();
      return used;
    },
    add: (amount) => {
      follow();
      used = Math.max(0, used + amount);
    },
    endsAt: () => {
      follow();
      return (interval + 1) * length;
    },
  };
};
