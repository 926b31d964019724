import { ignoreElements, lastValueFrom, merge, takeUntil, type Observable } from 'rxjs';
import { binance } from '../binance.js';
import type { Connector } from '../connector/connector.js';
import { emulator } from '../emulator/index.js';
import { keepBooks, type Books } from './books.js';
import { marketMaker } from './market-maker.js';
import { reconcile } from './reconciliation.js';
import { breaks$, ending$, scheduler, settled, showing, type DemoOptions } from './session.js';
import { closingStatement, liveLine } from './statement.js';

const trade = (exchange: Connector, books: Books, options: DemoOptions): Observable<never> => {
  const { pair } = options;
  return merge(
    marketMaker(exchange, { pair, distance: 0.00015, value: 500, scheduler }),
    exchange
      .orderBook$(pair)
      .pipe(showing(options, (book, seconds) => liveLine(books, book, seconds))),
  ).pipe(ignoreElements());
};

/**
 * Trades on an emulated exchange of its own, cancels everything, and compares the client's books with
 * the exchange's. Says whether they agree.
 */
export const runDemo = async (options: DemoOptions): Promise<boolean> => {
  const { seed, seconds, pair, print } = options;
  const venue = await emulator({ seed }).listen();
  const exchange = binance({ domain: venue.domain, credentials: venue.credentials });
  const books = keepBooks(exchange);
  const kept = books.kept$.subscribe();
  print(`A market maker quotes ${pair} for ${seconds} s on an exchange at ${venue.domain.rest}`);
  try {
    await lastValueFrom(
      merge(
        trade(exchange, books, options),
        breaks$(options, venue.control.disconnect),
        exchange.connect(),
      ).pipe(ignoreElements(), takeUntil(ending$(options))),
      { defaultValue: undefined },
    );
    await lastValueFrom(exchange.cancelAll({ timeout: 10_000 }));
    const differences = await settled(() => reconcile(books, venue));
    print(closingStatement(books, pair, differences));
    return differences.length === 0;
  } finally {
    kept.unsubscribe();
    await venue.close();
  }
};
