import type { Random } from '../../core/random.js';
import { MarginRejection } from '../../emulator/engine/margin/model.js';
import { EngineRejection } from '../../emulator/engine/model.js';
import type { VirtualPerpetualVenue } from '../virtual-perpetual-venue.js';
import type { VirtualProcess } from '../virtual-process.js';
import type { VirtualVenue } from '../virtual-venue.js';

/** What faults act on. */
export interface FaultWorld {
  readonly venue: VirtualVenue | VirtualPerpetualVenue;
  /** The client's process that lives now. */
  readonly process: () => VirtualProcess;
}

/** One fault as it is injected. */
export interface Injection extends FaultWorld {
  /** Decides what the fault leaves open. */
  readonly random: Random;
  /** Says that the fault has met something. */
  readonly met: () => void;
}

/** A kind of fault: begins it, and returns how to end it where it does not end by itself. */
export type FaultKind = (injection: Injection) => (() => void) | undefined;

/** A whole number of at least `from` and below `to`. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from));

/** One of them by chance. */
export const oneOf = <T>(random: Random, items: readonly T[]): T | undefined =>
  items[Math.floor(random() * items.length)];

/** Whether the exchange let somebody do that. */
export const carried = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof EngineRejection || error instanceof MarginRejection) return false;
    throw error;
  }
};
