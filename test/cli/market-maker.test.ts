import { marketMaker } from '../../src/cli/market-maker.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { PLACE } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

const start = () => {
  const venue = createVirtualVenue({ listings: defaultListings.slice(0, 1) });
  const { exchange, scheduler } = venue;
  const quotes = record(
    marketMaker(exchange, { pair: 'BTC-USDT', distance: 0.001, value: 500, scheduler }),
  );
  const live = (): readonly string[] =>
    venue
      .orders()
      .filter(({ status }) => status === 'new')
      .map(({ side, price, amount }) => `${side} ${amount.toFixed()} @ ${price.toFixed()}`)
      .sort();
  return { venue, quotes, live };
};

describe('marketMaker', () => {
  it('quotes both sides around the mid price', () => {
    const { venue, live } = start();
    venue.rival('buy', '59999', '1');
    venue.rival('sell', '60001', '1');
    venue.advance(2_000);
    expect(live()).toEqual(['buy 0.00834 @ 59940', 'sell 0.00833 @ 60060']);
  });

  it('leaves its quotes where they are while the market does not move', () => {
    const { venue } = start();
    venue.rival('buy', '59999', '1');
    venue.rival('sell', '60001', '1');
    venue.advance(60_000);
    expect(venue.network.requests(PLACE)).toHaveLength(2);
  });

  it('quotes anew when the market moves, and takes the old quotes back', () => {
    const { venue, live } = start();
    const bid = venue.rival('buy', '59999', '1');
    venue.rival('sell', '60001', '1');
    venue.advance(2_000);
    venue.cancelRival(bid);
    venue.rival('buy', '59899', '1');
    venue.advance(3_000);
    // Its own bid is the best one now.
    expect(live()).toHaveLength(2);
    expect(venue.orders().length).toBeGreaterThan(2);
  });

  it('quotes nothing in a market with one side only', () => {
    const { venue } = start();
    venue.rival('buy', '59999', '1');
    venue.advance(10_000);
    expect(venue.orders()).toEqual([]);
  });

  it('never has more than one quote a side at rest, and none after it ended', () => {
    const { venue, quotes, live } = start();
    const stop = venue.startTraders();
    for (let second = 0; second < 30; second += 1) {
      venue.advance(900);
      expect(live().length).toBeLessThanOrEqual(2);
      venue.advance(100);
    }
    quotes.stop();
    venue.advance(1_000);
    stop();
    expect(live()).toEqual([]);
    expect(venue.orders().length).toBeGreaterThan(20);
    expect(venue.network.sockets()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });
});
