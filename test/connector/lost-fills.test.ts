import { record } from '../support/recording.js';
import { BID, USER_STREAM } from '../support/orders.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

const PARTS = ['0.001', '0.002', '0.003', '0.004'];

/** Every choice of the parts, as the sums that the order has come to after each. */
const choices = Array.from({ length: 2 ** PARTS.length }, (_, bits) =>
  ['0.001', '0.003', '0.006', '0.01'].filter((__, part) => (bits & (2 ** part)) !== 0),
).map((lost) => [lost.join(', ') || 'none', lost] as const);

/** An order in four parts of which the account's stream loses some, and its end with the last. */
const fillInParts = (lost: readonly string[]) => {
  const venue = createVirtualVenue();
  const fills = record(venue.exchange.fills$);
  const updates = record(venue.exchange.orderUpdates$);
  venue.advance(5_000);
  const story = record(venue.exchange.buy(BID));
  venue.advance(1_000);
  for (const total of lost)
    venue.network.frameFaults.add(
      ({ path, text }) => path === USER_STREAM && text.includes(`"z":"${total.padEnd(10, '0')}"`),
      { copies: 0 },
    );
  for (const amount of PARTS) {
    venue.rival('sell', '60000', amount);
    venue.advance(100);
  }
  return { venue, fills, updates, story };
};

describe('fills that the account’s stream loses', () => {
  it.each(choices)('are found, each told once, before the end is: %s', (_, lost) => {
    const { venue, fills, updates, story } = fillInParts(lost);
    venue.advance(130_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(story.last()!.executedAmount.toFixed()).toBe('0.01');
    expect(fills.values.map(({ tradeId }) => tradeId).sort()).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
    const ends = updates.values.filter(({ reason }) => reason !== undefined);
    expect(ends.map(({ state, fillsComplete }) => [state, fillsComplete])).toEqual([
      ['filled', true],
    ]);
  });
});

describe('an order through ten minutes in which REST comes and goes', () => {
  it('is never given up, and tells the fill of the third minute once', () => {
    const venue = createVirtualVenue();
    const { network } = venue;
    const fills = record(venue.exchange.fills$);
    const updates = record(venue.exchange.orderUpdates$);
    venue.advance(5_000);
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    network.refuseSockets(true);
    network.disconnect();
    for (let minute = 0; minute < 10; minute += 1) {
      const healed = network.requestFaults.add(() => true, {
        requestDelay: Infinity,
        answer: 'broken connection',
      });
      venue.advance(58_000);
      if (minute === 3) venue.rival('sell', '60000', '0.01');
      healed();
      venue.advance(2_000);
    }
    network.refuseSockets(false);
    venue.advance(60_000);
    const states = updates.values.map(({ state }) => state);
    expect([...new Set(states)]).toEqual(['pending_create', 'open', 'filled']);
    expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
  });
});
