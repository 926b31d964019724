import { filter, map } from 'rxjs';
import { type Random, seededRandom } from '../../src/core/random.js';
import type { OrderBook, OrderBookSnapshot } from '../../src/order-book/order-book.js';
import { MARKET_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import type { VirtualFrame } from '../../src/testing/network-faults.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const DEPTH = 'GET /api/v3/depth';

const isDiff = ({ path, text }: VirtualFrame): boolean =>
  path === MARKET_STREAM && text.includes('depthUpdate');

/** A venue whose book changes when it is told to. */
const lively = () => {
  const venue = createVirtualVenue();
  const random = seededRandom(7);
  const resting: number[] = [];
  /** So many orders come or go, one every 20 ms. */
  const stir = (times: number): void => {
    for (let time = 0; time < times; time += 1) {
      const side = random() < 0.5 ? 'buy' : 'sell';
      const price = side === 'buy' ? 60_000 - random() * 50 : 60_001 + random() * 50;
      if (resting.length > 30)
        venue.cancelRival(resting.splice(Math.floor(random() * resting.length), 1)[0]!);
      else resting.push(venue.rival(side, price.toFixed(0), (random() + 0.001).toFixed(5)));
      venue.advance(20);
    }
  };
  stir(20);
  return { venue, stir };
};

const truth = ({ engine }: VirtualVenue): Pick<OrderBookSnapshot, 'bids' | 'asks'> => {
  const { bids, asks } = engine.depth('BTCUSDT', 5_000);
  const levels = (side: typeof bids) =>
    side.map(([price, amount]): [number, number] => [price.toNumber(), amount.toNumber()]);
  return { bids: levels(bids), asks: levels(asks) };
};

const expectTruth = (book: OrderBook | undefined, venue: VirtualVenue): void => {
  const { updateId, bids, asks } = book!.snapshot();
  expect({ bids, asks }).toEqual(truth(venue));
  expect(updateId).toBe(venue.engine.depth('BTCUSDT', 1).updateId);
};

const follow = (venue: VirtualVenue) => record(venue.exchange.orderBook$('BTC-USDT'));

/** How long a book waits between its attempts to get a snapshot that is refused, in ms. */
const waitsOf = (random: Random): readonly number[] => {
  const { scheduler, network, join, advance } = createVirtualVenue();
  const { http, socket } = network;
  record(join({ environment: { scheduler, http, socket, random } }).orderBook$('BTC-USDT'));
  network.requestFaults.add(({ name }) => name === DEPTH, {
    answer: { status: 400, headers: {}, body: '' },
  });
  advance(200_000);
  const times = network.requests(DEPTH).map(({ at }) => at);
  return times.slice(1).map((at, index) => at - times[index]! - 20);
};

describe('orderBook$', () => {
  it('is the exchange’s book', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    venue.advance(1_000);
    expectTruth(book.last(), venue);
    for (let round = 0; round < 10; round += 1) {
      stir(25);
      venue.advance(200);
      expectTruth(book.last(), venue);
    }
    expect(venue.network.requests(DEPTH)).toHaveLength(1);
  });

  it('is told after every message', () => {
    const { venue, stir } = lively();
    let diffs = 0;
    venue.network.frameFaults.add((frame) => {
      if (isDiff(frame)) diffs += 1;
      return false;
    }, {});
    const updates = record(
      venue.exchange.orderBook$('BTC-USDT').pipe(map(({ updateId }) => updateId)),
    );
    venue.advance(1_000);
    const before = updates.values.length;
    diffs = 0;
    stir(200);
    venue.advance(1_000);
    const told = updates.values.slice(before);
    expect(diffs).toBeGreaterThan(20);
    expect(told).toHaveLength(diffs);
    expect(new Set(told).size).toBe(diffs);
  });

  it('says nothing before it is in step', () => {
    const { venue, stir } = lively();
    venue.network.requestFaults.add(({ name }) => name === DEPTH, { answerDelay: 3_000 });
    const book = follow(venue);
    stir(100);
    expect(book.values).toEqual([]);
    venue.advance(3_000);
    expectTruth(book.last(), venue);
  });

  it('is silent over a gap, says so, and comes back in step', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    const errors = record(venue.exchange.errors$);
    stir(50);
    venue.network.frameFaults.add(isDiff, { copies: 0, times: 1 });
    venue.network.requestFaults.add(({ name }) => name === DEPTH, { answerDelay: 2_000 });
    stir(12);
    const before = book.values.length;
    stir(50);
    expect(book.values).toHaveLength(before);
    expect(errors.values).toMatchObject([{ kind: 'sequence_gap' }]);
    expect(errors.values[0]!.message).toMatch(/BTC-USDT.*expected.*got/);
    stir(200);
    venue.advance(200);
    expect(book.values.length).toBeGreaterThan(before);
    expectTruth(book.last(), venue);
    expect(errors.values).toHaveLength(1);
    expect(venue.network.requests(DEPTH)).toHaveLength(2);
  });

  it('is not told while it is crossed, says so, and comes back in step', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    const errors = record(venue.exchange.errors$);
    const crossed = record(
      venue.exchange.orderBook$('BTC-USDT').pipe(filter(({ isCrossed }) => isCrossed)),
    );
    venue.advance(1_000);
    const next = venue.engine.depth('BTCUSDT', 1).updateId + 1;
    const data = { e: 'depthUpdate', E: venue.now(), s: 'BTCUSDT', U: next, u: next };
    venue.network.frameFaults.add(isDiff, {
      times: 1,
      replacement: JSON.stringify({
        stream: 'btcusdt@depth@100ms',
        data: { ...data, b: [['70000.00000000', '1.00000000']], a: [] },
      }),
    });
    venue.rival('buy', '59000', '0.1');
    venue.advance(200);
    stir(200);
    venue.advance(2_000);
    expect(errors.values.map(({ kind }) => kind)).toEqual(['sequence_gap']);
    expect(errors.values[0]!.message).toMatch(/BTC-USDT: expected bids below asks.*got bid 70000/);
    expect(crossed.values).toEqual([]);
    expectTruth(book.last(), venue);
  });

  it('bears duplicates', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    const errors = record(venue.exchange.errors$);
    venue.network.frameFaults.add(isDiff, { copies: 2 });
    stir(50);
    venue.advance(200);
    expectTruth(book.last(), venue);
    expect(errors.values).toEqual([]);
  });

  it('drops a frame that it cannot read, says so, and comes back in step', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    const errors = record(venue.exchange.errors$);
    stir(50);
    venue.network.frameFaults.add(isDiff, {
      replacement: '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":"soon"}}',
      times: 1,
    });
    stir(300);
    venue.advance(200);
    expect(errors.values.map(({ kind }) => kind)).toEqual(['decode', 'sequence_gap']);
    expectTruth(book.last(), venue);
  });

  it.each(['no JSON', '{"half":', '[]', '42', '{"stream":"other@trade","data":1}'])(
    'is not disturbed by a frame that is none of it: %s',
    (replacement) => {
      const { venue, stir } = lively();
      const book = follow(venue);
      venue.advance(1_000);
      venue.network.frameFaults.add(({ path }) => path === MARKET_STREAM, {
        replacement,
        times: 1,
      });
      stir(300);
      venue.advance(200);
      expect(book.state()).toBe('going on');
      expectTruth(book.last(), venue);
    },
  );

  it('is a new book after a reconnect: no level of the old one survives', () => {
    const { venue, stir } = lively();
    const ghost = venue.rival('buy', '60000.50', '1');
    const book = follow(venue);
    stir(50);
    expect(book.last()!.amountAt('bids', 60_000.5)).toBe(1);
    venue.network.disconnect();
    venue.cancelRival(ghost);
    const before = book.values.length;
    stir(200);
    venue.advance(200);
    expect(book.values.length).toBeGreaterThan(before);
    expect(book.last()!.amountAt('bids', 60_000.5)).toBe(0);
    expectTruth(book.last(), venue);
  });

  it('gives nobody a stale book during an outage', () => {
    const { venue, stir } = lively();
    const early = follow(venue);
    stir(50);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    const before = early.values.length;
    const late = follow(venue);
    stir(200);
    expect(late.values).toEqual([]);
    expect(early.values).toHaveLength(before);
    venue.network.refuseSockets(false);
    venue.advance(40_000);
    expectTruth(late.last(), venue);
    expectTruth(early.last(), venue);
  });

  it('is one object for all its life, which is empty while it is out of step', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    stir(50);
    const first = book.last()!;
    expect(first.depthOf('bids')).toBeGreaterThan(0);
    venue.network.disconnect();
    expect([first.depthOf('bids'), first.depthOf('asks'), first.midPrice]).toEqual([0, 0, NaN]);
    venue.advance(10_000);
    stir(10);
    venue.advance(200);
    expect(book.last()).toBe(first);
    expectTruth(first, venue);
  });

  it('does not storm an exchange that gives no snapshots', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    const errors = record(venue.exchange.errors$);
    const healed = venue.network.requestFaults.add(({ name }) => name === DEPTH, {
      answer: { status: 500, headers: {}, body: '' },
    });
    venue.advance(600_000);
    expect(book.values).toEqual([]);
    // Waits of 15 s on average in the end, and four requests at most after each.
    expect(errors.values.length).toBeLessThan(60);
    expect(venue.network.requests(DEPTH).length).toBeLessThan(200);
    healed();
    venue.advance(31_000);
    stir(50);
    venue.advance(200);
    expectTruth(book.last(), venue);
  });

  it('does not storm an exchange whose updates never chain', () => {
    const { venue, stir } = lively();
    follow(venue);
    let diffs = 0;
    // Two of three are lost: each snapshot is good for one update at the most.
    venue.network.frameFaults.add((frame) => isDiff(frame) && ++diffs % 3 !== 0, { copies: 0 });
    for (let second = 0; second < 600; second += 1) {
      stir(2);
      venue.advance(960);
    }
    // Waits of 15 s on average in the end.
    expect(venue.network.requests(DEPTH).length).toBeLessThan(60);
    expect(venue.network.requests(DEPTH).length).toBeGreaterThan(20);
  });

  it('waits 0.5 s for a new snapshot, and twice as long each time, up to 30 s', () => {
    // The longest waits that chance can draw.
    expect(waitsOf(() => 0).slice(0, 9)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('waits as chance has it', () => {
    expect(waitsOf(() => 0.5).slice(0, 4)).toEqual([275, 525, 1_025, 2_025]);
  });

  it('is fetched soon again after a long time in step', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    for (let round = 0; round < 4; round += 1) {
      venue.advance(1_000);
      stir(2_000);
      venue.network.frameFaults.add(isDiff, { copies: 0, times: 1 });
      stir(12);
      const before = book.values.length;
      stir(50);
      expect(book.values.length).toBeGreaterThan(before);
    }
  });

  it('goes on for hours of lost frames and broken sockets, and is right in the end', () => {
    const { venue, stir } = lively();
    const random = seededRandom(11);
    const book = follow(venue);
    const stop = venue.network.frameFaults.add((frame) => isDiff(frame) && random() < 0.02, {
      copies: 0,
    });
    for (let round = 0; round < 20; round += 1) {
      stir(100);
      if (random() < 0.3) venue.network.disconnect();
      venue.advance(60_000);
    }
    stop();
    stir(10);
    venue.advance(60_000);
    stir(10);
    venue.advance(200);
    expectTruth(book.last(), venue);
    expect(book.last()!.isCrossed).toBe(false);
  });

  it('is taken anew every hour, in step all the while', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    venue.network.frameFaults.add(isDiff, {
      times: 1,
      replacement: JSON.stringify({
        stream: 'btcusdt@depth@100ms',
        data: {
          e: 'depthUpdate',
          E: venue.now(),
          s: 'BTCUSDT',
          U: book.last()!.updateId + 1,
          u: venue.engine.depth('BTCUSDT', 1).updateId + 1,
          b: [['0.50000000', '7.00000000']],
          a: [],
        },
      }),
    });
    venue.rival('buy', '59000', '0.1');
    venue.advance(1_000);
    expect(book.last()!.amountAt('bids', 0.5)).toBe(7);
    stir(100);
    for (let time = 0; time < 179; time += 1) {
      venue.advance(19_980);
      stir(1);
    }
    venue.advance(13_000);
    // Diffs go on while the snapshot is on its way.
    stir(300);
    venue.advance(1_000);
    expect(book.last()!.amountAt('bids', 0.5)).toBe(0);
    expectTruth(book.last(), venue);
    expect(venue.network.requests(DEPTH)).toHaveLength(2);
    expect(errors.values).toEqual([]);
  });

  it('stays in step where the hourly snapshot does not come', () => {
    const { venue, stir } = lively();
    const book = follow(venue);
    venue.advance(1_000);
    venue.network.requestFaults.add(({ name }) => name === DEPTH, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    venue.advance(3_600_000);
    const before = book.values.length;
    stir(50);
    venue.advance(1_000);
    expect(book.values.length).toBeGreaterThan(before);
    expectTruth(book.last(), venue);
  });

  it('says that there is no such pair', () => {
    const venue = createVirtualVenue();
    const book = record(venue.exchange.orderBook$('BTC-EUR'));
    venue.advance(1_000);
    expect(book.error()).toMatchObject({ kind: 'not_supported' });
    expect(venue.network.sockets()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });

  it('is one subscription, one snapshot and one socket, however many books and subscribers', () => {
    const { venue, stir } = lively();
    const books = [follow(venue), follow(venue)];
    const other = record(venue.exchange.orderBook$('ETH-USDT'));
    const trades = record(venue.exchange.trades$('BTC-USDT'));
    stir(100);
    venue.advance(200);
    expect(venue.network.sockets()).toEqual([MARKET_STREAM]);
    expect(venue.network.attempts()).toEqual([MARKET_STREAM]);
    expect(venue.network.requests(DEPTH)).toHaveLength(2);
    expect(venue.network.requests('GET /api/v3/exchangeInfo')).toHaveLength(1);
    expect(books[0]!.values.length).toBe(books[1]!.values.length);
    expect(other.values).toHaveLength(1);
    expect(trades.values).toEqual([]);
  });
});

describe('orderBook$ with its gaps', () => {
  const withGaps = (venue: VirtualVenue) =>
    record(
      venue.exchange.orderBook$('BTC-USDT', { gaps: true }).pipe(
        // The book is live: what it holds is written down when it is told.
        map((event) => (event.kind === 'data' ? event.value.updateId : event)),
      ),
    );
  const isMarker = (event: unknown): boolean => typeof event !== 'number';

  it('has the same data, of the same socket and snapshot, and no gap at first', () => {
    const { venue, stir } = lively();
    const plain = record(
      venue.exchange.orderBook$('BTC-USDT').pipe(map(({ updateId }) => updateId)),
    );
    const events = withGaps(venue);
    stir(100);
    venue.network.disconnect();
    stir(100);
    venue.advance(10_000);
    expect(events.values.filter((event) => !isMarker(event))).toEqual(plain.values);
    expect(events.values.filter(isMarker)).toMatchObject([
      { kind: 'gap', cause: { kind: 'network' } },
      { kind: 'resumed', recovered: 'complete' },
    ]);
    expect(venue.network.requests(DEPTH)).toHaveLength(2);
    expect(venue.network.attempts()).toHaveLength(2);
  });

  it('tells that the book fell out of step, since when, and that it is whole again', () => {
    const { venue, stir } = lively();
    const events = withGaps(venue);
    stir(50);
    venue.advance(1_000);
    const since = venue.now();
    venue.rival('buy', '59000', '1');
    venue.advance(110);
    venue.network.frameFaults.add(isDiff, { copies: 0, times: 1 });
    venue.network.requestFaults.add(({ name }) => name === DEPTH, {
      times: 2,
      answer: { status: 503, headers: {}, body: '' },
    });
    stir(12);
    venue.network.disconnect();
    venue.advance(60_000);
    const at = events.values.findIndex(isMarker);
    expect(events.values.slice(at)).toMatchObject([
      { kind: 'gap', since: since + 110, cause: { kind: 'sequence_gap' } },
      { kind: 'resumed', recovered: 'complete' },
      expect.any(Number),
    ]);
  });

  it('tells one who comes during a gap of the gap, and of nothing older', () => {
    const { venue, stir } = lively();
    const early = withGaps(venue);
    stir(50);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    const late = withGaps(venue);
    expect(late.values).toMatchObject([{ kind: 'gap' }]);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(late.values).toEqual(early.values.slice(-3));
    expect(late.values.slice(1)).toMatchObject([{ kind: 'resumed' }, expect.any(Number)]);
  });

  it('is no gap where the book was never in step', () => {
    const { venue, stir } = lively();
    const events = withGaps(venue);
    venue.advance(30);
    venue.network.disconnect();
    stir(200);
    venue.advance(10_000);
    expect(events.values.filter(isMarker)).toEqual([]);
    expect(events.values.length).toBeGreaterThan(0);
  });
});
