import { depthBook } from '../binance-shared/order-book.js';

/**
 * The exchange's procedure for a local book: open the stream and keep what arrives; take a snapshot; drop
 * diffs with `u < lastUpdateId`; the first one kept must reach back to the snapshot; each later one has as
 * `pu` the `u` of the one before, or the book is thrown away. The ids of a market leave numbers out, so that
 * `U` does not tell whether anything is missing.
 *
 * A diff holds all changes after `pu`: where the snapshot falls between two diffs, the next one attaches too.
 *
 * @see USDⓈ-M Futures API, "How to manage a local order book correctly"
 */
export const orderBook = depthBook({
  path: '/fapi/v1/depth',
  weights: { weight: 20 },
  attach: (snapshotId, { previousUpdateId = NaN, lastUpdateId }) => {
    if (lastUpdateId < snapshotId) return 'stale';
    return previousUpdateId <= snapshotId ? 'next' : 'gap';
  },
  follow: (last, { previousUpdateId, lastUpdateId }) => {
    if (lastUpdateId <= last) return 'stale';
    return previousUpdateId === last ? 'next' : 'gap';
  },
});
