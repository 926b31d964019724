import {
  asyncScheduler,
  first,
  fromEvent,
  ignoreElements,
  interval,
  lastValueFrom,
  map,
  merge,
  of,
  sampleTime,
  takeUntil,
  tap,
  timeout,
  timer,
  type Observable,
} from 'rxjs';
import { binance } from '../binance.js';
import type { Connector } from '../connector/connector.js';
import type { TradingPair } from '../core/trading-pair.js';
import { emulator, type Venue } from '../emulator/index.js';
import { keepBooks, type Books } from './books.js';
import { marketMaker } from './market-maker.js';
import { reconcile, type Difference } from './reconciliation.js';
import { closingStatement, liveLine } from './statement.js';

/** What the demonstration does. */
export interface DemoOptions {
  /** How long it trades. */
  readonly seconds: number;
  readonly seed: number;
  readonly pair: TradingPair;
  /** Breaks every socket this often, in seconds; 0 for never. */
  readonly disconnectEvery: number;
  /** Shows the line that stands for the present moment. */
  readonly showLine: (text: string) => void;
  readonly print: (text: string) => void;
}

const SECOND = 1_000;
const scheduler = asyncScheduler;

/** A second Ctrl-C finds nobody listening, and ends the process at once. */
const interrupted$ = (): Observable<unknown> =>
  merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM'));

const trade = (
  exchange: Connector,
  books: Books,
  { pair, showLine }: DemoOptions,
): Observable<never> => {
  const startedAt = scheduler.now();
  return merge(
    marketMaker(exchange, { pair, distance: 0.00015, value: 500, scheduler }),
    exchange.orderBook$(pair).pipe(
      sampleTime(SECOND, scheduler),
      tap((book) => {
        const seconds = Math.round((scheduler.now() - startedAt) / SECOND);
        showLine(liveLine(books, book, seconds));
      }),
    ),
  ).pipe(ignoreElements());
};

/** The differences once there are none, or those that remain after 5 s. */
const settled = (books: Books, venue: Venue): Promise<readonly Difference[]> =>
  lastValueFrom(
    merge(of(0), interval(50, scheduler)).pipe(
      map(() => reconcile(books, venue)),
      first((differences) => differences.length === 0),
      timeout({ first: 5 * SECOND, scheduler, with: () => of(reconcile(books, venue)) }),
    ),
  );

/**
 * Trades on an emulated exchange of its own, cancels everything, and compares the client's books with
 * the exchange's. Says whether they agree.
 */
export const runDemo = async (options: DemoOptions): Promise<boolean> => {
  const { seed, seconds, pair, disconnectEvery, print } = options;
  const venue = await emulator({ seed }).listen();
  const exchange = binance({ domain: venue.domain, credentials: venue.credentials });
  const books = keepBooks(exchange);
  const kept = books.kept$.subscribe();
  const faults$ =
    disconnectEvery === 0
      ? of()
      : interval(disconnectEvery * SECOND, scheduler).pipe(tap(() => venue.control.disconnect()));
  print(`A market maker quotes ${pair} for ${seconds} s on an exchange at ${venue.domain.rest}`);
  try {
    await lastValueFrom(
      merge(trade(exchange, books, options), faults$, exchange.connect()).pipe(
        ignoreElements(),
        takeUntil(merge(timer(seconds * SECOND, scheduler), interrupted$())),
      ),
      { defaultValue: undefined },
    );
    await lastValueFrom(exchange.cancelAll({ timeout: 10 * SECOND }));
    const differences = await settled(books, venue);
    print(closingStatement(books, pair, differences));
    return differences.length === 0;
  } finally {
    kept.unsubscribe();
    await venue.close();
  }
};
