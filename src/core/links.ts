import type { Link, OrderBookSource, PublicTradesSource } from './contract.js';

/** How trades follow each other whose ids run on without holes. */
export const tradesInSequence: PublicTradesSource['follow'] = (lastTradeId, { tradeId }) => {
  const ahead = Number(tradeId) - Number(lastTradeId);
  if (ahead <= 0) return 'stale';
  return ahead === 1 ? 'next' : 'gap';
};

/** How diffs link, to a snapshot and to each other, whose ids run on without holes. */
export const diffsInSequence: OrderBookSource['follow'] = (
  last,
  { firstUpdateId, lastUpdateId },
): Link => {
  if (lastUpdateId <= last) return 'stale';
  return firstUpdateId > last + 1 ? 'gap' : 'next';
};

/**
 * How diffs link that name the one before them. A diff holds all changes after that one: where a snapshot falls
 * between two diffs, the later one attaches too.
 */
export const diffsByPrevious: Pick<OrderBookSource, 'attach' | 'follow'> = {
  attach: (snapshotId, { previousUpdateId = NaN, lastUpdateId }) => {
    if (lastUpdateId < snapshotId) return 'stale';
    return previousUpdateId <= snapshotId ? 'next' : 'gap';
  },
  follow: (last, { previousUpdateId, lastUpdateId }) => {
    if (lastUpdateId <= last) return 'stale';
    return previousUpdateId === last ? 'next' : 'gap';
  },
};
