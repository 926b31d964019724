import { inspect } from 'node:util';
import type { Connector } from '../../src/connector/connector.js';
import { seededRandom, type Random } from '../../src/core/random.js';
import { readEntry } from '../../src/orders/journal-entry.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { slowStore } from '../support/slow-store.js';
import { createClient } from './client.js';
import { createCourt, type Witness } from './court.js';
import { watchStore } from './last-words.js';
import type { Market } from './market.js';
import { isOurs } from './ours.js';
import { perpetualStage } from './perpetual.js';
import { spotStage } from './spot.js';
import type { Stage } from './stage.js';
import { createTrader } from './trader.js';
import { catchUnhandled } from './unhandled.js';
import { balancesWitness, errorsWitness, secretIn, statusWitness } from './witnesses/account.js';
import { fillsWitness, gapWitness } from './witnesses/fills.js';
import { bookWitness, tradesWitness } from './witnesses/market.js';
import { externalOrdersWitness, inFlightWitness, ordersWitness } from './witnesses/orders.js';

/** Is told of everything that happens, and when, in ms from the beginning. */
export type Trace = (at: number, what: string) => void;

/** What decides on what a scene is like. */
interface Chance {
  readonly seed: number;
  readonly fork: () => Random;
}

/** A client that trades on a stage, and all who watch it. */
const peopled = <C extends Connector>(stage: Stage<C>, { seed, fork }: Chance, trace: Trace) => {
  const { venue, holdings, orders } = stage;
  const court = createCourt(venue, trace);
  const { check, note } = court;

  const fills = fillsWitness(court);
  const inFlight = inFlightWitness(court);
  const errors = errorsWitness(court);
  const witnesses: readonly Witness<C>[] = [
    fills,
    ordersWitness(court),
    inFlight,
    gapWitness(court),
    externalOrdersWitness(court),
    balancesWitness(holdings),
    bookWitness(court),
    tradesWitness(court),
    errors,
    statusWitness(),
    ...stage.witnesses(court),
  ];
  const lines = memoryStore();
  const store = seed % 2 === 0 ? lines : slowStore(lines, 10, venue.scheduler);
  const journal = watchStore(store, venue.now, (line) => {
    check('no secret is told', !secretIn(venue, line), () => line);
    const entry = readEntry(line);
    if (entry !== undefined) for (const { reads } of witnesses) reads?.(entry);
  });
  const client = createClient({
    stage,
    random: fork(),
    store: journal.store,
    watch$: (exchange: C) => witnesses.map(({ watch$ }) => watch$(exchange)),
    onDeath: () => {
      note('the process died');
      const words = journal.writtenAt(venue.now());
      for (const { died } of witnesses) died?.(words);
    },
  });
  const cast = { court, client, random: fork() };
  const { acts, exams } = stage.play(cast);
  const trader = createTrader({ ...cast, orders, acts, ids: inFlight.ids });

  let events = 0;
  let payments = 0;
  const stopListening = venue.engine.listen((batch) => {
    events += batch.length;
    for (const event of batch) {
      if (event.type === 'funding' && event.payment.accountId === venue.accountId) payments += 1;
      if (event.type === 'order' && isOurs(event.order))
        note(`exchange: ${event.order.clientOrderId} ${event.execution}, ${event.order.status}`);
    }
  });
  const stopCatching = catchUnhandled((error) =>
    check('nothing is thrown', false, () =>
      error instanceof Error ? `${error.stack}` : inspect(error),
    ),
  );
  return {
    venue,
    court,
    client,
    trader,
    exams,
    witnesses: witnesses.map(({ invariant, differences, patience }) => ({
      invariant,
      differences,
      patience,
    })),
    counts: () => ({
      events,
      requests: venue.network.requests().length,
      calls: trader.calls(),
      orders: venue.orders().filter(isOurs).length,
      fills: fills.count(),
      payments,
    }),
    /** The kinds of the errors that were survived. */
    errors: errors.kinds,
    /** Nobody watches any more. */
    close: () => {
      stopListening();
      stopCatching();
    },
  };
};

/** An exchange, a client that trades there, and all who watch them. */
export type Scene = ReturnType<typeof peopled>;

/** The seed decides what they are like. */
export const createScene = (
  { seed, market }: { readonly seed: number; readonly market: Market },
  trace: Trace,
): Scene => {
  const random = seededRandom(seed);
  const fork = () => seededRandom(random() * 2 ** 32);
  const pace = {
    latency: 5 + Math.floor(60 * random()),
    jitter: Math.floor(80 * random()),
    traders: { period: 6_000, levels: 10 },
  };
  const chance = { seed, fork };
  return market === 'perpetual'
    ? peopled(perpetualStage({ seed, pace }), chance, trace)
    : peopled(spotStage({ seed, pace }), chance, trace);
};
