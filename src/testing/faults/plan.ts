import { Subscription } from 'rxjs';
import { seededRandom, type Random } from '../../core/random.js';
import { frameFaultKinds } from './frame-faults.js';
import type { FaultKind, FaultWorld } from './kind.js';
import { perpetualFaultKinds } from './perpetual-faults.js';
import { requestFaultKinds } from './request-faults.js';
import { venueFaultKinds } from './venue-faults.js';

const everywhere = { ...requestFaultKinds, ...frameFaultKinds, ...venueFaultKinds };
const kinds = { ...everywhere, ...perpetualFaultKinds };

/** The name of a kind of fault. */
export type FaultName = keyof typeof kinds;

/** All kinds of fault that there are in every market. */
export const faultNames = Object.keys(everywhere) as readonly FaultName[];

/** The same, and those of markets in which positions are held. */
export const perpetualFaultNames = Object.keys(kinds) as readonly FaultName[];

/** One fault, as it is planned: data, so that a plan can be written down, cut short and repeated. */
export interface PlannedFault {
  readonly name: FaultName;
  /** When it begins, in ms from the beginning. */
  readonly at: number;
  /** How long it lasts, in ms, where it does not end by itself. */
  readonly lasts: number;
  /** Decides what the kind leaves open. */
  readonly seed: number;
}

/** What faults to plan. */
export interface FaultPlanOptions {
  /** How long faults begin, in ms. */
  readonly duration: number;
  /**
   * How much time lies between two faults on average, in ms.
   * @defaultValue 30,000
   */
  readonly every?: number;
  /** @defaultValue all of every market */
  readonly names?: readonly FaultName[];
}

/** Most faults are short, some last for minutes. */
const lasting = (random: Random): number => Math.floor(1_000 * 200 ** random());

/**
 * Plans faults by chance: their times are independent of each other, so that several may happen at once.
 * The same random numbers give the same plan.
 *
 * @example
 * ```ts
 * const plan = planFaults(Math.random, { duration: 60_000, every: 10_000, names: ['429'] });
 * console.log(plan.map(({ name, at }) => `${name} after ${at} ms`));
 * ```
 */
export const planFaults = (random: Random, options: FaultPlanOptions): readonly PlannedFault[] => {
  const { duration, every = 30_000, names = faultNames } = options;
  const plan: PlannedFault[] = [];
  for (let at = 0; names.length > 0;) {
    at += Math.floor(-Math.log(1 - random()) * every);
    const name = names[Math.floor(random() * names.length)];
    if (at >= duration || name === undefined) break;
    const lasts = Math.min(lasting(random), duration - at);
    plan.push({ name, at, lasts, seed: Math.floor(random() * 2 ** 32) });
  }
  return plan;
};

/**
 * Lets the planned faults happen: requests and answers are lost, late or replaced, frames lost, doubled,
 * reordered or torn, sockets break or go mute, clocks jump and drift, the exchange halts, and the client's process
 * dies. Each fault draws its own random numbers, so that one that is left out changes none of the others.
 *
 * All of them are over, at the latest, when the returned subscription is unsubscribed. Calls `met` each time
 * that a fault meets something.
 *
 * @example
 * ```ts
 * const venue = createVirtualVenue();
 * const process = createVirtualProcess({ ...venue.network, scheduler: venue.scheduler, random: () => 0.5 });
 * const exchange = venue.join({ credentials: venue.credentials, environment: process.environment });
 * const plan = planFaults(() => 0.3, { duration: 60_000, names: ['429', 'sockets reset'] });
 * const faults = injectFaults({ venue, process: () => process }, plan);
 * venue.advance(60_000);
 * faults.unsubscribe();
 * ```
 */
export const injectFaults = (
  world: FaultWorld,
  plan: readonly PlannedFault[],
  met: (name: FaultName) => void = () => undefined,
): Subscription => {
  const all = new Subscription();
  const { scheduler } = world.venue;
  const begin = ({ name, lasts, seed }: PlannedFault): void => {
    const kind: FaultKind = kinds[name];
    const end = kind({ ...world, random: seededRandom(seed), met: () => met(name) });
    if (end === undefined) return;
    const fault = new Subscription(end);
    fault.add(scheduler.schedule(() => fault.unsubscribe(), lasts));
    all.add(fault);
  };
  for (const fault of plan) all.add(scheduler.schedule(() => begin(fault), fault.at));
  return all;
};
