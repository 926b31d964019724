import type { VirtualFrame } from '../../src/testing/virtual-network.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { MARKET_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const DEPTH = 'GET /api/v3/depth';
const SINCE = 'GET /api/v3/historicalTrades';
const HOUR = 3_600_000;

const trade = (venue: VirtualVenue): void => {
  venue.rival('sell', '60000', '0.001');
  venue.rival('buy', '60000', '0.001');
};

/** Loses what a topic tells on the socket that is open; the next one is whole. Acknowledgements and pongs come. */
const mute = (venue: VirtualVenue, topic: string): void => {
  const stop = venue.network.frameFaults.add(
    ({ path, text }: VirtualFrame) =>
      path === MARKET_STREAM && text.startsWith('{"stream":') && text.includes(topic),
    { copies: 0 },
  );
  const sockets = venue.network.attempts().length;
  venue.network.frameFaults.add(() => {
    if (venue.network.attempts().length > sockets) stop();
    return false;
  }, {});
};

describe('a socket that is open and mute', () => {
  it('is replaced when REST shows that the book moved', () => {
    const venue = createVirtualVenue();
    const book = record(venue.exchange.orderBook$('BTC-USDT', { gaps: true }));
    const errors = record(venue.exchange.errors$);
    venue.rival('buy', '59000', '1');
    venue.advance(1_000);
    mute(venue, '@depth');
    venue.rival('buy', '59500', '1');
    venue.advance(29_000);
    expect(venue.network.attempts()).toHaveLength(1);
    venue.advance(20_000);
    expect(venue.network.attempts()).toHaveLength(2);
    expect(errors.values.map(({ kind }) => kind)).toEqual(['network']);
    expect(errors.values[0]!.message).toContain('btcusdt@depth@100ms is silent');
    const last = book.last()!;
    expect(last.kind === 'data' && last.value.bestBid.price).toBe(59_500);
    expect(book.values.map(({ kind }) => kind).slice(-3)).toEqual(['gap', 'resumed', 'data']);
  });

  it('is replaced when REST shows that there were trades, and they are told', () => {
    const venue = createVirtualVenue();
    const trades = record(venue.exchange.trades$('BTC-USDT'));
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    mute(venue, '@trade');
    trade(venue);
    venue.advance(45_000);
    expect(venue.network.attempts()).toHaveLength(2);
    expect(trades.values.map(({ tradeId }) => tradeId)).toEqual(['1', '2']);
  });

  it('is found out even where it never told a trade', () => {
    const venue = createVirtualVenue();
    const trades = record(venue.exchange.trades$('BTC-USDT'));
    trade(venue);
    venue.advance(40_000);
    mute(venue, '@trade');
    trade(venue);
    venue.advance(70_000);
    expect(venue.network.attempts()).toHaveLength(2);
    venue.advance(HOUR);
    expect(venue.network.attempts()).toHaveLength(2);
    trade(venue);
    venue.advance(60_000);
    expect(trades.values.map(({ tradeId }) => tradeId)).toEqual(['3']);
    venue.advance(HOUR);
    expect(venue.network.attempts()).toHaveLength(2);
  });

  it('is found out again and again', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.orderBook$('BTC-USDT'));
    venue.rival('buy', '59000', '1');
    venue.advance(1_000);
    for (let time = 1; time <= 3; time += 1) {
      mute(venue, '@depth');
      venue.rival('buy', '59000', '1');
      venue.advance(60_000);
      expect(venue.network.attempts()).toHaveLength(time + 1);
    }
  });
});

describe('a market that is quiet', () => {
  it('keeps its socket for a day, and costs few requests', () => {
    const venue = createVirtualVenue();
    venue.rival('buy', '59000', '1');
    const book = record(venue.exchange.orderBook$('BTC-USDT', { gaps: true }));
    const trades = record(venue.exchange.trades$('BTC-USDT', { gaps: true }));
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    for (let hour = 0; hour < 24; hour += 1) {
      if (hour % 5 === 0) trade(venue);
      venue.advance(HOUR);
    }
    // Another socket takes over once, before the exchange ends the first one.
    expect(venue.network.attempts()).toEqual([MARKET_STREAM, MARKET_STREAM]);
    expect(errors.values).toEqual([]);
    expect(book.values.every(({ kind }) => kind === 'data')).toBe(true);
    expect(trades.values.map(({ kind }) => kind)).toEqual(Array(5).fill('data'));
    expect(venue.network.requests(DEPTH).length).toBeLessThan(200);
    expect(venue.network.requests(SINCE).length).toBeLessThan(200);
  });

  it('is not doubted for what arrives while REST is asked', () => {
    const venue = createVirtualVenue();
    const trades = record(venue.exchange.trades$('BTC-USDT'));
    venue.advance(1_000);
    trade(venue);
    venue.advance(10);
    venue.network.frameFaults.add(({ text }) => text.includes('"t":2,'), { delay: 3_000 });
    venue.advance(29_985);
    expect(venue.network.requests(SINCE)).toHaveLength(0);
    trade(venue);
    venue.advance(20_000);
    expect(venue.network.requests(SINCE)).toHaveLength(1);
    expect(trades.values).toHaveLength(2);
    expect(venue.network.attempts()).toHaveLength(1);
  });

  it('is not doubted where REST does not answer', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.trades$('BTC-USDT'));
    venue.advance(1_000);
    trade(venue);
    venue.advance(1_000);
    venue.network.requestFaults.add(({ name }) => name === SINCE, {
      answer: { status: 500, headers: {}, body: '' },
    });
    const errors = record(venue.exchange.errors$);
    venue.advance(60_000);
    expect(errors.values.length).toBeGreaterThan(0);
    expect(venue.network.attempts()).toHaveLength(1);
  });
});
