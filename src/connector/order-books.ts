import {
  catchError,
  concat,
  connect,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  map,
  merge,
  mergeMap,
  of,
  Subject,
  switchMap,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { toConnectorError, type ConnectorError } from '../core/errors.js';
import type { TradingRule, TradingRules } from '../core/trading-rule.js';
import type { ChannelEvent } from '../net/channels.js';
import { shareLatest } from '../net/share-latest.js';
import { BookSync, type BookEvent, type BookSyncOutcome } from '../order-book/book-sync.js';
import { MutableOrderBook } from '../order-book/mutable-order-book.js';
import type { OrderBook } from '../order-book/order-book.js';
import type { Context } from './context.js';
import { decoded } from './decoded.js';
import { marketStream, type MarketStream } from './market-stream.js';
import { ruleOf } from './trading-rules.js';
import { withGaps } from './with-gaps.js';
import { withPersistence } from './with-persistence.js';
import { withSignsOfLife } from './with-signs-of-life.js';
import { withStatus } from './with-status.js';

/** A market, and its book: one object over all connections. */
interface Market {
  readonly rule: TradingRule;
  readonly book: MutableOrderBook;
}

/** An error stands for a book that fell out of step. */
type BookOrLoss = OrderBook | ConnectorError;

/** How often all levels are taken anew from a snapshot, in ms. */
const REFRESH_EVERY = 60 * 60_000;

/**
 * Brings a book into step over one connection, and again whenever the chain breaks: diffs are kept
 * while a snapshot is on its way, see {@link BookSync}.
 */
const synchronised = (
  event$: Observable<ChannelEvent>,
  { book, rule }: Market,
  context: Context,
): Observable<BookOrLoss> => {
  const { exchange, rest, environment, report } = context;
  const frame$ = event$.pipe(filter((event) => event.type === 'data'));
  const read = decoded(exchange.orderBook.diffs, rule, context);
  /** Scanned straight from the text where that is in the usual form. */
  const take = (text: string, sync: BookSync): BookSyncOutcome => {
    if (exchange.orderBook.scan?.(text, sync.scanned) === true) return sync.stepScanned();
    const diff = read(text);
    return diff === undefined ? 'stale' : sync.step({ type: 'diff', diff });
  };
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
  const attempt$ = defer(() => {
    const sync = new BookSync(book, exchange.orderBook);
    return merge(
      frame$.pipe(map(({ text }) => take(text, sync))),
      merge(snapshot$, refreshes$).pipe(map((event) => sync.step(event))),
    ).pipe(
      filter((outcome) => outcome === 'live'),
      map(() => book),
    );
  });
  return defer(() => {
    // Told beside the attempts: a value of theirs would be taken for health, after which waits are short.
    const lost$ = new Subject<ConnectorError>();
    const book$ = attempt$.pipe(
      tap({ error: (error: unknown) => lost$.next(toConnectorError(error, 'exchange')) }),
      withPersistence(context),
    );
    return merge(lost$, book$);
  });
};

/** A lost connection empties the book, and a new one begins anew: no level of the old one survives. */
const overConnections = (
  event$: Observable<ChannelEvent>,
  market: Market,
  context: Context,
): Observable<BookOrLoss> =>
  event$.pipe(
    filter((event) => event.type !== 'data'),
    switchMap((event) => {
      if (event.type === 'live') return synchronised(event$, market, context);
      market.book.clear();
      return of(event.cause);
    }),
  );

const bookOf = (rule: TradingRule, context: Context): Observable<BookOrLoss> =>
  defer(() => {
    const { exchange, channels, rest } = context;
    const book = new MutableOrderBook(rule.pair);
    const topic = exchange.orderBook.diffs.topic(rule);
    const newer$ = rest
      .call(exchange.orderBook.snapshot, { rule })
      .pipe(map(({ updateId }) => book.updateId > 0 && updateId > book.updateId));
    // A book out of step, whose update id is 0, is looked after already.
    const isBehind$ = defer(() => (book.updateId === 0 ? of(false) : newer$));
    return channels.channel$(topic).pipe(
      withSignsOfLife({ topic, isBehind$ }, context),
      connect((event$) => overConnections(event$, { rule, book }, context)),
    );
  });

/** The live book of each pair; shared by all who ask for the pair. */
export const orderBooks = (
  context: Context,
  rules$: Observable<TradingRules>,
): MarketStream<OrderBook> => {
  const { liveBooks, environment, status } = context;
  return marketStream((pair) =>
    ruleOf(rules$, pair).pipe(
      mergeMap((rule) => bookOf(rule, context)),
      withGaps(environment.scheduler),
      withStatus(status, 'orderBooks', ({ kind }) => kind !== 'gap'),
      tap((told) => {
        if (told.kind === 'data') liveBooks.set(pair, told.value);
        if (told.kind === 'gap') liveBooks.delete(pair);
      }),
      finalize(() => liveBooks.delete(pair)),
      shareLatest(),
    ),
  );
};
