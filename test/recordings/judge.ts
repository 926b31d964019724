import type { BookSideName } from '../../src/order-book/book-side.js';
import type { OrderBook } from '../../src/order-book/order-book.js';
import { recordedBook, type RecordedBook } from './recorded-book.js';
import type { Recorded } from './recording.js';

/** Holds what a connector tells of one book against what was recorded, whatever happened on the way. */
export interface Judge {
  /** Looks at a book that was told. */
  readonly told: (book: OrderBook) => void;
  /** Looks at the book between two messages: it is what was told last, or empty. */
  readonly between: () => void;
  /** What was wrong; nothing, if all is well. */
  readonly crimes: readonly string[];
  /** How often a book was told that was the recorded one in all its levels. */
  readonly right: () => number;
}

const isSame = (book: OrderBook, name: BookSideName, truth: RecordedBook): boolean => {
  const levels = truth[name];
  let same = book.depthOf(name) === levels.size;
  let before = name === 'bids' ? Infinity : 0;
  book.forEachLevel(name, (price, amount) => {
    same &&= levels.get(price) === amount && (name === 'bids' ? price < before : price > before);
    before = price;
    return same;
  });
  return same;
};

/** @param messages - What was recorded of the book. */
export const createJudge = (messages: readonly Recorded[]): Judge => {
  const truth = recordedBook();
  const crimes: string[] = [];
  let next = 0;
  let last: OrderBook | undefined;
  let lastId = 0;
  let right = 0;
  const goTo = (updateId: number): void => {
    for (; truth.updateId() < updateId; next += 1) {
      const message = messages[next];
      if (message === undefined) return;
      truth.take(message);
    }
  };
  return {
    crimes,
    right: () => right,
    told: (book) => {
      const { updateId } = book;
      if (updateId < lastId) crimes.push(`went back from ${lastId} to ${updateId}`);
      goTo(updateId);
      if (truth.updateId() !== updateId) crimes.push(`was never at ${updateId}`);
      else if (isSame(book, 'bids', truth) && isSame(book, 'asks', truth)) right += 1;
      else crimes.push(`is wrong at ${updateId}`);
      last = book;
      lastId = updateId;
    },
    between: () => {
      if (last === undefined || last.updateId === lastId) return;
      const depth = last.depthOf('bids') + last.depthOf('asks');
      if (last.updateId !== 0 || depth > 0) crimes.push(`was at ${last.updateId}, and not told`);
    },
  };
};
