import { keepBooks } from '../../src/cli/books.js';
import { marketMaker } from '../../src/cli/market-maker.js';
import { reconcile } from '../../src/cli/reconciliation.js';
import { seededRandom } from '../../src/core/random.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { isDone } from '../../src/orders/in-flight-order.js';
import { PLACE } from '../support/orders.js';
import { record } from '../support/recording.js';
import type { FrameFault, RequestFault } from '../../src/testing/network-faults.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

/** How likely each request meets each fault. */
const requestFaults: readonly (readonly [number, RequestFault])[] = [
  [0.03, { answer: 'broken connection' }],
  [0.03, { requestDelay: Infinity, answer: 'broken connection' }],
  [0.02, { answerDelay: Infinity }],
  [0.02, { requestDelay: Infinity }],
  [0.05, { requestDelay: 1_500 }],
  [0.05, { answerDelay: 1_500 }],
  [0.05, { answer: { status: 503, headers: {}, body: '' } }],
];
/** How likely each frame meets each fault. */
const frameFaults: readonly (readonly [number, FrameFault])[] = [
  [0.02, { copies: 0 }],
  [0.05, { copies: 2 }],
];
const DISCONNECT = 0.1;

describe('a market maker in a minute of all faults at once', () => {
  it.each([1, 2, 3])('knows every order, fill and balance in the end (seed %d)', (seed) => {
    const venue = createVirtualVenue({ seed, listings: defaultListings.slice(0, 1), latency: 20 });
    const { network, exchange, scheduler } = venue;
    const random = seededRandom(seed);
    const stopTraders = venue.startTraders();
    const books = keepBooks(exchange);
    const kept = books.kept$.subscribe();
    const quotes = record(
      marketMaker(exchange, { pair: 'BTC-USDT', distance: 0.0001, value: 500, scheduler }),
    );
    venue.advance(5_000);
    const heal = [
      ...requestFaults.map(([part, fault]) =>
        network.requestFaults.add(() => random() < part, fault),
      ),
      ...frameFaults.map(([part, fault]) => network.frameFaults.add(() => random() < part, fault)),
    ];
    for (let second = 0; second < 60; second += 1) {
      if (random() < DISCONNECT) network.disconnect();
      venue.advance(1_000);
    }
    heal.forEach((stop) => stop());
    quotes.stop();
    venue.advance(30_000);
    stopTraders();
    // A frame that was lost last is found by the slow poll.
    venue.advance(150_000);

    expect(reconcile(books, venue)).toEqual([]);
    expect([...books.orders.values()].filter((order) => !isDone(order))).toEqual([]);
    expect(venue.orders().filter(({ status }) => status === 'new')).toEqual([]);
    expect(network.requests(PLACE)).toHaveLength(books.orders.size);
    expect(books.fills.length).toBeGreaterThan(20);
    expect(books.errors.length).toBeGreaterThan(10);
    kept.unsubscribe();
    venue.advance(1_000);
    expect(network.sockets()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });
});
