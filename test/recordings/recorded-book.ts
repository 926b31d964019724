import type { BookDiff, LevelMessage } from '../../src/core/book-message.js';
import { type NaiveSide, setNaive, sortedNaive } from '../order-book/naive-book.js';
import type { Recorded } from './recording.js';

/** The exchange's book of one market, kept from what was recorded by two maps and nothing of the library. */
export interface RecordedBook {
  /** 0 before the snapshot. */
  readonly updateId: () => number;
  readonly bids: NaiveSide;
  readonly asks: NaiveSide;
  readonly take: (message: Recorded) => void;
  /** The answer to the question for a snapshot. */
  readonly answer: () => string;
}

const rows = (levels: readonly LevelMessage[]): readonly (readonly string[])[] =>
  levels.map((level) => level.map((number) => number.toFixed(8)));

export const recordedBook = (): RecordedBook => {
  const bids: NaiveSide = new Map();
  const asks: NaiveSide = new Map();
  const early: BookDiff[] = [];
  let updateId = 0;
  const set = (levels: { bids: readonly LevelMessage[]; asks: readonly LevelMessage[] }): void => {
    for (const level of levels.bids) setNaive(bids, level);
    for (const level of levels.asks) setNaive(asks, level);
  };
  const apply = (diff: BookDiff): void => {
    // Of futures one that ends with the snapshot counts: it may tell of levels beyond the snapshot's depth.
    const isOld = diff.lastUpdateId < updateId;
    if (isOld || (diff.previousUpdateId === undefined && diff.lastUpdateId === updateId)) return;
    set(diff);
    updateId = diff.lastUpdateId;
  };
  return {
    updateId: () => updateId,
    bids,
    asks,
    take: (message) => {
      if (message.type === 'diff') {
        if (updateId === 0) early.push(message.diff);
        else apply(message.diff);
      }
      if (message.type === 'snapshot') {
        set(message.snapshot);
        updateId = message.snapshot.updateId;
        early.forEach(apply);
      }
    },
    answer: () =>
      JSON.stringify({
        lastUpdateId: updateId,
        bids: rows(sortedNaive('bids', bids)),
        asks: rows(sortedNaive('asks', asks)),
      }),
  };
};
