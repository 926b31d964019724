import type { Fill } from '../../src/orders/fill.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { seededRandom } from '../../src/core/random.js';
import { createVirtualProcess } from '../../src/testing/virtual-process.js';
import { BID, FILLS, OPEN_ORDERS, PLACE, STATUS, USER_STREAM } from '../support/orders.js';
import { record, type Recording } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

const ids = (...recordings: readonly Recording<Fill>[]): readonly string[] =>
  recordings.flatMap(({ values }) => values.map(({ tradeId }) => tradeId));

/** An order that is filled in parts, by a process that dies so many ms after it began. */
const crash = (ms: number) => {
  const venue = createVirtualVenue();
  const store = memoryStore();
  const { network, scheduler, credentials } = venue;
  const begin = (seed: number) => {
    const { environment, kill } = createVirtualProcess({
      scheduler,
      http: network.http,
      socket: network.socket,
      random: seededRandom(seed),
    });
    const exchange = venue.join({ credentials, store, environment });
    return { exchange, kill, fills: record(exchange.fills$) };
  };
  const first = begin(1);
  record(first.exchange.buy(BID));
  const timeline: readonly (readonly [number, () => void])[] = [
    [ms, first.kill],
    [90, () => venue.rival('sell', '60000', '0.002')],
    [150, () => venue.rival('sell', '60000', '0.003')],
    [400, () => venue.rival('sell', '60000', '0.001')],
  ];
  const startedAt = venue.now();
  for (const [at, act] of [...timeline].sort(([a], [b]) => a - b)) {
    venue.advance(startedAt + at - venue.now());
    act();
  }
  venue.advance(5_000);
  const second = begin(2);
  const updates = record(second.exchange.orderUpdates$);
  return { venue, store, first, second, updates };
};

const times = Array.from({ length: 50 }, (_, index) => index * 5);

