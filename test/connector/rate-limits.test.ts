import type { LimitRule } from '../../src/emulator/binance/rate-limits.js';
import { ACCOUNT, BID, PLACE } from '../support/orders.js';
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

  it('are kept for an hour of orders and new books, while somebody else uses half of them', () => {
    const venue = createVirtualVenue();
    const { exchange, control } = venue;
    const errors = record(exchange.errors$);
    const pairs = ['BTC-USDT', 'ETH-USDT', 'BNB-USDT', 'ETH-BTC'] as const;
    const connected = record(exchange.connect());
    let used = 0;
    let refused = 0;
    let books: readonly { readonly stop: () => void }[] = [];
    for (let second = 0; second < 3_600; second += 1) {
      // Twelve times 250 a minute.
      if (second % 5 === 0) {
        const answer = venue.handle('GET', '/api/v3/depth', 'symbol=BTCUSDT&limit=5000');
        if (answer.status !== 200) refused += 1;
        used = Math.max(used, Number(answer.headers['x-mbx-used-weight-1m']));
      }
      if (second % 4 === 0) {
        books.forEach((book) => book.stop());
        books = pairs.map((pair) => record(exchange.orderBook$(pair)));
      }
      if (second % 10 === 0) record(exchange.buy(BID));
      if (second % 60 === 59) record(exchange.cancelAll());
      venue.advance(1_000);
    }
    expect(used).toBeGreaterThan(5_000);
    expect(refused).toBe(0);
    expect(errors.values.map(({ kind }) => kind)).not.toContain('rate_limited');
    expect(control.violations()).toEqual({});
    expect(venue.orders().length).toBe(360);
    connected.stop();
  });

  it('do not keep the clock waiting behind other calls', () => {
    // The trading rules leave too little of it for the balances.
    const limit: LimitRule = {
      rateLimitType: 'REQUEST_WEIGHT',
      interval: 'MINUTE',
      intervalNum: 1,
      limit: 30,
    };
    const venue = createVirtualVenue({ limits: [limit] });
    const { network } = venue;
    record(venue.exchange.balances$);
    venue.advance(5_000);
    expect(network.requests('GET /api/v3/time')).toHaveLength(5);
    expect(network.requests(ACCOUNT)).toEqual([]);
  });

  it('say that the connector is banned, and it asks for nothing until the ban is over', () => {
    const venue = createVirtualVenue();
    const connected = record(venue.exchange.connect());
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    const errors = record(venue.exchange.errors$);
    venue.advance(115_000);
    venue.network.requestFaults.add(({ name }) => name === ACCOUNT, {
      requestDelay: Infinity,
      answer: {
        status: 418,
        headers: { 'retry-after': '600' },
        body: '{"code":-1003,"msg":"Way too much request weight used; IP banned."}',
      },
      times: 1,
    });
    venue.advance(10_000);
    expect(errors.values).toMatchObject([{ kind: 'banned', retryAfter: 600_000 }]);
    const before = venue.network.requests().length;
    record(venue.exchange.buy(BID));
    record(venue.exchange.tradeFee$('BTC-USDT'));
    venue.advance(580_000);
    const names = venue.network
      .requests()
      .slice(before)
      .map(({ name }) => name);
    expect(names).toEqual([]);
    venue.advance(40_000);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
    expect(book.state()).toBe('going on');
    connected.stop();
  });
});
