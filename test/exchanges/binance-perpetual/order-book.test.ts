import { isLeft } from 'fp-ts/lib/Either.js';
import type { DiffIds } from '../../../src/core/book-message.js';
import type { Link } from '../../../src/core/contract.js';
import { btcUsdt, exchange, frameData, messages, right } from './support.js';

const samples = messages('market-data');
const { orderBook } = exchange;

it('asks for snapshots of 1,000 levels a side, which weigh 20', () => {
  const { snapshot } = orderBook;
  expect(snapshot).toMatchObject({ method: 'GET', path: '/fapi/v1/depth', signed: false });
  expect(snapshot.params({ rule: btcUsdt })).toEqual({ symbol: 'BTCUSDT', limit: '1000' });
  expect(snapshot.weights).toEqual({ weight: 20 });
  expect(right(snapshot.decode(samples.depth, { rule: btcUsdt }))).toEqual({
    updateId: 1_027_024,
    bids: [
      [50_000, 1.5],
      [49_999.9, 0.001],
    ],
    asks: [[50_000.1, 12]],
  });
});

it('reads diffs, and which update they follow', () => {
  expect(orderBook.diffs.topic(btcUsdt)).toBe('btcusdt@depth@100ms');
  expect(right(orderBook.diffs.decode(frameData(samples.depthUpdate), btcUsdt))).toEqual({
    firstUpdateId: 1_027_030,
    lastUpdateId: 1_027_041,
    previousUpdateId: 1_027_024,
    bids: [
      [49_999.5, 2.25],
      [49_999.9, 0],
    ],
    asks: [[50_000.1, 11]],
    time: 1_772_600_760_201,
  });
  expect(isLeft(orderBook.diffs.decode(frameData(samples.aggTrade), btcUsdt))).toBe(true);
});

const diff = (previousUpdateId: number, firstUpdateId: number, lastUpdateId: number): DiffIds => ({
  previousUpdateId,
  firstUpdateId,
  lastUpdateId,
});

// "How to manage a local order book correctly"; a snapshot with the id 100.
describe('the first diff after a snapshot', () => {
  const cases: readonly (readonly [string, DiffIds, Link])[] = [
    ['that ends before it', diff(80, 90, 99), 'stale'],
    ['that ends with it', diff(80, 90, 100), 'next'],
    ['of one update, the one of the snapshot', diff(99, 100, 100), 'next'],
    ['that reaches beyond it', diff(80, 95, 105), 'next'],
    ['that begins with it', diff(95, 100, 105), 'next'],
    ['that follows it directly', diff(100, 107, 110), 'next'],
    ['that begins after it, while nothing before is missing', diff(98, 103, 110), 'next'],
    ['that follows one that is missing', diff(101, 102, 110), 'gap'],
    ['from long after it', diff(1_000, 1_001, 1_002), 'gap'],
  ];

  it.each(cases)('%s: %j is %s', (_, ids, link) => {
    expect(orderBook.attach(100, ids)).toBe(link);
  });

  it('is none that does not say which update it follows', () => {
    expect(orderBook.attach(100, { firstUpdateId: 95, lastUpdateId: 105 })).toBe('gap');
    expect(orderBook.attach(100, { ...diff(1, 95, 105), previousUpdateId: NaN })).toBe('gap');
  });
});

describe('a diff after one that ended with 100', () => {
  const cases: readonly (readonly [string, DiffIds, Link])[] = [
    ['that follows it, whatever number it begins with', diff(100, 117, 120), 'next'],
    ['that follows it without a hole', diff(100, 101, 120), 'next'],
    ['that is it', diff(90, 95, 100), 'stale'],
    ['from before it', diff(80, 85, 90), 'stale'],
    ['that follows a later one', diff(101, 102, 120), 'gap'],
    ['that follows an earlier one, and reaches beyond it', diff(99, 100, 120), 'gap'],
  ];

  it.each(cases)('%s: %j is %s', (_, ids, link) => {
    expect(orderBook.follow(100, ids)).toBe(link);
  });

  it('is none that does not say which update it follows', () => {
    expect(orderBook.follow(100, { firstUpdateId: 101, lastUpdateId: 105 })).toBe('gap');
  });
});
