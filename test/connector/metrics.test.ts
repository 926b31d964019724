import type { Metric } from '../../src/connector/metric.js';
import { createMeter } from '../../src/connector/meter.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, CANCEL, MARKET_STREAM, PLACE, USER_STREAM } from '../support/orders.js';
import { record, type Recording } from '../support/recording.js';
import { skewed } from '../support/skewed.js';
import { createPerpetualWorld } from './perpetual-world.js';

type MetricOf<Kind extends Metric['kind']> = Extract<Metric, { readonly kind: Kind }>;

/** The metrics of one kind. */
const ofKind = <Kind extends Metric['kind']>(
  { values }: Recording<Metric>,
  kind: Kind,
): readonly MetricOf<Kind>[] =>
  values.filter((metric): metric is MetricOf<Kind> => metric.kind === kind);

const trade = (venue: VirtualVenue): void => {
  venue.rival('sell', '60000', '0.001');
  venue.rival('buy', '60000', '0.001');
};

describe('metrics$', () => {
  it('tells of each message, and how long it was under way by the exchange’s clock', () => {
    const venue = createVirtualVenue({ latency: 10 });
    const environment = {
      ...venue.network,
      random: () => 0,
      scheduler: skewed(venue.scheduler, () => 3_600_000),
    };
    const exchange = venue.join({ credentials: venue.credentials, environment });
    const metrics = record(exchange.metrics$);
    const books = record(exchange.orderBook$('BTC-USDT'));
    record(exchange.trades$('BTC-USDT'));
    record(exchange.orderUpdates$);
    venue.advance(2_000);
    trade(venue);
    venue.advance(2_000);
    const ofChannel = (channel: string) =>
      ofKind(metrics, 'message').filter((one) => one.channel === channel);
    expect(ofChannel('trades')).toEqual([
      { kind: 'message', channel: 'trades', pair: 'BTC-USDT', latency: 10 },
    ]);
    expect(ofChannel('orderBooks').length).toBe(books.values.length - 1);
    for (const { latency, pair } of ofChannel('orderBooks'))
      expect([latency, pair]).toEqual([10, 'BTC-USDT']);
    exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.001' }).subscribe({
      error: () => undefined,
    });
    venue.advance(1_000);
    const account = ofChannel('userStream');
    expect(account.length).toBeGreaterThan(0);
    for (const { latency, pair } of account) expect([latency, pair]).toEqual([10, undefined]);
  });

  it('tells of the messages and gaps of funding', () => {
    const { perpetual, quote, advance, network } = createPerpetualWorld();
    const metrics = record(perpetual.metrics$);
    record(perpetual.fundingInfo$('BTC-USDT'));
    advance(2_000);
    quote(61_000);
    advance(1_000);
    const source = { channel: 'fundingInfo', pair: 'BTC-USDT' };
    expect(ofKind(metrics, 'message')).toEqual([{ kind: 'message', ...source, latency: 10 }]);
    network.disconnect();
    advance(30_000);
    expect(ofKind(metrics, 'gap')).toMatchObject([{ ...source, cause: 'network' }]);
    expect(ofKind(metrics, 'resumed')).toMatchObject([source]);
  });

  it('tells no latency while the exchange’s clock is not known', () => {
    const meter = createMeter({ measured: () => undefined });
    const messages = record(meter.message$);
    expect(meter.countsMessages()).toBe(true);
    meter.message({ channel: 'trades', pair: 'BTC-USDT', time: 1, at: 2 });
    expect(messages.values).toEqual([
      { kind: 'message', channel: 'trades', pair: 'BTC-USDT', latency: undefined },
    ]);
  });

  it('tells of gaps, and how long they lasted', () => {
    const venue = createVirtualVenue();
    const metrics = record(venue.exchange.metrics$);
    record(venue.exchange.orderBook$('BTC-USDT'));
    record(venue.exchange.trades$('BTC-USDT'));
    record(venue.exchange.orderUpdates$);
    venue.advance(5_000);
    venue.network.disconnect();
    venue.advance(10_000);
    const told = ofKind(metrics, 'gap').map(({ channel, pair, cause }) => [channel, pair, cause]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['orderBooks', 'BTC-USDT', 'network'],
        ['trades', 'BTC-USDT', 'network'],
        ['userStream', undefined, 'network'],
      ]),
    );
    expect(told).toHaveLength(3);
    const resumed = ofKind(metrics, 'resumed');
    expect(resumed.map(({ channel }) => channel).sort()).toEqual([
      'orderBooks',
      'trades',
      'userStream',
    ]);
    for (const { lasted } of resumed) {
      expect(lasted).toBeGreaterThan(0);
      expect(lasted).toBeLessThan(15_000);
    }
  });

  it('tells of a book that lost its chain', () => {
    const venue = createVirtualVenue();
    const metrics = record(venue.exchange.metrics$);
    record(venue.exchange.orderBook$('BTC-USDT'));
    venue.rival('buy', '60000', '1');
    venue.advance(1_000);
    venue.network.frameFaults.add(({ text }) => text.includes('depthUpdate'), {
      copies: 0,
      times: 1,
    });
    venue.rival('buy', '60001', '1');
    venue.advance(200);
    venue.rival('buy', '60002', '1');
    venue.advance(5_000);
    expect(ofKind(metrics, 'gap')).toEqual([
      { kind: 'gap', channel: 'orderBooks', pair: 'BTC-USDT', cause: 'sequence_gap' },
    ]);
    expect(ofKind(metrics, 'resumed')).toMatchObject([{ recovered: 'complete' }]);
    const blind = ofKind(metrics, 'message').filter(({ latency }) => latency === undefined);
    expect(blind.length).toBeGreaterThan(0);
  });

  it('tells how sockets come and go', () => {
    const venue = createVirtualVenue();
    const metrics = record(venue.exchange.metrics$);
    const events = (stream: string) =>
      ofKind(metrics, 'socket')
        .filter((one) => one.stream === stream)
        .map(({ event }) => event);
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    const orders = record(venue.exchange.orderUpdates$);
    venue.advance(1_000);
    venue.network.refuseSockets(true);
    venue.network.disconnect(MARKET_STREAM);
    venue.advance(400);
    venue.network.disconnect(USER_STREAM);
    venue.advance(400);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    book.stop();
    orders.stop();
    for (const stream of ['market', 'account']) {
      const told = events(stream);
      expect(told.slice(0, 2)).toEqual(['opened', 'lost']);
      expect(new Set(told.slice(2, -2))).toEqual(new Set(['failed']));
      expect(told.slice(-2)).toEqual(['opened', 'closed']);
    }
  });

  it('tells of requests how long they took, without their parameters', () => {
    const venue = createVirtualVenue({ latency: 10 });
    const metrics = record(venue.exchange.metrics$);
    record(venue.exchange.balances$);
    venue.advance(1_000);
    const known = { kind: 'request', method: 'GET', path: '/api/v3/account', status: 200, ms: 20 };
    expect(ofKind(metrics, 'request')).toContainEqual(known);
    venue.network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: Infinity });
    record(venue.exchange.buy(BID));
    venue.advance(20_000);
    const unanswered = { status: undefined, method: 'POST', ms: 10_000 };
    expect(ofKind(metrics, 'request')).toContainEqual(expect.objectContaining(unanswered));
    expect(JSON.stringify(metrics.values)).not.toContain('signature');
  });

  it('tells how long orders and cancels took', () => {
    const venue = createVirtualVenue({ latency: 10 });
    const metrics = record(venue.exchange.metrics$);
    record(venue.exchange.connect());
    venue.advance(1_000);
    const order = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    const { clientOrderId } = order.last()!;
    record(venue.exchange.cancel(clientOrderId));
    venue.advance(1_000);
    record(venue.exchange.buy({ ...BID, amount: '1000' }));
    const base = { kind: 'order', pair: 'BTC-USDT' };
    expect(ofKind(metrics, 'order')).toEqual([
      { ...base, command: 'place', clientOrderId, state: 'open', ms: expect.any(Number) as number },
      {
        ...base,
        command: 'cancel',
        clientOrderId,
        state: 'canceled',
        ms: expect.any(Number) as number,
      },
      {
        ...base,
        command: 'place',
        clientOrderId: expect.any(String) as string,
        state: 'failed',
        ms: 0,
      },
    ]);
    const [placed, canceled] = ofKind(metrics, 'order');
    expect([placed!.ms, canceled!.ms]).toEqual([20, 20]);
    expect(venue.network.requests(CANCEL)).toHaveLength(1);
  });

  it('tells what is used of the rate limits', () => {
    const venue = createVirtualVenue();
    const metrics = record(venue.exchange.metrics$);
    record(venue.exchange.tradingRules$);
    venue.advance(2_000);
    const [first] = ofKind(metrics, 'budget');
    const used = ofKind(metrics, 'budget').at(-1)!.budget;
    expect(Object.keys(first!.budget)).toEqual(Object.keys(used));
    expect(Object.values(used).some((pool) => pool.used > 0)).toBe(true);
  });

  it('asks for nothing while nothing is in demand, and leaves nothing behind', () => {
    const venue = createVirtualVenue();
    const metrics = record(venue.exchange.metrics$);
    venue.advance(60_000);
    expect(venue.network.requests()).toEqual([]);
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    venue.advance(1_000);
    expect(venue.network.requests('GET /api/v3/time').length).toBeGreaterThan(0);
    book.stop();
    metrics.stop();
    venue.advance(1_000);
    expect(venue.pending()).toBe(0);
  });

  it('measures nothing, and asks for no time, while nobody is subscribed', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.orderBook$('BTC-USDT'));
    venue.advance(60_000);
    expect(venue.network.requests('GET /api/v3/time')).toEqual([]);
    const meter = createMeter({ measured: () => undefined });
    expect([meter.countsMessages(), meter.takesEvents()]).toEqual([false, false]);
    const [messages, events] = [record(meter.message$), record(meter.event$)];
    expect([meter.countsMessages(), meter.takesEvents()]).toEqual([true, true]);
    messages.stop();
    events.stop();
    expect([meter.countsMessages(), meter.takesEvents()]).toEqual([false, false]);
  });
});
