import { record } from '../support/recording.js';
import { BID } from '../support/orders.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const RULES = 'GET /api/v3/exchangeInfo';
const HALF_HOUR = 1_800_000;

interface Information {
  readonly symbols: readonly object[];
}

/** Lets the exchange say something else of its markets from now on; returns how to stop it. */
const say = (venue: VirtualVenue, change: (information: Information) => unknown): (() => void) => {
  const { body } = venue.handle('GET', '/api/v3/exchangeInfo', '');
  const answer = {
    status: 200,
    headers: {},
    body: JSON.stringify(change(JSON.parse(body) as Information)),
  };
  return venue.network.requestFaults.add(({ name }) => name === RULES, { answer });
};

const badMarkets = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ symbol: `BAD${i}`, status: 7 }));

describe('markets that cannot be read', () => {
  it.each([
    [1, 1],
    [3, 3],
    [50, 4],
  ])('%i of them leave the others be, and are told in %i errors', (count, told) => {
    const venue = createVirtualVenue();
    say(venue, (all) => ({ ...all, symbols: [...badMarkets(count), ...all.symbols] }));
    const errors = record(venue.exchange.errors$);
    const rules = record(venue.exchange.tradingRules$);
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    venue.advance(1_000);
    expect(rules.last()?.size).toBe(4);
    expect(book.values).toHaveLength(1);
    expect(errors.values.map(({ kind }) => kind)).toEqual(Array(told).fill('decode'));
    expect(errors.values[0]?.message).toContain('BAD0');
    if (count > told) expect(errors.last()?.message).toBe('47 more markets cannot be read.');
  });

  it('leave the rules as they were where there is no other', () => {
    const venue = createVirtualVenue();
    const errors = record(venue.exchange.errors$);
    const rules = record(venue.exchange.tradingRules$);
    venue.advance(1_000);
    const stop = say(venue, (all) => ({ ...all, symbols: badMarkets(4) }));
    venue.advance(HALF_HOUR);
    expect(errors.values).not.toEqual([]);
    expect(rules.values).toHaveLength(1);
    expect(record(venue.exchange.orderBook$('BTC-USDT')).state()).toBe('going on');
    stop();
    venue.advance(60_000);
    expect(rules.values).toHaveLength(2);
  });
});

describe('the rate limits that the exchange states', () => {
  const limits = [
    { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6_000 },
    { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 300_000 },
    { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 5 },
    { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 160_000 },
  ] as const;

  it('are kept, where they are lower than the documented ones', () => {
    const venue = createVirtualVenue({ limits });
    const errors = record(venue.exchange.errors$);
    const stories = Array.from({ length: 20 }, () => record(venue.exchange.buy(BID)));
    venue.advance(60_000);
    expect(new Set(stories.map((story) => story.last()?.state))).toEqual(new Set(['open']));
    expect(venue.control.violations()).toEqual({});
    expect(errors.values).toEqual([]);
  });

  it('are used, where they are higher', () => {
    const higher = limits.map((limit) =>
      limit.rateLimitType === 'ORDERS' ? { ...limit, limit: 160_000 } : limit,
    );
    const venue = createVirtualVenue({ limits: higher });
    Array.from({ length: 120 }, () => record(venue.exchange.buy(BID)));
    venue.advance(2_000);
    expect(venue.orders()).toHaveLength(120);
    expect(venue.control.violations()).toEqual({});
  });
});
