import type { BookDiff, BookSnapshot } from '../core/book-message.js';
import type { Link, OrderBookSource } from '../core/contract.js';
import { DiffBuffer } from '../core/diff-buffer.js';
import { ConnectorError } from '../core/errors.js';
import type { MutableOrderBook } from './mutable-order-book.js';

/** What {@link BookSync} is fed with, in the order of arrival. */
export type BookEvent =
  | { readonly type: 'diff'; readonly diff: BookDiff }
  /** A diff that was scanned into the buffer that {@link BookSync} was made with. */
  | { readonly type: 'scanned' }
  | { readonly type: 'snapshot'; readonly snapshot: BookSnapshot }
  /** A new snapshot is about to be asked for, while the book goes on. */
  | { readonly type: 'refresh' };

/**
 * What a message did.
 *
 * - `syncing`: nothing yet; a snapshot is needed
 * - `live`: it went into the book, which is the exchange's at its update id
 * - `stale`: nothing; the book is live, and held it already
 */
export type BookSyncOutcome = 'syncing' | 'live' | 'stale';

/** How an exchange's diffs chain, and how many to keep. */
export interface BookSyncOptions extends Pick<OrderBookSource, 'attach' | 'follow'> {
  /**
   * How many diffs to keep while there is no snapshot. Beyond it the oldest go, which shows as a
   * gap when a snapshot too old to do without them arrives.
   * @defaultValue 1000
   */
  readonly bufferSize?: number;
}

/**
 * Brings a book into step with its exchange, and keeps it there: diffs wait for a snapshot, those
 * that it holds already are dropped, the first one left has to attach to it, and each later one has
 * to follow the one before.
 *
 * Neither a wrong nor a half-applied book is ever left behind: whatever {@link BookSync.step} throws,
 * the book is empty then, and waits for the next snapshot. The diff that did not link and those
 * after it are kept for that, so that fetching a snapshot is all there is to do.
 *
 * @example
 * ```ts
 * const book = new MutableOrderBook('BTC-USDT');
 * const book$ = defer(() => {
 *   const sync = new BookSync(book, exchange.orderBook);
 *   return merge(diffs$, snapshot$).pipe(
 *     map((event) => sync.step(event)),
 *     filter((outcome) => outcome === 'live'),
 *     map((): OrderBook => book),
 *   );
 * });
 * ```
 */
export class BookSync {
  /** What the book stands on: nothing yet, a snapshot, or a diff. */
  private base: 'nothing' | 'snapshot' | 'diff' = 'nothing';
  private pending: BookDiff[] = [];
  /** The diffs since a refresh began: what its snapshot may lack. */
  private recent: BookDiff[] | undefined;

  /**
   * Empties the book, so that no level of an earlier connection survives in it.
   *
   * @param incoming - Where diffs are read into, each for a moment: many books can share it.
   */
  constructor(
    private readonly book: MutableOrderBook,
    private readonly options: BookSyncOptions,
    private readonly incoming: DiffBuffer = new DiffBuffer(),
  ) {
    book.clear();
  }

  /**
   * Takes one message in.
   *
   * @throws {@link ConnectorError} of kind `sequence_gap` where the chain is broken, the snapshot is
   * older than the first diff kept, or the book came out crossed, which a missed update explains; of
   * kind `decode` where a level is no level.
   */
  step(event: BookEvent): BookSyncOutcome {
    try {
      switch (event.type) {
        case 'diff':
          this.incoming.load(event.diff);
          return this.takeDiff();
        case 'scanned':
          return this.takeDiff();
        case 'snapshot':
          return this.takeSnapshot(event.snapshot);
        case 'refresh':
          this.recent = [];
          return this.base === 'nothing' ? 'syncing' : 'stale';
      }
    } catch (error) {
      this.base = 'nothing';
      this.recent = undefined;
      this.book.clear();
      throw error;
    }
  }

  private takeDiff(): BookSyncOutcome {
    const { incoming } = this;
    if (this.base === 'nothing') {
      this.pending.push(incoming.toDiff());
      if (this.pending.length > (this.options.bufferSize ?? 1_000)) this.pending.shift();
      return 'syncing';
    }
    this.recent?.push(incoming.toDiff());
    const link = this.applyIncoming();
    if (link === 'gap') this.beginAnewWith([incoming.toDiff()]);
    return link === 'stale' ? 'stale' : this.live();
  }

  private takeSnapshot(snapshot: BookSnapshot): BookSyncOutcome {
    const { book, base, recent } = this;
    if (base !== 'nothing' && recent === undefined && snapshot.updateId < book.updateId)
      return 'stale';
    const later = base === 'nothing' ? this.pending : (recent ?? []);
    // A snapshot of the very state that the last diff led to leaves the chain of diffs whole.
    const chained = base === 'diff' && snapshot.updateId === book.updateId;
    book.replace(snapshot);
    this.base = chained ? 'diff' : 'snapshot';
    this.pending = [];
    this.recent = undefined;
    for (const [index, diff] of later.entries()) {
      this.incoming.load(diff);
      if (this.applyIncoming() === 'gap') this.beginAnewWith(later.slice(index));
    }
    return this.live();
  }

  /** Applies the incoming diff if it is next, and tells how it links. */
  private applyIncoming(): Link {
    const { book, incoming, base } = this;
    const { attach, follow } = this.options;
    const link = (base === 'diff' ? follow : attach)(book.updateId, incoming);
    if (link !== 'next') return link;
    book.apply(incoming);
    this.base = 'diff';
    return link;
  }

  /** Something is missing before the incoming diff: it and those after it are for the next snapshot. */
  private beginAnewWith(diffs: BookDiff[]): never {
    const { pair, updateId } = this.book;
    const { firstUpdateId, lastUpdateId } = this.incoming;
    this.pending = diffs;
    throw new ConnectorError(
      'sequence_gap',
      `Order book of ${pair}: expected the update after ${this.base} ${updateId}, ` +
        `got ${firstUpdateId} to ${lastUpdateId}`,
    );
  }

  private live(): BookSyncOutcome {
    if (!this.book.isCrossed) return 'live';
    const { pair, updateId, bestBid, bestAsk } = this.book;
    throw new ConnectorError(
      'sequence_gap',
      `Order book of ${pair}: expected bids below asks after update ${updateId}, ` +
        `got bid ${bestBid.price} and ask ${bestAsk.price}`,
    );
  }
}
