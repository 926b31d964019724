import {
  catchError,
  concat,
  EMPTY,
  exhaustMap,
  filter,
  map,
  merge,
  Observable,
  of,
  Subject,
  tap,
  timer,
} from 'rxjs';
import type { DiffBuffer } from '../core/diff-buffer.js';
import { toConnectorError, type ConnectorError } from '../core/errors.js';
import type { TradingRule } from '../core/trading-rule.js';
import { BookSync, type BookEvent, type BookSyncOutcome } from '../order-book/book-sync.js';
import type { MutableOrderBook } from '../order-book/mutable-order-book.js';
import type { OrderBook } from '../order-book/order-book.js';
import type { Context } from './context.js';
import { decoded } from './decoded.js';
import { withPersistence } from './with-persistence.js';

/** A market, and its book: one object over all connections. */
export interface Market {
  readonly rule: TradingRule;
  readonly book: MutableOrderBook;
  /** Where diffs are read into, each for a moment: all markets share it. */
  readonly incoming: DiffBuffer;
}

/** A book over one connection. */
export interface LiveBook {
  /** Emits when the book has come into step, and an error when it has fallen out of it. */
  readonly state$: Observable<OrderBook | ConnectorError>;
  /** Takes a frame in, and tells whether that brought a book in step to its next state. */
  readonly take: (frame: string) => boolean;
}

const scanned: BookEvent = { type: 'scanned' };

/** How often all levels are taken anew from a snapshot, in ms. */
const REFRESH_EVERY = 60 * 60_000;

/** What snapshots tell: one to begin with, and one an hour. */
const snapshots = (rule: TradingRule, context: Context): Observable<BookEvent> => {
  const { exchange, rest, environment, report } = context;
  const snapshot$ = rest
    .call(exchange.orderBook.snapshot, { rule })
    .pipe(map((snapshot): BookEvent => ({ type: 'snapshot', snapshot })));
  /** A book in step does without a snapshot that does not come. */
  const refresh$ = concat(of<BookEvent>({ type: 'refresh' }), snapshot$).pipe(
    catchError((error: unknown) => {
      report(toConnectorError(error, 'exchange'));
      return EMPTY;
    }),
  );
  const refreshes$ = timer(REFRESH_EVERY, REFRESH_EVERY, environment.scheduler).pipe(
    exhaustMap(() => refresh$),
  );
  return merge(snapshot$, refreshes$);
};

/**
 * Brings a book into step, and again whenever the chain breaks: diffs are kept while a snapshot is on its
 * way, see {@link BookSync}.
 *
 * The frames are handed in rather than merged in: there are thousands of them in a second, and they do not
 * have to pass by what concerns the few moments at which a book comes and goes.
 */
export const liveBook = ({ book, rule, incoming }: Market, context: Context): LiveBook => {
  const { orderBook } = context.exchange;
  const read = decoded(orderBook.diffs, rule, context);
  const snapshot$ = snapshots(rule, context);
  /** An attempt at the book: what it makes of a frame. */
  let attempt: ((frame: string) => boolean) | undefined;

  /** Scanned straight from the text where that is in the usual form. */
  const step = (frame: string, sync: BookSync): BookSyncOutcome => {
    if (orderBook.scan?.(frame, incoming) === true) return sync.step(scanned);
    const diff = read(frame);
    return diff === undefined ? 'stale' : sync.step({ type: 'diff', diff });
  };

  const attempt$ = new Observable<OrderBook>((subscriber) => {
    const sync = new BookSync(book, orderBook, incoming);
    attempt = (frame) => {
      try {
        return step(frame, sync) === 'live';
      } catch (error) {
        subscriber.error(error);
        return false;
      }
    };
    subscriber.add(() => (attempt = undefined));
    return snapshot$
      .pipe(
        filter((event) => sync.step(event) === 'live'),
        map(() => book),
      )
      .subscribe(subscriber);
  });

  const state$ = new Observable<OrderBook | ConnectorError>((subscriber) => {
    // Told beside the attempts: a value of theirs would be taken for health, after which waits are short.
    const lost$ = new Subject<ConnectorError>();
    const book$ = attempt$.pipe(
      tap({ error: (error: unknown) => lost$.next(toConnectorError(error, 'exchange')) }),
      withPersistence(context),
    );
    return merge(lost$, book$).subscribe(subscriber);
  });

  return { state$, take: (frame) => attempt?.(frame) ?? false };
};
