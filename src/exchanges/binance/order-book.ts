import type { OrderBookSource } from '../../core/contract.js';
import { depthBook } from '../binance-shared/order-book.js';

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

/** The order book. */
export const orderBook = depthBook({
  path: '/api/v3/depth',
  weights: { weight: 50, requests: 1 },
  attach: link,
  follow: link,
});
