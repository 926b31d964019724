import {
  defer,
  EMPTY,
  finalize,
  map,
  merge,
  mergeMap,
  of,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import { DiffBuffer } from '../core/diff-buffer.js';
import type { Gapped } from '../core/gapped.js';
import type { TradingRules } from '../core/trading-rule.js';
import { MutableOrderBook } from '../order-book/mutable-order-book.js';
import type { OrderBook } from '../order-book/order-book.js';
import type { Context } from './context.js';
import { meterGaps } from './gap-metrics.js';
import { liveBook, type Market } from './live-book.js';
import { marketStream, type MarketStream } from './market-stream.js';
import { shareLive, type Tell } from './share-live.js';
import { signsOfLife } from './signs-of-life.js';
import { ruleOf } from './trading-rules.js';
import { withGaps } from './with-gaps.js';
import { withStatus } from './with-status.js';

/** Whether the exchange has moved on from a book. */
const behind = ({ rule, book }: Market, { exchange, rest }: Context): Observable<boolean> => {
  const newer$ = rest
    .call(exchange.orderBook.snapshot, { rule })
    .pipe(map(({ updateId }) => book.updateId > 0 && updateId > book.updateId));
  // A book out of step, whose update id is 0, is looked after already.
  return defer(() => (book.updateId === 0 ? of(false) : newer$));
};

/** Which book, and how it is told. */
interface BookOptions extends Pick<Market, 'rule' | 'incoming'> {
  readonly tell: Tell<OrderBook>;
}

/**
 * The book of a market over all connections: a lost one empties it, and a new one begins anew, so that no
 * level of the old one survives. What each frame does is told past the operators that concern comings and
 * goings only.
 */
const bookOf = (
  { rule, incoming, tell }: BookOptions,
  context: Context,
): Observable<Gapped<OrderBook>> =>
  defer(() => {
    const { exchange, channels, environment, liveBooks, status, meter } = context;
    const { scheduler } = environment;
    const { pair } = rule;
    const topic = exchange.orderBook.diffs.topic(rule);
    const market = { rule, book: new MutableOrderBook(pair), incoming };
    const told = { kind: 'data', value: market.book, backfilled: false } as const;
    const { heed, beat, watch$ } = signsOfLife(
      { topic, isBehind$: behind(market, context) },
      context,
    );
    const { state$, take } = liveBook(market, context);
    let goodAt = 0;
    const takeFrame = (text: string, at: number): void => {
      beat(at);
      const isTold = take(text);
      if (meter.countsMessages()) {
        const time = isTold ? market.book.time : undefined;
        // Written out: to spread what is the same each time takes longer than to read the frame.
        meter.message({ channel: 'orderBooks', pair, time, at });
      }
      if (!isTold) return;
      goodAt = at;
      tell(told);
    };
    const book$ = channels.channel$(topic, takeFrame).pipe(
      tap(heed),
      switchMap((event) => {
        if (event.type === 'live') return state$;
        market.book.clear();
        return event.type === 'down' ? of(event.cause) : EMPTY;
      }),
      tap((state) => {
        if (state === market.book) goodAt = scheduler.now();
      }),
      withGaps(() => goodAt),
      meterGaps({ channel: 'orderBooks', pair }, context),
      withStatus(status, 'orderBooks', ({ kind }) => kind !== 'gap'),
      tap(({ kind }) => {
        if (kind === 'data') liveBooks.set(pair, market.book);
        if (kind === 'gap') liveBooks.delete(pair);
      }),
      finalize(() => liveBooks.delete(pair)),
    );
    return merge(book$, watch$);
  });

/** The live book of each pair; shared by all who ask for the pair. */
export const orderBooks = (
  context: Context,
  rules$: Observable<TradingRules>,
): MarketStream<OrderBook> => {
  const incoming = new DiffBuffer();
  return marketStream((pair) =>
    shareLive((tell) =>
      ruleOf(rules$, pair).pipe(mergeMap((rule) => bookOf({ rule, incoming, tell }, context))),
    ),
  );
};
