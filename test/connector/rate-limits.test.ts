import { BID, PLACE } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

describe('the exchange’s limits', () => {
  it('are kept: more orders than it takes at once wait, and none is refused', () => {
    const venue = createVirtualVenue();
    const errors = record(venue.exchange.errors$);
    const stories = Array.from({ length: 120 }, () => record(venue.exchange.buy(BID)));
    venue.advance(5_000);
    expect(venue.orders().length).toBeLessThanOrEqual(50);
    venue.advance(30_000);
    expect(new Set(stories.map((story) => story.last()!.state))).toEqual(new Set(['open']));
    expect(venue.orders()).toHaveLength(120);
    expect(venue.network.requests(PLACE)).toHaveLength(120);
    expect(errors.values).toEqual([]);
  });

  it('let cancels go before orders that wait', () => {
    const venue = createVirtualVenue();
    const first = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    Array.from({ length: 100 }, () => record(venue.exchange.buy(BID)));
    const result = record(venue.exchange.cancel(first.last()!.clientOrderId));
    venue.advance(100);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
  });

  it('stop everything for as long as the exchange asks for', () => {
    const venue = createVirtualVenue();
    const connected = record(venue.exchange.connect());
    venue.advance(5_000);
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: Infinity,
      answer: {
        status: 429,
        headers: { 'retry-after': '20' },
        body: '{"code":-1003,"msg":"Too much request weight used."}',
      },
      times: 1,
    });
    const refused = record(venue.exchange.buy(BID));
    venue.advance(100);
    expect(refused.error()).toMatchObject({ kind: 'rate_limited', retryAfter: 20_000 });
    const waiting = record(venue.exchange.buy(BID));
    venue.advance(19_000);
    expect(venue.network.requests(PLACE)).toHaveLength(1);
    venue.advance(2_000);
    expect(waiting.last()).toMatchObject({ state: 'open' });
    connected.stop();
  });
});
