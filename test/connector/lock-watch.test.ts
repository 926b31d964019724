import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { ACCOUNT, USER_STREAM, byHand } from '../support/orders.js';
import { record } from '../support/recording.js';

/** Balances that are followed, and were confirmed once. */
const start = (balances?: 'events' | 'estimated') => {
  const venue = createVirtualVenue(balances === undefined ? {} : { connector: { balances } });
  const told = record(venue.exchange.withGaps.balances$);
  const errors = record(venue.exchange.errors$);
  venue.advance(70_000);
  const sockets = () => venue.network.attempts().filter((path) => path === USER_STREAM).length;
  return { venue, told, errors, sockets };
};

describe('an account stream that does not tell what orders lock', () => {
  it('is replaced, and says so', () => {
    const { venue, told, errors, sockets } = start();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 2 });
    byHand(venue, 'unheard');
    venue.advance(12_000);
    expect(errors.values.map(({ kind }) => kind)).toEqual(['network']);
    expect(errors.last()!.message).toContain('silent');
    expect(sockets()).toBe(2);
    const kinds = told.values.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'data')).toEqual(['gap', 'resumed']);
  });

  it('is asked about again 5 s after the first sign, not two minutes', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.balances$);
    const errors = record(venue.exchange.errors$);
    /** What else the stream tells keeps REST at its slow pace. */
    const chat = (times: number): void => {
      for (let time = 0; time < times; time += 1) {
        venue.advance(20_000);
        venue.control.deposit('BTC', 1);
      }
    };
    chat(7);
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 2 });
    venue.advance(1_000);
    byHand(venue, 'unheard');
    chat(5);
    expect(venue.network.requests(ACCOUNT)).toHaveLength(3);
    expect(errors.values).toEqual([]);
    venue.advance(6_000);
    expect(errors.values).toHaveLength(1);
  });

  it('is left alone where the news is only slow', () => {
    const { venue, errors, sockets } = start();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { delay: 4_000 });
    for (let count = 0; count < 30; count += 1) {
      byHand(venue, `slow-${count}`);
      venue.advance(7_000);
    }
    expect(errors.values).toEqual([]);
    expect(sockets()).toBe(1);
  });

  it('is left alone where the exchange tells of no balances at all', () => {
    const { venue, errors, sockets } = start('estimated');
    byHand(venue, 'one');
    venue.advance(300_000);
    expect(errors.values).toEqual([]);
    expect(sockets()).toBe(1);
  });
});
