import {
  asyncScheduler,
  first,
  ignoreElements,
  interval,
  lastValueFrom,
  map,
  merge,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { binance } from '../../src/binance.js';
import { keepBooks } from '../../src/cli/books.js';
import { marketMaker } from '../../src/cli/market-maker.js';
import { reconcile } from '../../src/cli/reconciliation.js';
import { emulator } from '../../src/emulator/index.js';
import { isDone } from '../../src/orders/in-flight-order.js';

const SECONDS = 5;

describe('a market maker over real sockets', () => {
  it('knows every order, fill and balance to the last digit, though every socket breaks every second', async () => {
    const venue = await emulator({ seed: 7 }).listen();
    const exchange = binance({ domain: venue.domain, credentials: venue.credentials });
    const books = keepBooks(exchange);
    const kept = books.kept$.subscribe();
    const quotes$ = marketMaker(exchange, {
      pair: 'BTC-USDT',
      distance: 0.0001,
      value: 500,
      scheduler: asyncScheduler,
    });
    const faults$ = interval(1_000).pipe(tap(() => venue.control.disconnect()));
    await lastValueFrom(
      merge(quotes$, faults$).pipe(ignoreElements(), takeUntil(timer(SECONDS * 1_000))),
      { defaultValue: undefined },
    );
    const results = await lastValueFrom(exchange.cancelAll());
    const differences = await lastValueFrom(
      interval(50).pipe(
        map(() => reconcile(books, venue)),
        first((found, times) => found.length === 0 || times > 100),
      ),
    );
    kept.unsubscribe();
    await venue.close();

    expect(differences).toEqual([]);
    expect(results.every(({ outcome }) => outcome === 'canceled' || outcome === 'filled')).toBe(
      true,
    );
    expect([...books.orders.values()].filter((order) => !isDone(order))).toEqual([]);
    // The test would prove nothing where nothing had happened.
    expect(books.orders.size).toBeGreaterThan(2);
    expect(books.fills.length).toBeGreaterThan(0);
    expect(books.errors.map(({ kind }) => kind)).toContain('network');
    expect(books.errors.filter(({ retryable }) => !retryable)).toEqual([]);
  });
});
