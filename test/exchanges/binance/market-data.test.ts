import { isLeft } from 'fp-ts/lib/Either.js';
import type { BookDiff } from '../../../src/core/book-message.js';
import type { Link, StreamFrame } from '../../../src/core/contract.js';
import { orderBook, streams, trades } from '../../../src/exchanges/binance/market-data.js';
import { btcUsdt, decimal, messages, right } from './support.js';

const samples = messages('market-data');

/** The data of a frame, as the channel gets them. */
const dataOf = (name: string): unknown => {
  const frame = right(streams.read(samples[name]));
  if (frame.type !== 'data') throw new Error(`${name} holds no data`);
  return frame.data;
};

describe('a depth snapshot', () => {
  const { snapshot } = orderBook;

  it('is a book at one moment', () => {
    expect(right(snapshot.decode(samples.depth, { rule: btcUsdt }))).toEqual({
      updateId: 1_027_024,
      bids: [
        [50_000, 1.5],
        [49_999.99, 0.00001],
      ],
      asks: [
        [50_000.01, 12],
        [50_000.1, 431],
      ],
    });
  });

  it('is asked for with 1,000 levels a side, which weigh 50', () => {
    expect(snapshot).toMatchObject({ method: 'GET', path: '/api/v3/depth', signed: false });
    expect(snapshot.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT', limit: '1000' });
    expect(snapshot.weights).toEqual({ weight: 50, requests: 1 });
  });
});

describe('a depth diff', () => {
  const { diffs } = orderBook;

  it('comes every 100 ms, by the name of the market in lower case', () => {
    expect(diffs.topic(btcUsdt)).toBe('btcusdt@depth@100ms');
  });

  it('has the levels that changed', () => {
    expect(right(diffs.decode(dataOf('depthUpdate'), btcUsdt))).toEqual({
      firstUpdateId: 1_027_025,
      lastUpdateId: 1_027_031,
      bids: [
        [49_999.99, 0],
        [49_999.5, 2.25],
      ],
      asks: [[50_000.01, 11]],
      time: 1_772_600_760_201,
    });
  });

  it('may change one side only', () => {
    expect(right(diffs.decode(dataOf('depthUpdateOfBidsOnly'), btcUsdt))).toMatchObject({
      bids: [[49_998, 0.1]],
      asks: [],
    });
  });

  it('is nothing else', () => {
    expect(isLeft(diffs.decode(dataOf('tradeByABuyer'), btcUsdt))).toBe(true);
  });
});

describe('a trade', () => {
  it('comes by the name of the market in lower case', () => {
    expect(trades.channel.topic(btcUsdt)).toBe('btcusdt@trade');
  });

  it('was made by the buyer where the seller had waited', () => {
    expect(right(trades.channel.decode(dataOf('tradeByABuyer'), btcUsdt))).toEqual({
      pair: 'BTC-USDT',
      tradeId: '5123456789',
      side: 'buy',
      price: decimal('50000.01'),
      amount: decimal('0.00123'),
      time: 1_772_600_760_249,
    });
  });

  it('was made by the seller where the buyer had waited', () => {
    expect(right(trades.channel.decode(dataOf('tradeByASeller'), btcUsdt))).toMatchObject({
      tradeId: '5123456790',
      side: 'sell',
    });
  });

  it('is nothing else', () => {
    expect(isLeft(trades.channel.decode(dataOf('depthUpdate'), btcUsdt))).toBe(true);
  });
});

describe('the trades after one', () => {
  const { since, pageSize, follow } = trades;

  it('are asked for from its id on, 1,000 at once, which weigh 25', () => {
    expect(since).toMatchObject({ method: 'GET', path: '/api/v3/historicalTrades', signed: false });
    expect(since.weights).toEqual({ weight: 25, requests: 1 });
    expect(since.params({ rule: btcUsdt, tradeId: '28456' })).toEqual({
      symbol: 'BTCUSDT',
      limit: '1000',
      fromId: '28457',
    });
    expect(pageSize).toBe(1_000);
  });

  it('are the latest one where none is named', () => {
    expect(since.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT', limit: '1' });
  });

  it('are trades like those of the channel', () => {
    expect(right(since.decode(samples.historicalTrades, { rule: btcUsdt }))).toEqual([
      {
        pair: 'BTC-USDT',
        tradeId: '28457',
        side: 'sell',
        price: decimal('4.000001'),
        amount: decimal('12'),
        time: 1_499_865_549_590,
      },
    ]);
  });

  it.each<[string, Link]>([
    ['28456', 'stale'],
    ['28457', 'stale'],
    ['28458', 'next'],
    ['28459', 'gap'],
    ['9007199254740991', 'gap'],
  ])('come without a hole: %s after 28457 is %s', (tradeId, link) => {
    const [trade] = right(since.decode(samples.historicalTrades, { rule: btcUsdt }));
    expect(follow('28457', { ...trade!, tradeId })).toBe(link);
  });
});

describe('the order book', () => {
  const snapshotId = 100;
  const diff = (firstUpdateId: number, lastUpdateId: number): BookDiff => ({
    firstUpdateId,
    lastUpdateId,
    bids: [],
    asks: [],
    time: 0,
  });

  // web-socket-streams.md, "How to manage a local order book correctly".
  const cases: readonly (readonly [string, number, number, Link])[] = [
    ['that the snapshot holds', 90, 99, 'stale'],
    ['that ends with the snapshot', 95, 100, 'stale'],
    ['of one update, the one of the snapshot', 100, 100, 'stale'],
    ['that reaches from before the snapshot beyond it', 95, 105, 'next'],
    ['that begins with the snapshot', 100, 105, 'next'],
    ['that ends one after the snapshot', 95, 101, 'next'],
    ['that begins right after the snapshot', 101, 105, 'next'],
    ['of one update, right after the snapshot', 101, 101, 'next'],
    ['that leaves one update out', 102, 105, 'gap'],
    ['of one update, that leaves one out', 102, 102, 'gap'],
    ['from long after the snapshot', 1_000, 1_001, 'gap'],
  ];

  it.each(cases)('takes a diff %s (%i to %i) for: %4$s', (_, first, last, link) => {
    expect(orderBook.attach(snapshotId, diff(first, last))).toBe(link);
    expect(orderBook.follow(snapshotId, diff(first, last))).toBe(link);
  });

  it('never skips an update, whatever is lost', () => {
    const [first, second, third] = [diff(101, 103), diff(104, 104), diff(105, 110)];
    expect(orderBook.attach(snapshotId, first)).toBe('next');
    expect(orderBook.follow(first.lastUpdateId, second)).toBe('next');
    expect(orderBook.follow(second.lastUpdateId, third)).toBe('next');
    expect(orderBook.attach(snapshotId, second)).toBe('gap');
    expect(orderBook.follow(first.lastUpdateId, third)).toBe('gap');
    expect(orderBook.follow(third.lastUpdateId, first)).toBe('stale');
  });
});

describe('a market stream', () => {
  it('is one socket for all channels', () => {
    const domain = { rest: '', stream: 'wss://stream.binance.com:9443', wsApi: '' };
    expect(streams.url(domain)).toBe('wss://stream.binance.com:9443/stream');
    expect(streams.limits).toEqual({
      topicsPerSocket: 1024,
      topicsPerMessage: 200,
      messagesPerSecond: 5,
    });
  });

  it('is told what is wanted, in the words of the documentation', () => {
    const topics = ['btcusdt@depth@100ms', 'btcusdt@trade'];
    expect(JSON.parse(streams.subscribe(topics, 7))).toEqual({
      method: 'SUBSCRIBE',
      params: topics,
      id: 7,
    });
    expect(JSON.parse(streams.unsubscribe(topics, 8))).toEqual({
      method: 'UNSUBSCRIBE',
      params: topics,
      id: 8,
    });
  });

  it('asks a quiet socket for what it is subscribed to', () => {
    expect(JSON.parse(streams.ping(9))).toEqual({ method: 'LIST_SUBSCRIPTIONS', id: 9 });
  });

  const frames: readonly (readonly [string, StreamFrame])[] = [
    [
      'depthUpdate',
      { type: 'data', topic: 'btcusdt@depth@100ms', data: expect.any(Object) as unknown },
    ],
    [
      'tradeByABuyer',
      { type: 'data', topic: 'btcusdt@trade', data: expect.any(Object) as unknown },
    ],
    ['acknowledged', { type: 'acknowledged', id: 7 }],
    ['subscriptions', { type: 'pong', id: 3, topics: ['btcusdt@aggTrade'] }],
    ['refused', { type: 'refused', id: 7, message: 'Invalid request: unknown method' }],
    [
      'refusedWithoutId',
      {
        type: 'refused',
        id: undefined,
        message: 'Invalid JSON: expected value at line 1 column 1',
      },
    ],
    [
      'refusedWithNullId',
      { type: 'refused', id: undefined, message: 'Invalid value type: expected Boolean' },
    ],
    ['refusedNested', { type: 'refused', id: 8, message: 'Invalid request: too many parameters' }],
    ['refusedNestedWithoutId', { type: 'refused', id: undefined, message: 'Unknown property' }],
    ['serverShutdown', { type: 'ending' }],
  ];

  it.each(frames)('says: %s', (name, frame) => {
    expect(right(streams.read(samples[name]))).toEqual(frame);
  });

  it('passes data on as they are', () => {
    const { data } = samples.tradeByABuyer as { readonly data: unknown };
    expect(dataOf('tradeByABuyer')).toEqual(data);
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { result: null },
    { id: 1 },
    { result: [1], id: 1 },
  ])('says nothing by %j', (frame) => {
    expect(isLeft(streams.read(frame))).toBe(true);
  });
});
