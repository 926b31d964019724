import { inspect } from 'node:util';
import { seededRandom } from '../../src/core/random.js';
import type { CancelResult } from '../../src/connector/cancel.js';
import {
  injectFaults,
  planFaults,
  type FaultName,
  type PlannedFault,
} from '../../src/testing/faults/plan.js';
import type { Invariant, Violation } from './court.js';
import { visit } from './newcomer.js';
import { isOurs } from './ours.js';
import { createScene, type Scene, type Trace } from './scene.js';
import { isOpen } from './witnesses/orders.js';

/** What to simulate. */
export interface Simulation {
  readonly seed: number;
  readonly minutes: number;
  /** What goes wrong; else what the seed plans. */
  readonly plan?: readonly PlannedFault[];
  /** Which kinds of fault the seed plans; else all. */
  readonly names?: readonly FaultName[];
}

/** What came of it. */
export interface Verdict {
  readonly violations: readonly Violation[];
  readonly checks: ReadonlyMap<Invariant, number>;
  /** How often each kind of fault met something. */
  readonly met: ReadonlyMap<FaultName, number>;
  readonly counts: Readonly<Record<'events' | 'requests' | 'calls' | 'orders' | 'fills', number>>;
  /** The kinds of the errors that were survived. */
  readonly errors: ReadonlyMap<string, number>;
  /** The same for the same simulation, to the last event. */
  readonly digest: number;
}

const MINUTE = 60_000;
/** Each storm is followed by a quiet time, and by a judgement. */
const ROUND = 20 * MINUTE;
/** When a storm ends, from the beginning of its round. */
const STORM = 16 * MINUTE;
/** Before it somebody comes while all is well. */
const CALM = 5_000;
/** Within this time after the last fault the client knows everything. */
const SETTLED_WITHIN = 15 * MINUTE;

/** What the seed plans: nothing goes on into the quiet times. */
export const planOf = ({ seed, minutes, names }: Simulation): readonly PlannedFault[] => {
  const random = seededRandom(seed ^ 0x5eed);
  const choice = names === undefined ? {} : { names };
  const plan = planFaults(random, { duration: minutes * MINUTE, every: 20_000, ...choice });
  return plan.flatMap((fault) => {
    const since = fault.at % ROUND;
    return since >= CALM && since < STORM
      ? [{ ...fault, lasts: Math.min(fault.lasts, STORM - since) }]
      : [];
  });
};

/** Takes one more event into a running hash of everything that happened (FNV-1a). */
const digested = (hash: number, text: string): number => {
  let result = hash;
  for (let i = 0; i < text.length; i += 1)
    result = Math.imul(result ^ text.charCodeAt(i), 0x0100_0193) >>> 0;
  return result;
};

/** Waits until client and exchange agree, and judges where they do not in the end. */
const settle = ({ venue, court: { check }, witnesses }: Scene): void => {
  const deadline = venue.now() + SETTLED_WITHIN;
  const disagree = (): boolean => witnesses.some(({ differences }) => differences().length > 0);
  do venue.advance(15_000);
  while (disagree() && venue.now() < deadline);
  for (const { invariant, differences } of witnesses) {
    const found = differences();
    check(invariant, found.length === 0, () => found.slice(0, 5).join('; '));
  }
};

const cancelAll = ({ venue, court: { check }, client }: Scene): void => {
  let results: readonly CancelResult[] = [];
  // As long as a ban at the end of the storm may last.
  const cancelling$ = client.exchange().cancelAll({ timeout: 1.5 * MINUTE });
  cancelling$.subscribe((told) => (results = told));
  venue.advance(1.5 * MINUTE);
  const left = venue.orders().filter((order) => isOurs(order) && isOpen(order));
  check('cancelAll leaves nothing', left.length === 0, () => inspect({ left, results }));
};

/** A calm beginning, a storm, and a judgement in the quiet after it. */
const round = (scene: Scene, storm: number): void => {
  const { venue, court, client, trader } = scene;
  const beganAt = venue.now();
  const stopTraders = venue.startTraders();
  visit(court);
  trader.begin();
  venue.advance(beganAt + storm - venue.now());
  trader.pause();
  stopTraders();
  client.settle();
  settle(scene);
  cancelAll(scene);
  settle(scene);
  venue.advance(Math.max(0, beganAt + ROUND - venue.now()));
};

const leave = ({ venue, court: { check }, client, close }: Scene): void => {
  client.leave();
  venue.advance(MINUTE);
  const sockets = venue.network.sockets();
  check(
    'nothing is left after the last unsubscribe',
    venue.pending() === 0 && sockets.length === 0,
    () => `${venue.pending()} timers and sockets ${sockets.join()}`,
  );
  const broken = JSON.stringify(venue.control.violations());
  check('no limit is broken', broken === '{}', () => broken);
  close();
};

/** A client trades for some virtual minutes while things go wrong, and is held against the exchange. */
export const simulate = (simulation: Simulation, trace: Trace = () => undefined): Verdict => {
  const { seed, minutes, plan = planOf(simulation) } = simulation;
  const duration = minutes * MINUTE;
  let digest = 0x811c_9dc5;
  const scene = createScene(seed, (at, what) => {
    digest = digested(digest, `${at} ${what}`);
    trace(at, what);
  });
  const { venue, court, client } = scene;
  const met = new Map<FaultName, number>();
  const inTime = plan.filter(({ at }) => at < duration);
  const faults = injectFaults({ venue, process: client.process }, inTime, (name) => {
    met.set(name, (met.get(name) ?? 0) + 1);
    court.note(`fault: ${name}`);
  });
  for (let done = 0; done < duration; done += ROUND) round(scene, Math.min(STORM, duration - done));
  faults.unsubscribe();
  leave(scene);
  const { violations, checks } = court;
  return { violations, checks, met, counts: scene.counts(), errors: scene.errors, digest };
};
