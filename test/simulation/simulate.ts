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
import { faultsOf, type Market } from './market.js';
import { visit } from './newcomer.js';
import { isOurs } from './ours.js';
import { createScene, type Scene, type Trace } from './scene.js';
import { isOpen } from './witnesses/orders.js';

/** What to simulate. */
export interface Simulation {
  readonly seed: number;
  readonly minutes: number;
  /** @defaultValue `'spot'` */
  readonly market?: Market;
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
  readonly counts: ReturnType<Scene['counts']>;
  /** The kinds of the errors that were survived. */
  readonly errors: ReadonlyMap<string, number>;
  /** The same for the same simulation, to the last event. */
  readonly digest: number;
}

type Met = (name: FaultName) => void;
type Judge = Scene['witnesses'][number];

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
export const planOf = ({
  seed,
  minutes,
  market = 'spot',
  names = faultsOf[market],
}: Simulation): readonly PlannedFault[] => {
  const random = seededRandom(seed ^ 0x5eed);
  const plan = planFaults(random, { duration: minutes * MINUTE, every: 20_000, names });
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
  const beganAt = venue.now();
  const lost = new Set<Judge>();
  const judge = (witness: Judge, found: readonly string[]): void =>
    check(witness.invariant, found.length === 0, () => found.slice(0, 5).join('; '));
  for (let isOver = false; !isOver;) {
    venue.advance(15_000);
    isOver = true;
    for (const witness of witnesses) {
      if (lost.has(witness)) continue;
      const found = witness.differences();
      if (found.length === 0) continue;
      const isDue = venue.now() - beganAt >= (witness.patience ?? SETTLED_WITHIN);
      if (isDue) judge(witness, found);
      if (isDue) lost.add(witness);
      else isOver = false;
    }
  }
  for (const witness of witnesses) if (!lost.has(witness)) judge(witness, []);
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

/** A calm beginning, a storm, and a judgement in the quiet after it, however long that takes. */
const round = (scene: Scene, storm: readonly PlannedFault[], lasts: number, met: Met): void => {
  const { venue, court, client, trader, exams } = scene;
  const beganAt = venue.now();
  const faults = injectFaults({ venue, process: client.process }, storm, met);
  const stopTraders = venue.startTraders();
  visit(court);
  trader.begin();
  venue.advance(beganAt + lasts - venue.now());
  trader.pause();
  stopTraders();
  client.settle();
  settle(scene);
  cancelAll(scene);
  settle(scene);
  for (const exam of exams) exam();
  if (exams.length > 0) settle(scene);
  venue.advance(Math.max(0, beganAt + ROUND - venue.now()));
  faults.unsubscribe();
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
  const { seed, minutes, market = 'spot', plan = planOf(simulation) } = simulation;
  const duration = minutes * MINUTE;
  let digest = 0x811c_9dc5;
  const scene = createScene({ seed, market }, (at, what) => {
    digest = digested(digest, `${at} ${what}`);
    trace(at, what);
  });
  const { court } = scene;
  const met = new Map<FaultName, number>();
  const count: Met = (name) => {
    met.set(name, (met.get(name) ?? 0) + 1);
    court.note(`fault: ${name}`);
  };
  for (let done = 0; done < duration; done += ROUND) {
    const storm = plan
      .filter(({ at }) => at >= done && at < Math.min(done + ROUND, duration))
      .map((fault) => ({ ...fault, at: fault.at - done }));
    round(scene, storm, Math.min(STORM, duration - done), count);
  }
  leave(scene);
  const { violations, checks } = court;
  return { violations, checks, met, counts: scene.counts(), errors: scene.errors, digest };
};
