import {
  catchError,
  concat,
  connect,
  defer,
  EMPTY,
  exhaustMap,
  filter,
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
import { toConnectorError } from '../core/errors.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { TradingRule, TradingRules } from '../core/trading-rule.js';
import type { ChannelEvent } from '../net/channels.js';
import { shareLatest } from '../net/share-latest.js';
import { BookSync, type BookEvent } from '../order-book/book-sync.js';
import { MutableOrderBook } from '../order-book/mutable-order-book.js';
import type { OrderBook } from '../order-book/order-book.js';
import type { Context } from './context.js';
import { decoded } from './decoded.js';
import { perPair } from './per-pair.js';
import { ruleOf } from './trading-rules.js';
import { withPersistence } from './with-persistence.js';
import { withStatus } from './with-status.js';

/** `undefined` stands for a book that is out of step. */
type MaybeBook = OrderBook | undefined;

const inStep = (book: MaybeBook): book is OrderBook => book !== undefined;

/** How often all levels are taken anew from a snapshot, in ms. */
const REFRESH_EVERY = 60 * 60_000;

/**
 * Brings a book into step over one connection, and again whenever the chain breaks: diffs are kept
 * while a snapshot is on its way, see {@link BookSync}.
 */
const synchronised = (
  event$: Observable<ChannelEvent>,
  rule: TradingRule,
  context: Context,
): Observable<MaybeBook> => {
  const { exchange, rest, environment, report } = context;
  const diff$ = event$.pipe(
    decoded(exchange.orderBook.diffs, rule, context),
    map((diff): BookEvent => ({ type: 'diff', diff })),
  );
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
  const book = new MutableOrderBook(rule.pair);
  const attempt$ = defer(() => {
    const sync = new BookSync(book, exchange.orderBook);
    return merge(diff$, snapshot$, refreshes$).pipe(
      map((event) => sync.step(event)),
      filter((outcome) => outcome === 'live'),
      map(() => book),
    );
  });
  return defer(() => {
    // Told beside the attempts: a value of theirs would be taken for a success, after which waits are short.
    const lost$ = new Subject<undefined>();
    const book$ = attempt$.pipe(
      tap({ error: () => lost$.next(undefined) }),
      withPersistence(context),
    );
    return merge(lost$, book$);
  });
};

/** A new connection begins with an empty book: no level of the old one survives. */
const overConnections = (
  event$: Observable<ChannelEvent>,
  rule: TradingRule,
  context: Context,
): Observable<MaybeBook> =>
  event$.pipe(
    filter(({ type }) => type !== 'data'),
    switchMap(({ type }) =>
      type === 'live' ? synchronised(event$, rule, context) : of(undefined),
    ),
  );

/** The live book of each pair; shared by all who ask for the pair. */
export const orderBooks = (
  context: Context,
  rules$: Observable<TradingRules>,
): ((pair: TradingPair) => Observable<OrderBook>) => {
  const { exchange, channels, status } = context;
  return perPair((pair) =>
    ruleOf(rules$, pair).pipe(
      mergeMap((rule) =>
        channels
          .channel$(exchange.orderBook.diffs.topic(rule))
          .pipe(connect((event$) => overConnections(event$, rule, context))),
      ),
      withStatus(status, 'orderBooks', inStep),
      shareLatest(),
      filter(inStep),
    ),
  );
};
