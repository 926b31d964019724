import * as t from 'io-ts';
import { Int, optional, reading } from '../../core/codecs.js';
import type { OrderBookSource } from '../../core/contract.js';
import { Levels } from '../../core/level-codec.js';
import { question, type Terms } from './calls.js';
import { scanDepth } from './scan-depth.js';

/**
 * `{"lastUpdateId":1027024,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]]}`
 *
 * @see Binance Spot API, rest-api.md, "Order book"; USDⓈ-M Futures API, "Order Book"
 */
const DepthSnapshot = t.type({ lastUpdateId: Int, bids: Levels, asks: Levels }, 'DepthSnapshot');

/**
 * `{"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[]}`, of
 * futures with `pu` besides.
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"; USDⓈ-M Futures API, "Diff. Book Depth Streams"
 */
const DepthUpdate = t.intersection(
  [
    t.type({ e: t.literal('depthUpdate'), E: Int, U: Int, u: Int, b: Levels, a: Levels }),
    optional({ pu: Int }),
  ],
  'DepthUpdate',
);

/** Where snapshots come from, and how diffs chain. */
export type DepthTerms = Terms & Pick<OrderBookSource, 'attach' | 'follow'>;

/** An order book of 1,000 levels a side, then diffs every 100 ms. */
export const depthBook = ({ path, weights, ...links }: DepthTerms): OrderBookSource => ({
  type: 'snapshotAndDiffs',
  snapshot: {
    ...question,
    path,
    weights,
    priority: 'market_data',
    params: ({ rule }) => ({ symbol: rule.symbol, limit: '1000' }),
    decode: reading(DepthSnapshot, ({ lastUpdateId, bids, asks }) => ({
      updateId: lastUpdateId,
      bids,
      asks,
    })),
  },
  diffs: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@depth@100ms`,
    decode: reading(DepthUpdate, ({ U, u, pu, b, a, E }) => ({
      firstUpdateId: U,
      lastUpdateId: u,
      ...(pu === undefined ? {} : { previousUpdateId: pu }),
      bids: b,
      asks: a,
      time: E,
    })),
  },
  scan: scanDepth,
  ...links,
});
