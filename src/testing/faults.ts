/** Whom a fault meets, and what it does. */
export interface Faults<Target, Fault> {
  /** Does this to what matches, to the first `times` of them; returns how to stop it. */
  readonly add: (matches: (target: Target) => boolean, fault: Fault & Times) => () => void;
  /** The fault that meets the target, if any; of several the first one added. */
  readonly meet: (target: Target) => Fault | undefined;
}

/** How often a fault happens. */
export interface Times {
  /** @defaultValue until it is stopped */
  readonly times?: number;
}

/** A list of faults without any. */
export const createFaults = <Target, Fault>(): Faults<Target, Fault> => {
  const active = new Set<{
    readonly matches: (target: Target) => boolean;
    readonly fault: Fault;
    left: number;
  }>();
  return {
    add: (matches, fault) => {
      const entry = { matches, fault, left: fault.times ?? Infinity };
      active.add(entry);
      return () => active.delete(entry);
    },
    meet: (target) => {
      for (const entry of active) {
        if (entry.left === 0 || !entry.matches(target)) continue;
        entry.left -= 1;
        return entry.fault;
      }
      return undefined;
    },
  };
};
