import { BID, MARKET_STREAM, PLACE, STATUS, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { binanceSpot } from '../../src/exchanges/binance/exchange.js';
import { createThrottler } from '../../src/net/throttler.js';
import { seededRandom } from '../../src/core/random.js';
import { skewed } from '../support/skewed.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const HOUR = 3_600_000;

const truth = (venue: VirtualVenue): readonly string[] =>
  venue.trades().map(({ tradeId }) => `${tradeId}`);

/** A connector that hears all there is to hear, while the market moves. */
const listening = () => {
  const venue = createVirtualVenue();
  const stopTraders = venue.startTraders();
  const { exchange } = venue;
  const errors = record(exchange.errors$);
  const status = record(exchange.connect());
  const book = record(exchange.orderBook$('BTC-USDT'));
  const trades = record(exchange.trades$('BTC-USDT'));
  venue.advance(5_000);
  return { venue, errors, status, book, trades, stopTraders };
};

describe('sockets that the exchange is about to close', () => {
  it('are replaced before, and nothing is missed, doubled or called down', () => {
    const { venue, errors, status, book, trades, stopTraders } = listening();
    const seenBefore = status.values.length;
    for (const turn of [1_000, 3_000]) {
      venue.advance(turn);
      venue.control.shutdownNotice();
      venue.advance(5_000);
    }
    stopTraders();
    venue.advance(1_000);
    expect(venue.network.attempts().length).toBe(2 + 2 * 2);
    expect([...venue.network.sockets()].sort()).toEqual([MARKET_STREAM, USER_STREAM]);
    const ids = trades.values.map(({ tradeId }) => Number(tradeId));
    expect(ids.length).toBeGreaterThan(20);
    expect(ids).toEqual(ids.map((_, index) => ids[0]! + index));
    const { bids, asks } = book.last()!.snapshot(5);
    const answer = venue.handle('GET', '/api/v3/depth', 'symbol=BTCUSDT&limit=5');
    const depth = JSON.parse(answer.body) as Record<'bids' | 'asks', [string, string][]>;
    expect(bids).toEqual(depth.bids.map((level) => level.map(Number)));
    expect(asks).toEqual(depth.asks.map((level) => level.map(Number)));
    expect(venue.network.requests('GET /api/v3/depth')).toHaveLength(1);
    expect(status.values.slice(seenBefore).every(({ ready }) => ready)).toBe(true);
    expect(errors.values).toEqual([]);
  });

  it('tell each fill once', () => {
    const venue = createVirtualVenue();
    const errors = record(venue.exchange.errors$);
    const fills = record(venue.exchange.fills$);
    const balances = record(venue.exchange.balances$);
    venue.advance(5_000);
    const story = record(venue.exchange.buy(BID));
    venue.advance(40_000);
    venue.control.shutdownNotice('user');
    for (let part = 0; part < 10; part += 1) {
      venue.rival('sell', '60000', '0.001');
      venue.advance(200);
    }
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(truth(venue));
    expect(venue.network.attempts()).toEqual([USER_STREAM, USER_STREAM]);
    const { free } = venue.balances().get('BTC')!;
    expect(balances.last()!.get('BTC')!.available.toFixed()).toBe(free.toFixed());
    expect(errors.values).toEqual([]);
  });
});

describe('a day', () => {
  it('of quiet takes one socket after another, each alive, and none is ever down', () => {
    const venue = createVirtualVenue();
    const { exchange, network, control } = venue;
    const errors = record(exchange.errors$);
    const status = record(exchange.connect());
    const trades = record(exchange.trades$('BTC-USDT'));
    venue.advance(5_000);
    const before = status.values.length;
    venue.advance(25 * HOUR);
    expect(network.attempts().length).toBe(2 * 2);
    expect([...network.sockets()].sort()).toEqual([MARKET_STREAM, USER_STREAM]);
    expect(status.values.slice(before).every(({ ready }) => ready)).toBe(true);
    expect(errors.values).toEqual([]);
    venue.rival('sell', '60000', '1');
    venue.rival('buy', '60000', '1');
    venue.advance(1_000);
    expect(trades.values).toHaveLength(1);
    expect(control.violations()).toEqual({});
  });
});

describe('sockets that say nothing any more, though they are open', () => {
  it('are found out within 45 s, and replaced', () => {
    const { venue, errors, trades } = listening();
    venue.control.silence(true);
    venue.advance(45_000);
    expect([...venue.network.sockets()].sort()).toEqual([MARKET_STREAM, USER_STREAM]);
    expect(errors.values.map(({ kind }) => kind)).toEqual(['network', 'network']);
    const before = trades.values.length;
    venue.advance(10_000);
    expect(trades.values.length).toBeGreaterThan(before);
  });
});

/** A connector on a machine whose clock can be set. */
const onMachine = () => {
  const venue = createVirtualVenue();
  let ahead = 0;
  const exchange = venue.join({
    credentials: venue.credentials,
    environment: {
      scheduler: skewed(venue.scheduler, () => ahead),
      http: venue.network.http,
      socket: venue.network.socket,
      random: seededRandom(5),
    },
  });
  const setClock = (ms: number): void => {
    ahead = ms;
  };
  return { venue, exchange, setClock };
};

describe('a machine that slept', () => {
  it.each([HOUR, -HOUR])('replaces all sockets, and measures the time: %d ms', (jump) => {
    const { venue, exchange, setClock } = onMachine();
    const errors = record(exchange.errors$);
    const status = record(exchange.connect());
    record(exchange.trades$('BTC-USDT'));
    venue.advance(10_000);
    setClock(jump);
    const questions = venue.network.requests('GET /api/v3/time').length;
    venue.advance(7_000);
    expect(venue.network.attempts()).toHaveLength(4);
    expect(venue.network.sockets()).toHaveLength(2);
    expect(status.last()).toMatchObject({ ready: true });
    expect(venue.network.requests('GET /api/v3/time').length - questions).toBeGreaterThanOrEqual(5);
    expect(errors.values.map(({ message }) => message)).toEqual([
      expect.stringContaining('The clock jumped 3600 s'),
      expect.stringContaining('The clock jumped 3600 s'),
    ]);
    const story = record(exchange.buy(BID));
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'open' });
  });

  it('knows within seconds what became of its orders meanwhile', () => {
    const { venue, exchange, setClock } = onMachine();
    const fills = record(exchange.fills$);
    const balances = record(exchange.balances$);
    const trades = record(exchange.trades$('BTC-USDT'));
    const stories = ['60000', '59000'].map((price) => record(exchange.buy({ ...BID, price })));
    venue.advance(10_000);
    venue.rival('sell', '60000', '0.001');
    venue.advance(1_000);
    const awake = venue.network.frameFaults.add(() => true, { copies: 0 });
    venue.rival('sell', '60000', '0.009');
    venue.rival('sell', '59000', '0.004');
    venue.advance(100);
    awake();
    setClock(HOUR);
    venue.advance(7_000);
    expect(stories.map((story) => story.last()!.state)).toEqual(['filled', 'partially_filled']);
    expect(fills.values.map(({ tradeId }) => tradeId).sort()).toEqual(truth(venue));
    expect(trades.values.map(({ tradeId }) => tradeId)).toEqual(truth(venue));
    expect(balances.last()!.get('BTC')!.total.toFixed()).toBe(
      venue.balances().get('BTC')!.free.toFixed(),
    );
  });

  it.each([0, 5, 9, 10, 15, 19, 20, 25, 200])(
    'reconciles once what became of an order that was placed %d ms before',
    (before) => {
      const { venue, exchange, setClock } = onMachine();
      const fills = record(exchange.fills$);
      record(exchange.balances$);
      venue.advance(10_000);
      // What is on its way when the machine falls asleep is lost; either way takes 10 ms.
      if (before < 20)
        venue.network.requestFaults.add(({ name }) => name === PLACE, {
          ...(before < 10 ? { requestDelay: Infinity } : { answerDelay: Infinity }),
          times: 1,
        });
      const story = record(exchange.buy(BID));
      venue.advance(before);
      const awake = venue.network.frameFaults.add(() => true, { copies: 0 });
      venue.advance(10);
      venue.rival('sell', '60000', '0.004');
      venue.advance(10);
      awake();
      setClock(HOUR);
      venue.control.clockAhead(HOUR);
      venue.advance(60_000);
      const isPlaced = venue.orders().length === 1;
      expect(isPlaced).toBe(before >= 10);
      expect(story.last()!.state).toBe(isPlaced ? 'partially_filled' : 'failed');
      venue.rival('sell', '60000', '0.006');
      venue.advance(1_000);
      expect(story.last()!.state).toBe(isPlaced ? 'filled' : 'failed');
      expect(venue.network.requests(PLACE)).toHaveLength(1);
      expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(truth(venue));
      expect(story.values.filter(({ state }) => state === 'filled')).toHaveLength(isPlaced ? 1 : 0);
    },
  );

  it('does not take an order for one that was never placed, because its clock was set ahead', () => {
    const { venue, exchange, setClock } = onMachine();
    record(exchange.connect());
    venue.advance(10_000);
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: 3_000,
      answer: 'broken connection',
    });
    const story = record(exchange.buy(BID));
    venue.advance(100);
    setClock(HOUR);
    venue.advance(2_000);
    expect(venue.network.requests(STATUS).length).toBeGreaterThan(0);
    expect(story.last()!.state).toBe('pending_create');
    venue.advance(30_000);
    expect(story.last()!.state).toBe('open');
  });
});