describe('a connector that is made again after its process died', () => {
  it.each(times)('goes on with the order, after %d ms', (ms) => {
    const { venue, first, second } = crash(ms);
    venue.advance(60_000);
    const [order] = venue.orders();
    expect(venue.orders().length).toBe(venue.network.requests(PLACE).length);
    const live = record(second.exchange.inFlightOrders$).last()!;
    expect([...live.keys()]).toEqual(
      order?.status === 'partially_filled' ? [order.clientOrderId] : [],
    );
    expect([...ids(first.fills, second.fills)].sort()).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
    for (const { executedAmount } of live.values())
      expect(executedAmount.toFixed()).toBe(order!.executedAmount.toFixed());
  });

  it('can cancel what it found', () => {
    const { venue, second, updates } = crash(120);
    venue.advance(10_000);
    const results = record(second.exchange.cancelAll());
    venue.advance(1_000);
    expect(results.last()).toMatchObject([{ outcome: 'canceled', order: { fillsComplete: true } }]);
    expect(updates.last()).toMatchObject({ state: 'canceled' });
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('hears of fills that come after it, once', () => {
    const { venue, first, second, updates } = crash(120);
    venue.advance(10_000);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    expect(updates.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(ids(first.fills, second.fills)).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
  });

  it('keeps the account’s side up for it, subscribed or not, until it is over', () => {
    const { venue, second, updates } = crash(120);
    venue.advance(10_000);
    updates.stop();
    second.fills.stop();
    venue.advance(60_000);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    expect(venue.network.sockets()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });

  it('goes on where its first subscribers left before it had asked', () => {
    const { venue, second, updates } = crash(120);
    updates.stop();
    second.fills.stop();
    venue.advance(60_000);
    const live = record(second.exchange.inFlightOrders$).last()!;
    expect([...live.values()]).toMatchObject([{ state: 'partially_filled', fillsComplete: true }]);
  });

  /** A connector that has lost its order, until `found` lets the exchange show it. */
  const lose = () => {
    const venue = createVirtualVenue();
    const { credentials, network } = venue;
    const store = memoryStore();
    const faults = [
      network.requestFaults.add(({ name }) => name === STATUS, {
        answer: { status: 400, headers: {}, body: '{"code":-2013,"msg":"Order does not exist."}' },
      }),
      network.requestFaults.add(({ name }) => name === OPEN_ORDERS, {
        answer: { status: 200, headers: {}, body: '[]' },
      }),
    ];
    const found = (): void => faults.forEach((stop) => stop());
    const begin = () => {
      const exchange = venue.join({ credentials, store });
      return { updates: record(exchange.orderUpdates$), fills: record(exchange.fills$), exchange };
    };
    const first = begin();
    const story = record(first.exchange.buy(BID));
    venue.advance(1_000);
    network.disconnect(USER_STREAM);
    venue.advance(30_000);
    expect(story.last()).toMatchObject({ reason: 'lost' });
    return { venue, found, first, begin };
  };

  it.each(['REST', 'the account stream'])('cancels a lost order, once %s shows it', (by) => {
    const { venue, found, first, begin } = lose();
    first.updates.stop();
    first.fills.stop();
    venue.advance(60_000);
    const { updates, fills } = begin();
    venue.advance(by === 'REST' ? 0 : 5_000);
    venue.rival('sell', '60000', '0.002');
    if (by === 'REST') found();
    venue.advance(10_000);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(updates.last()).toMatchObject({ state: 'canceled', fillsComplete: true });
    expect(ids(fills)).toEqual(venue.trades().map(({ tradeId }) => `${tradeId}`));
    fills.stop();
    updates.stop();
    venue.advance(1_000);
    expect(venue.pending()).toBe(0);
  });

  it('answers a cancel of a lost order by what is known of it', () => {
    const { venue, first, begin } = lose();
    first.updates.stop();
    first.fills.stop();
    const { clientOrderId: id } = first.updates.last()!;
    const { exchange } = begin();
    venue.advance(1_000);
    const answer = record(exchange.cancel(id));
    expect(answer.values).toMatchObject([{ outcome: 'failed', order: { reason: 'lost' } }]);
    expect(answer.state()).toBe('completed');
  });

  it('does not tell again what became of an order after it was lost', () => {
    const { venue, found, first, begin } = lose();
    venue.rival('sell', '60000', '0.002');
    found();
    venue.advance(10_000);
    expect(first.updates.last()).toMatchObject({ state: 'canceled' });
    expect(first.fills.values).toHaveLength(1);
    const asked = venue.network.requests(STATUS).length;
    const { updates, fills } = begin();
    venue.advance(60_000);
    expect(fills.values).toEqual([]);
    expect(updates.values).toEqual([]);
    expect(venue.network.requests(STATUS)).toHaveLength(asked);
  });

  it('is ready once each order was asked after, and not before', () => {
    const { venue, second } = crash(120);
    const status = record(second.exchange.status$);
    const held = venue.network.requestFaults.add(({ name }) => name === STATUS, {
      answerDelay: 3_000,
    });
    const live = record(second.exchange.inFlightOrders$);
    venue.advance(2_000);
    expect(status.last()!.parts.userStream).toMatchObject({ ready: true });
    expect(status.last()).toMatchObject({ ready: false, parts: { orders: { ready: false } } });
    held();
    venue.advance(5_000);
    expect(status.last()).toMatchObject({ ready: true, parts: { orders: { ready: true } } });
    const readyAt = status.last()!.parts.orders!.since;
    expect(venue.network.requests(FILLS).at(-1)!.at).toBeLessThan(readyAt);
    expect([...live.last()!.values()]).toMatchObject([{ fillsComplete: true }]);
  });

  it('has forgotten what was over', () => {
    const { venue, store, second } = crash(120);
    record(second.exchange.cancelAll());
    venue.advance(10_000);
    second.kill();
    const third = venue.join({ credentials: venue.credentials, store });
    expect(record(third.inFlightOrders$).last()!.size).toBe(0);
  });
});
