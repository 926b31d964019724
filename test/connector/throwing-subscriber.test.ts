import { config, filter, map, mergeMap, type Observable } from 'rxjs';
import type { Connector } from '../../src/connector/connector.js';
import { BID, steps } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const streams: readonly (readonly [string, (exchange: Connector) => Observable<unknown>])[] = [
  ['tradingRules$', ({ tradingRules$ }) => tradingRules$],
  ['orderBook$', ({ orderBook$ }) => orderBook$('BTC-USDT')],
  ['trades$', ({ trades$ }) => trades$('BTC-USDT')],
  ['balances$', ({ balances$ }) => balances$],
  ['orderUpdates$', ({ orderUpdates$ }) => orderUpdates$],
  ['fills$', ({ fills$ }) => fills$],
  ['inFlightOrders$', ({ inFlightOrders$ }) => inFlightOrders$],
  ['status$', ({ status$ }) => status$],
  ['errors$', ({ errors$ }) => errors$],
  ['connect()', (exchange) => exchange.connect()],
];

const bug = new Error('a bug of the strategy');

/** Orders, fills, trades and an error, so that each stream has something to tell. */
const trade = (venue: VirtualVenue) => {
  const story = record(venue.exchange.buy(BID));
  venue.advance(1_000);
  venue.rival('sell', '60000', '0.004');
  venue.advance(1_000);
  venue.network.disconnect();
  venue.advance(5_000);
  venue.rival('sell', '60000', '0.006');
  venue.advance(5_000);
  return story;
};

describe('a subscriber that throws', () => {
  const thrown: unknown[] = [];

  beforeEach(() => {
    jest.useFakeTimers();
    thrown.length = 0;
    config.onUnhandledError = (error) => thrown.push(error);
  });
  afterEach(() => {
    jest.useRealTimers();
    config.onUnhandledError = null;
  });

  it.each(streams)('hurts no other subscriber of %s', (_, open) => {
    const undisturbed = createVirtualVenue();
    const subscribers = [1, 2, 3].map(() => record(open(undisturbed.exchange)));
    const expected = subscribers.at(-1)!;
    trade(undisturbed);

    const venue = createVirtualVenue();
    const throwing = open(venue.exchange).subscribe(() => {
      throw bug;
    });
    const failing = record(
      open(venue.exchange).pipe(
        map(() => {
          throw bug;
        }),
      ),
    );
    const other = record(open(venue.exchange));
    const story = trade(venue);
    jest.runAllTimers();
    expect(expected.values.length).toBeGreaterThan(0);
    expect(other.values).toHaveLength(expected.values.length);
    expect(other.state()).toBe(expected.state());
    expect(steps(story.values)).toEqual([
      'pending_create 0',
      'open 0',
      'partially_filled 0.004',
      'filled 0.01',
    ]);
    expect(failing.error()).toBe(bug);
    expect(new Set(thrown)).toEqual(new Set([bug]));
    throwing.unsubscribe();
  });

  it('of an order hurts neither the order nor the others', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    order$.subscribe(() => {
      throw bug;
    });
    const other = record(order$);
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    jest.runAllTimers();
    expect(steps(other.values)).toEqual(['pending_create 0', 'open 0', 'filled 0.01']);
    expect(thrown).toContain(bug);
    expect(venue.orders()).toHaveLength(1);
  });

  it('may act on what it is told: others hear of it in the order in which it happened', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    record(
      order$.pipe(
        filter(({ state }) => state === 'open'),
        mergeMap(({ clientOrderId }) => venue.exchange.cancel(clientOrderId)),
      ),
    );
    const updates = record(venue.exchange.orderUpdates$);
    const other = record(order$);
    venue.advance(1_000);
    const told = ['pending_create 0', 'open 0', 'pending_cancel 0', 'canceled 0'];
    expect(steps(other.values)).toEqual(told);
    expect(steps(updates.values)).toEqual(told.slice(1));
  });
});
