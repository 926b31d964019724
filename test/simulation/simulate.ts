import { inspect } from 'node:util';
import { config } from 'rxjs';
import type { CancelResult } from '../../src/connector/cancel.js';
import { seededRandom } from '../../src/core/random.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { memoryStore } from '../../src/store/memory-store.js';
import {
  injectFaults,
  planFaults,
  type FaultName,
  type PlannedFault,
} from '../../src/testing/faults/plan.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { createClient } from './client.js';
import { createCourt, type Court, type Invariant, type Violation, type Witness } from './court.js';
import { watchStore } from './last-words.js';
import { isOurs } from './ours.js';
import { visit } from './newcomer.js';
import { createTrader } from './trader.js';
import { balancesWitness, errorsWitness, statusWitness } from './witnesses/account.js';
import { fillsWitness, gapWitness } from './witnesses/fills.js';
import { bookWitness, tradesWitness } from './witnesses/market.js';
import {
  externalOrdersWitness,
  inFlightWitness,
  isOpen,
  ordersWitness,
} from './witnesses/orders.js';

/** What to simulate. */
export interface Simulation {
  readonly seed: number;
  readonly minutes: number;
  /** What goes wrong; else what the seed plans. */
  readonly plan?: readonly PlannedFault[];
  /** Which kinds of fault the seed plans; else all. */
  readonly names?: readonly FaultName[];
}

/** Is told of everything that happens, and when, in ms from the beginning. */
export type Trace = (at: number, what: string) => void;

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

const settle = ({ venue, check }: Court, witnesses: readonly Witness[]): void => {
  const deadline = venue.now() + SETTLED_WITHIN;
  const disagree = (): boolean => witnesses.some(({ differences }) => differences().length > 0);
  do venue.advance(15_000);
  while (disagree() && venue.now() < deadline);
  for (const { invariant, differences } of witnesses) {
    const found = differences();
    check(invariant, found.length === 0, () => found.slice(0, 5).join('; '));
  }
};

/** A client trades for some virtual minutes while things go wrong, and is held against the exchange. */
export const simulate = (simulation: Simulation, trace: Trace = () => undefined): Verdict => {
  const { seed, minutes, plan = planOf(simulation) } = simulation;
  const random = seededRandom(seed);
  const fork = () => seededRandom(random() * 2 ** 32);
  const venue = createVirtualVenue({
    seed,
    listings: defaultListings.slice(0, 1),
    latency: 5 + Math.floor(60 * random()),
    jitter: Math.floor(80 * random()),
    traders: { period: 6_000, levels: 10 },
    balanceMode: seed % 4 === 3 ? 'estimated' : 'events',
  });
  let digest = 0x811c_9dc5;
  const court = createCourt(venue, (at, what) => {
    digest = digested(digest, `${at} ${what}`);
    trace(at, what);
  });
  const { check, note } = court;
  const met = new Map<FaultName, number>();
  let events = 0;

  const [fills, orders, inFlight] = [
    fillsWitness(court),
    ordersWitness(court),
    inFlightWitness(court),
  ];
  const errors = errorsWitness(court);
  const witnesses: readonly Witness[] = [
    fills,
    orders,
    inFlight,
    gapWitness(court),
    externalOrdersWitness(court),
    balancesWitness(court),
    bookWitness(court),
    tradesWitness(court),
    errors,
    statusWitness(),
  ];
  const journal = watchStore(memoryStore(), venue.now);
  const client = createClient({
    venue,
    random: fork(),
    store: journal.store,
    watch$: (exchange) => witnesses.map(({ watch$ }) => watch$(exchange)),
    onDeath: () => {
      note('the process died');
      const words = journal.writtenAt(venue.now());
      fills.died(words);
      orders.died(words);
    },
  });
  const trader = createTrader({ court, client, random: fork(), ids: inFlight.ids });
  const stopListening = venue.engine.listen((batch) => {
    events += batch.length;
    for (const event of batch)
      if (event.type === 'order' && isOurs(event.order))
        note(`exchange: ${event.order.clientOrderId} ${event.execution}, ${event.order.status}`);
  });
  const unhandledBefore = config.onUnhandledError;
  config.onUnhandledError = (error) =>
    check('nothing is thrown', false, () =>
      error instanceof Error ? `${error.stack}` : `${error}`,
    );

  const inTime = plan.filter(({ at }) => at < minutes * MINUTE);
  const faults = injectFaults({ venue, process: client.process }, inTime, (name) => {
    met.set(name, (met.get(name) ?? 0) + 1);
    note(`fault: ${name}`);
  });
  for (let done = 0; done < minutes * MINUTE; done += ROUND) {
    const beganAt = venue.now();
    const stopTraders = venue.startTraders();
    visit(court);
    trader.begin();
    venue.advance(Math.min(STORM, minutes * MINUTE - done) - (venue.now() - beganAt));
    trader.pause();
    stopTraders();
    client.settle();
    settle(court, witnesses);
    let results: readonly CancelResult[] = [];
    // As long as a ban at the end of the storm may last.
    const cancelling$ = client.exchange().cancelAll({ timeout: 1.5 * MINUTE });
    cancelling$.subscribe((told) => (results = told));
    venue.advance(1.5 * MINUTE);
    const left = venue
      .orders()
      .filter((order) => isOurs(order) && isOpen(order))
      .map(({ clientOrderId }) => clientOrderId);
    check('cancelAll leaves nothing', left.length === 0, () => inspect({ left, results }));
    settle(court, witnesses);
    venue.advance(Math.max(0, beganAt + ROUND - venue.now()));
  }
  faults.unsubscribe();
  client.leave();
  venue.advance(MINUTE);
  const sockets = venue.network.sockets();
  check(
    'nothing is left after the last unsubscribe',
    venue.pending() === 0 && sockets.length === 0,
    () => `${venue.pending()} timers and ${sockets.length} sockets`,
  );
  const broken = JSON.stringify(venue.control.violations());
  check('no limit is broken', broken === '{}', () => broken);
  stopListening();
  config.onUnhandledError = unhandledBefore;
  return {
    violations: court.violations,
    checks: court.checks,
    met,
    counts: {
      events,
      requests: venue.network.requests().length,
      calls: trader.calls(),
      orders: venue.orders().filter(isOurs).length,
      fills: fills.count(),
    },
    errors: errors.kinds,
    digest,
  };
};
