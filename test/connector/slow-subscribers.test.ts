import { concatMap, delay, exhaustMap, map, of, timer } from 'rxjs';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID } from '../support/orders.js';
import { record } from '../support/recording.js';

/** How long a strategy thinks about each value, in ms. */
const THOUGHT = 250;

describe('a strategy that is slower than its market', () => {
  it('sees the book as it is when it is done with the last one, and nothing piles up', () => {
    const venue = createVirtualVenue();
    const { scheduler } = venue;
    venue.rival('sell', '70000', '1');
    let changes = 0;
    const behind: number[] = [];
    const book$ = venue.exchange.orderBook$('BTC-USDT');
    book$.subscribe(() => (changes += 1));
    const thoughts = record(
      book$.pipe(
        exhaustMap((book) => timer(THOUGHT, scheduler).pipe(map(() => book.bestBid.price))),
      ),
    );
    venue.advance(5_000);
    const waiting = venue.pending();
    for (let time = 0; time < 5_000; time += 1) {
      const best = 60_000 + time;
      venue.cancelRival(venue.rival('buy', `${best - 1}`, '0.001'));
      venue.rival('buy', `${best}`, '0.0001');
      const before = thoughts.values.length;
      venue.advance(1);
      if (thoughts.values.length > before) behind.push(best - thoughts.last()!);
    }
    expect(changes).toBeGreaterThan(40);
    expect(thoughts.values.length).toBeGreaterThan(10);
    // The exchange tells of a book every 100 ms, and that takes 10 ms.
    expect(Math.max(...behind)).toBeLessThanOrEqual(115);
    expect(venue.pending()).toBeLessThanOrEqual(waiting + 20);
  });

  it('is told every trade and every fill, in their order, when it comes to them', () => {
    const venue = createVirtualVenue();
    const { scheduler, exchange, network, control } = venue;
    const slowly = <T>(value: T) => of(value).pipe(delay(THOUGHT, scheduler));
    const trades = record(exchange.trades$('BTC-USDT').pipe(concatMap(slowly)));
    const fills = record(exchange.fills$.pipe(concatMap(slowly)));
    const errors = record(exchange.errors$);
    const story = record(exchange.buy(BID));
    venue.advance(5_000);
    for (let time = 0; time < 100; time += 1) {
      venue.rival('sell', '60000', '0.0001');
      venue.advance(1);
    }
    venue.advance(20);
    expect(story.last()).toMatchObject({ state: 'filled' });
    expect(fills.values.length).toBeLessThan(10);
    // Sockets that are quiet meanwhile are asked, and answer.
    venue.advance(60_000);
    const truth = venue.trades().map(({ tradeId }) => `${tradeId}`);
    expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(truth);
    expect(trades.values.map(({ tradeId }) => tradeId)).toEqual(truth);
    expect(errors.values).toEqual([]);
    expect(network.attempts()).toHaveLength(2);
    expect(control.violations()).toEqual({});
  });
});