describe('an exchange that closes each socket after 100 ms', () => {
  it('is not stormed in an hour of it, by sockets or by what they make necessary', () => {
    const venue = createVirtualVenue();
    const { exchange, network, control } = venue;
    record(exchange.orderBook$('BTC-USDT'));
    record(exchange.trades$('BTC-USDT'));
    record(exchange.balances$);
    const fills = record(exchange.fills$);
    const story = record(exchange.buy(BID));
    venue.advance(5_000);
    for (let tenth = 0; tenth < 36_000; tenth += 1) {
      network.disconnect();
      if (tenth % 9_000 === 0) venue.rival('sell', '60000', '0.002');
      venue.advance(100);
    }
    // Two sockets, which wait 15 s on average in the end.
    expect(network.attempts().length).toBeLessThan(2 * 240 * 1.2);
    expect(network.requests().length).toBeLessThan(60 * 60);
    expect(control.violations()).toEqual({});
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: true });
    expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(truth(venue));
  });
});

describe('the budget of connections', () => {
  it('is kept by connectors that share a throttler, however often they are cut off', () => {
    const venue = createVirtualVenue();
    const { scheduler } = venue;
    const throttler = createThrottler({ limits: binanceSpot.limits, scheduler });
    for (let n = 0; n < 40; n += 1) record(venue.join({ throttler }).trades$('BTC-USDT'));
    for (let second = 0; second < 600; second += 1) {
      venue.advance(1_000);
      venue.network.disconnect();
    }
    expect(venue.network.attempts().length).toBeGreaterThan(400);
    expect(venue.control.violations()).toEqual({});
    venue.advance(300_000);
    expect(venue.network.sockets()).toHaveLength(40);
  });
});
