/** Whom a fault meets, and what it does. */
export interface Faults<Target, Fault> {
  /** Does this to what matches, to the first `times` of them; returns how to stop it. */
  readonly add: (matches: (target: Target) => boolean, fault: Fault & Times) => () => void;
  /** Does to each target what is decided on for it, if anything; returns how to stop it. */
  readonly decide: (faultOf: (target: Target) => Fault | undefined) => () => void;
  /** The fault that meets the target, if any; of several the one of who was added first. */
  readonly meet: (target: Target) => Fault | undefined;
}

/** How often a fault happens. */
export interface Times {
  /** @defaultValue until it is stopped */
  readonly times?: number;
}

/** A list of faults without any. */
export const createFaults = <Target, Fault>(): Faults<Target, Fault> => {
  const active = new Set<{ readonly faultOf: (target: Target) => Fault | undefined }>();
  const decide: Faults<Target, Fault>['decide'] = (faultOf) => {
    const entry = { faultOf };
    active.add(entry);
    return () => active.delete(entry);
  };
  return {
    decide,
    add: (matches, fault) => {
      let left = fault.times ?? Infinity;
      return decide((target) => {
        if (left === 0 || !matches(target)) return undefined;
        left -= 1;
        return fault;
      });
    },
    meet: (target) => {
      for (const { faultOf } of active) {
        const fault = faultOf(target);
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  };
};
