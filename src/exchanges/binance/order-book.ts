import { isLeft, map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { BookDiff, BookSnapshot, LevelMessage } from '../../core/book-message.js';
import { FloatFromString, Int } from '../../core/codecs.js';
import type { OrderBookSource } from '../../core/contract.js';
import { scanDepth } from './scan-depth.js';

const Level = t.tuple([FloatFromString, FloatFromString], 'Level');

/** Levels up to the first that is none: of a huge message that is not what it should be, one error is enough. */
const Levels = new t.Type<readonly LevelMessage[], unknown, unknown>(
  'Levels',
  (value): value is LevelMessage[] => Array.isArray(value),
  (input, context) => {
    if (!Array.isArray(input)) return t.failure(input, context);
    const levels: LevelMessage[] = [];
    for (const [index, item] of input.entries()) {
      const level = Level.validate(item, context);
      if (isLeft(level)) return t.failure(item, t.appendContext(context, `${index}`, Level, item));
      levels.push(level.right);
    }
    return t.success(levels);
  },
  t.identity,
);

/**
 * `{"lastUpdateId":1027024,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]]}`
 *
 * @see Binance Spot API, rest-api.md, "Order book"
 */
export const DepthSnapshot = t.type(
  { lastUpdateId: Int, bids: Levels, asks: Levels },
  'DepthSnapshot',
);

/**
 * `{"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[]}`
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"
 */
export const DepthUpdate = t.type(
  { e: t.literal('depthUpdate'), E: Int, U: Int, u: Int, b: Levels, a: Levels },
  'DepthUpdate',
);

/**
 * The exchange's procedure for a local book: open the stream and keep what arrives; take a snapshot;
 * drop diffs with `u <= lastUpdateId`; the first one kept must reach back to `lastUpdateId + 1`; each
 * later one must begin where the last one ended, or the book is thrown away.
 *
 * @see Binance Spot API, web-socket-streams.md, "How to manage a local order book correctly"
 */
const link: OrderBookSource['follow'] = (lastUpdateId, diff) => {
  if (diff.lastUpdateId <= lastUpdateId) return 'stale';
  return diff.firstUpdateId > lastUpdateId + 1 ? 'gap' : 'next';
};

/** The order book: 1,000 levels a side, then diffs every 100 ms. */
export const orderBook: OrderBookSource = {
  type: 'snapshotAndDiffs',
  snapshot: {
    method: 'GET',
    path: '/api/v3/depth',
    signed: false,
    priority: 'market_data',
    weights: { weight: 50, requests: 1 },
    params: ({ rule }) => ({ symbol: rule.symbol, limit: '1000' }),
    decode: (body) =>
      map(({ lastUpdateId, bids, asks }: t.TypeOf<typeof DepthSnapshot>): BookSnapshot => ({
        updateId: lastUpdateId,
        bids,
        asks,
      }))(DepthSnapshot.decode(body)),
  },
  diffs: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@depth@100ms`,
    decode: (data) =>
      map(({ U, u, b, a, E }: t.TypeOf<typeof DepthUpdate>): BookDiff => ({
        firstUpdateId: U,
        lastUpdateId: u,
        bids: b,
        asks: a,
        time: E,
      }))(DepthUpdate.decode(data)),
  },
  scan: scanDepth,
  attach: link,
  follow: link,
};
