import type { FaultAnswer } from '../../src/emulator/binance/faults.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, MARKET_STREAM, PLACE, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const LATENCY = 10;
const ROUND_TRIP = 2 * LATENCY;

/** A connector that is up. */
const connected = (): VirtualVenue => {
  const venue = createVirtualVenue({ latency: LATENCY });
  record(venue.exchange.connect());
  record(venue.exchange.orderBook$('BTC-USDT'));
  venue.advance(1_000);
  return venue;
};

describe('what an exchange lets go wrong with a request', () => {
  const answers: readonly FaultAnswer[] = ['5xx', '-1006', '-1007', 'reset', 'timeout'];

  it.each(answers)('(%s) hides what it did', (answer) => {
    const venue = connected();
    venue.control.failNext({ method: 'POST', effect: 'done', answer });
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(20_000);
    expect(story.last()).toMatchObject({ state: 'open' });
    expect(errors.values[0]).toMatchObject({ request: PLACE, outcome: 'unknown' });
    expect(venue.orders()).toHaveLength(1);
  });

  it.each(answers)('(%s) keeps it from happening', (answer) => {
    const venue = connected();
    venue.control.failNext({ method: 'POST', effect: 'none', answer });
    const story = record(venue.exchange.buy(BID));
    venue.advance(60_000);
    expect(story.last()).toMatchObject({ state: 'failed', reason: 'not_placed' });
    expect(venue.orders()).toEqual([]);
  });

  it('is a connection that breaks at once, or an answer that never comes', () => {
    const answeredAfter = (answer: FaultAnswer): number => {
      const venue = connected();
      const errors = record(venue.exchange.errors$);
      venue.control.failNext({ method: 'POST', effect: 'none', answer });
      record(venue.exchange.buy(BID));
      let waited = 0;
      while (errors.values.length === 0) {
        venue.advance(1);
        waited += 1;
      }
      return waited;
    };
    expect(answeredAfter('reset')).toBe(ROUND_TRIP);
    expect(answeredAfter('timeout')).toBe(10_000);
  });
});

describe('when an account hears of what it did', () => {
  const heard = (when: 'before' | 'after', ms: number): readonly number[] => {
    const venue = connected();
    venue.control.userEvents(when, ms);
    const frames: number[] = [];
    venue.network.frameFaults.add(({ text }) => {
      if (text.includes('executionReport')) frames.push(venue.now());
      return false;
    }, {});
    const from = venue.now();
    const story = record(venue.exchange.buy(BID));
    venue.advance(5);
    while (story.values.length < 2) venue.advance(1);
    return [frames.length, venue.now() - from];
  };

  it('is before the answer, which takes longer', () => {
    // The event's frame left with the order, and told of it; the answer is not here yet.
    expect(heard('before', 300)).toEqual([1, ROUND_TRIP]);
  });

  it('is after the answer, which tells of it first', () => {
    expect(heard('after', 300)).toEqual([0, ROUND_TRIP]);
  });

  it('delays the answer itself', () => {
    const venue = connected();
    venue.control.userEvents('before', 300);
    venue.control.endConnections('user');
    const story = record(venue.exchange.buy(BID));
    venue.network.refuseSockets(true);
    venue.advance(ROUND_TRIP + 299);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    venue.advance(1);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
  });
});

describe('connections', () => {
  const downs = (venue: VirtualVenue) => {
    const errors = record(venue.exchange.errors$);
    return () => errors.values.map(({ kind, code }) => `${kind} ${code}`);
  };

  it('end as after their longest life', () => {
    const venue = connected();
    const told = downs(venue);
    venue.control.endConnections();
    venue.advance(5_000);
    expect(told()).toEqual(['network 1001', 'network 1001']);
    expect([...venue.network.sockets()].sort()).toEqual([MARKET_STREAM, USER_STREAM]);
  });

  it('end after a day by themselves', () => {
    const venue = createVirtualVenue({ connectionLimits: { lifetime: 60_000 } });
    const told = downs(venue);
    record(venue.exchange.connect());
    venue.advance(61_000);
    expect(told()).toEqual(['network 1001']);
  });

  it('break, and both ends know at once', () => {
    const venue = connected();
    const told = downs(venue);
    venue.control.disconnect('user');
    expect(told()).toEqual(['network 1006']);
    expect(venue.network.sockets()).toEqual([MARKET_STREAM]);
  });

  it.each([false, true])('are given up before the server goes down (it does: %s)', (goesDown) => {
    const venue = connected();
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.control.shutdownNotice();
    venue.advance(100);
    if (goesDown) venue.control.endConnections();
    venue.rival('sell', '60000', '0.01');
    venue.advance(30_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect([...venue.network.sockets()].sort()).toEqual([MARKET_STREAM, USER_STREAM]);
  });

  it('are refused under maintenance, and come back', () => {
    const venue = connected();
    venue.control.maintenance(true);
    venue.control.disconnect();
    venue.advance(60_000);
    expect(venue.network.sockets()).toEqual([]);
    venue.control.maintenance(false);
    venue.advance(60_000);
    expect([...venue.network.sockets()].sort()).toEqual([MARKET_STREAM, USER_STREAM]);
  });

  it('lose their subscriptions, and take them up again', () => {
    const venue = connected();
    const balances = record(venue.exchange.balances$);
    venue.control.endSubscriptions();
    venue.advance(5_000);
    venue.control.deposit('BTC', 1);
    venue.advance(1_000);
    expect(balances.last()?.get('BTC')?.total.toFixed()).toBe('3');
  });
});

it('carries in order what a client does, its leaving too, however late each of it is', () => {
  const venue = createVirtualVenue({ latency: 10, jitter: 500, seed: 3 });
  for (let i = 0; i < 50; i += 1) {
    const socket = record(venue.network.socket('wss://venue.test/stream'));
    venue.advance(100);
    socket.stop();
  }
  venue.advance(5_000);
  expect(venue.network.sockets()).toEqual([]);
});
