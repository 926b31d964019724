import type { PlannedFault } from '../../src/testing/faults/plan.js';
import type { Invariant } from './court.js';
import { planOf, simulate, type Simulation } from './simulate.js';

/** A simulation with as few faults as it takes to fail. */
export interface Shrunk extends Simulation {
  readonly plan: readonly PlannedFault[];
}

/** Whether a simulation breaks the invariant. */
export const breaks =
  (invariant: Invariant) =>
  (simulation: Simulation): boolean =>
    simulate(simulation).violations.some((violation) => violation.invariant === invariant);

/**
 * Leaves faults out, many at first and then fewer at a time, as long as the simulation fails without them
 * (Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002); then makes each as
 * short as it can be.
 */
export const shrink = (
  simulation: Simulation,
  fails: (simulation: Simulation) => boolean,
): Shrunk => {
  let smallest: Shrunk = { ...simulation, plan: simulation.plan ?? planOf(simulation) };
  const accept = (change: Partial<Shrunk>): boolean => {
    const smaller = { ...smallest, ...change };
    if (!fails(smaller)) return false;
    smallest = smaller;
    return true;
  };
  [20, 40].find((minutes) => minutes < simulation.minutes && accept({ minutes }));
  for (let size = Math.ceil(smallest.plan.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < smallest.plan.length;) {
      const { plan } = smallest;
      if (!accept({ plan: [...plan.slice(0, from), ...plan.slice(from + size)] })) from += size;
    }
  smallest.plan.forEach((fault, index) => {
    const lasts = Math.min(fault.lasts, 1_000);
    accept({ plan: smallest.plan.with(index, { ...fault, lasts }) });
  });
  return smallest;
};
