import { inspect } from 'node:util';
import { seededRandom } from '../../src/core/random.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { slowStore } from '../support/slow-store.js';
import { createClient } from './client.js';
import { createCourt, type Witness } from './court.js';
import { watchStore } from './last-words.js';
import { isOurs } from './ours.js';
import { createTrader } from './trader.js';
import { catchUnhandled } from './unhandled.js';
import { balancesWitness, errorsWitness, secretIn, statusWitness } from './witnesses/account.js';
import { fillsWitness, gapWitness } from './witnesses/fills.js';
import { bookWitness, tradesWitness } from './witnesses/market.js';
import { externalOrdersWitness, inFlightWitness, ordersWitness } from './witnesses/orders.js';

/** Is told of everything that happens, and when, in ms from the beginning. */
export type Trace = (at: number, what: string) => void;

/** An exchange, a client that trades there, and all who watch them; the seed decides what they are like. */
export const createScene = (seed: number, trace: Trace) => {
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
  const court = createCourt(venue, trace);
  const { check, note } = court;

  const fills = fillsWitness(court);
  const orders = ordersWitness(court);
  const inFlight = inFlightWitness(court);
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
  const lines = memoryStore();
  const store = seed % 2 === 0 ? lines : slowStore(lines, 10, venue.scheduler);
  const journal = watchStore(store, venue.now, (line) => {
    check('no secret is told', !secretIn(venue, line), () => line);
  });
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

  let events = 0;
  const stopListening = venue.engine.listen((batch) => {
    events += batch.length;
    for (const event of batch)
      if (event.type === 'order' && isOurs(event.order))
        note(`exchange: ${event.order.clientOrderId} ${event.execution}, ${event.order.status}`);
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
    witnesses,
    counts: () => ({
      events,
      requests: venue.network.requests().length,
      calls: trader.calls(),
      orders: venue.orders().filter(isOurs).length,
      fills: fills.count(),
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

export type Scene = ReturnType<typeof createScene>;
