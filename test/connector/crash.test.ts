import { seededRandom } from '../../src/core/random.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { createVirtualProcess } from '../../src/testing/virtual-process.js';
import { BID, PLACE } from '../support/orders.js';
import { record } from '../support/recording.js';
import { slowStore } from '../support/slow-store.js';

/** A process that places an order, hears of a fill and cancels, and dies so many ms after it began. */
const crash = (ms: number) => {
  const venue = createVirtualVenue();
  const { network, scheduler, credentials } = venue;
  const lines = memoryStore();
  const begin = (seed: number) => {
    const { http, socket } = network;
    const { environment, kill } = createVirtualProcess({
      scheduler,
      http,
      socket,
      random: seededRandom(seed),
    });
    const store = slowStore(lines, 3, environment.scheduler);
    const exchange = venue.join({ credentials, store, environment });
    return { exchange, kill, fills: record(exchange.fills$) };
  };
  const first = begin(1);
  const story = record(first.exchange.buy(BID));
  const cancel = (): void => {
    if (ms > 150) record(first.exchange.cancel(story.last()!.clientOrderId));
  };
  const timeline: readonly (readonly [number, () => void])[] = [
    [ms, first.kill],
    [110, () => venue.rival('sell', '60000', '0.004')],
    [150, cancel],
    [200, () => venue.rival('sell', '60000', '0.001')],
  ];
  const startedAt = venue.now();
  for (const [at, act] of [...timeline].sort(([a], [b]) => a - b)) {
    venue.advance(startedAt + at - venue.now());
    act();
  }
  venue.advance(5_000);
  return { venue, begin, first, second: begin(2) };
};

/** What happens happens every 10 ms, and a store is done 3 ms later: so before, between and after. */
const moments = Array.from({ length: 22 }, (_, at) => [
  10 * at + 1,
  10 * at + 4,
  10 * at + 9,
]).flat();

describe('a process that dies while its order is placed, filled or canceled', () => {
  it('is followed by one that knows the order, tells each fill once, and can end it: at any moment', () => {
    const ends = new Set<string>();
    for (const ms of moments) {
      const { venue, first, second } = crash(ms);
      venue.advance(30_000);
      const live = venue.orders().filter(({ status }) => status === 'partially_filled');
      const known = [...record(second.exchange.inFlightOrders$).last()!.values()];
      expect([ms, known.map(({ clientOrderId }) => clientOrderId)]).toEqual([
        ms,
        live.map(({ clientOrderId }) => clientOrderId),
      ]);
      expect(venue.network.requests(PLACE).length).toBeLessThanOrEqual(1);
      const results = record(second.exchange.cancelAll());
      venue.advance(5_000);
      expect([ms, results.last()!.map(({ outcome }) => outcome)]).toEqual([
        ms,
        live.map(() => 'canceled'),
      ]);
      const fills = [...first.fills.values, ...second.fills.values];
      expect([ms, fills.map(({ tradeId }) => tradeId).sort()]).toEqual([
        ms,
        venue.trades().map(({ tradeId }) => `${tradeId}`),
      ]);
      ends.add(
        venue
          .orders()
          .map(({ status, executedAmount }) => `${status} ${executedAmount.toFixed()}`)
          .join(),
      );
    }
    expect([...ends].sort()).toEqual(['', 'canceled 0.004', 'canceled 0.005']);
  });

  it('may die again while it goes on with it: at any moment', () => {
    for (const ms of moments) {
      const { venue, begin, first, second } = crash(45);
      venue.rival('sell', '60000', '0.001');
      venue.advance(ms);
      second.kill();
      venue.rival('sell', '60000', '0.001');
      venue.advance(1_000);
      const third = begin(3);
      venue.advance(30_000);
      const [order] = [...record(third.exchange.inFlightOrders$).last()!.values()];
      expect([ms, order]).toMatchObject([ms, { state: 'partially_filled', fillsComplete: true }]);
      const fills = [first, second, third].flatMap((process) => process.fills.values);
      expect([ms, fills.map(({ tradeId }) => tradeId).sort()]).toEqual([
        ms,
        venue.trades().map(({ tradeId }) => `${tradeId}`),
      ]);
      expect(venue.trades()).toHaveLength(4);
      expect(venue.network.requests(PLACE)).toHaveLength(1);
      record(third.exchange.cancelAll());
      venue.advance(1_000);
      expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    }
  });
});
