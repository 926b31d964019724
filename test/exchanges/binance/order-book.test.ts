import { isLeft } from 'fp-ts/lib/Either.js';
import type { BookDiff } from '../../../src/core/book-message.js';
import type { Link } from '../../../src/core/contract.js';
import { marketData } from '../../../src/exchanges/binance/market-data.js';
import { btcUsdt, frameData, messages, right } from './support.js';

const { orderBook } = marketData;

const samples = messages('market-data');

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
    expect(right(diffs.decode(frameData(samples.depthUpdate), btcUsdt))).toEqual({
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
    expect(right(diffs.decode(frameData(samples.depthUpdateOfBidsOnly), btcUsdt))).toMatchObject({
      bids: [[49_998, 0.1]],
      asks: [],
    });
  });

  it('is nothing else', () => {
    expect(isLeft(diffs.decode(frameData(samples.tradeByABuyer), btcUsdt))).toBe(true);
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
