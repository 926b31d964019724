/**
 * A market maker trades with an exchange in another process, while connections end in every way that the
 * emulator knows, one after the other, and the exchange's process stands still now and then. In the end the
 * exchange's books and the client's are compared to the last digit, and what the client holds with what it
 * held at first.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { asyncScheduler, lastValueFrom, merge } from 'rxjs';
import { binance } from 'rxchange/binance';
import { keepBooks } from '../../dist/esm/cli/books.js';
import { marketMaker } from '../../dist/esm/cli/market-maker.js';
import { reconcile } from '../../dist/esm/cli/reconciliation.js';
import { countBy } from './count-by.mjs';
import { held } from './memory.mjs';
import { startExchange } from './remote-exchange.mjs';
import { until } from './until.mjs';

/** How far apart disruptions are, in ms, and how many of them come between two times that nothing moves. */
const EVERY = 2_000;
const FREEZE_AFTER = 15;
/** How long the exchange's process stands still, in ms: shorter and longer than any patience of the client. */
const FREEZES = [1_000, 8_000, 25_000];
/** How long the client trades before its memory is looked at, in ms. */
const WARM_UP = 20_000;
/** How long the client may take to know everything after the last fault, in ms. */
const SETTLE = 150_000;
/** How much more the heap may hold in the end, in bytes: compiled code, and no order more. */
const GROWTH = 3_000_000;

/** Disrupts the exchange until a time; tells how often it stood still. */
const disruptUntil = async (exchange, end) => {
  let freezes = 0;
  for (let turn = 1; Date.now() < end; turn += 1) {
    await sleep(EVERY);
    await exchange.disrupt();
    if (turn % FREEZE_AFTER !== 0) continue;
    exchange.freeze();
    await sleep(FREEZES[freezes++ % FREEZES.length]);
    exchange.thaw();
  }
  await exchange.heal();
  return freezes;
};

const textOf = (levels) => levels.map(([price, amount]) => `${Number(price)} ${Number(amount)}`);

/** Whether the book is the exchange's, at a moment at which both stand at the same update. */
const bookDiffers = async (exchange, book) => {
  const { depth } = await exchange.truth();
  if (depth.updateId !== book().updateId) return undefined;
  const { bids, asks } = book().snapshot();
  const [ours, theirs] = [
    [textOf(bids), textOf(asks)],
    [textOf(depth.bids), textOf(depth.asks)],
  ];
  return JSON.stringify(ours) !== JSON.stringify(theirs);
};

export const soak = async ({ minutes = 10, seed = 7 } = {}) => {
  const exchange = await startExchange({ seed, every: EVERY });
  const client = binance({ domain: exchange.domain, credentials: exchange.credentials });
  const books = keepBooks(client);
  let latest;
  const kept = merge(books.kept$, client.connect()).subscribe();
  kept.add(client.orderBook$('BTC-USDT').subscribe((book) => (latest = book)));
  const trading = marketMaker(client, {
    pair: 'BTC-USDT',
    distance: 0.0001,
    value: 500,
    scheduler: asyncScheduler,
  }).subscribe();

  const end = Date.now() + minutes * 60_000;
  await sleep(WARM_UP);
  const atFirst = await held();
  const freezes = await disruptUntil(exchange, end);
  trading.unsubscribe();
  const results = await lastValueFrom(client.cancelAll({ timeout: SETTLE }));
  const differences = await until(
    async () => reconcile(books, await exchange.truth()),
    (found) => found.length === 0,
    SETTLE,
  );
  const isBookWrong = await until(
    () => bookDiffers(exchange, () => latest),
    (found) => found !== undefined,
    SETTLE,
  );
  const { violations, kinds, disruptions } = await exchange.truth();
  const [orders, fills] = [books.orders.size, books.fills.length];
  const errors = Object.fromEntries(countBy(books.errors.map(({ kind }) => kind)));
  books.orders.clear();
  books.fills.length = books.errors.length = 0;
  // Finished orders stay for half a minute.
  await sleep(35_000);
  const atLast = await held();
  kept.unsubscribe();
  await sleep(1_000);
  const { handles: left } = await held();
  exchange.kill();

  const sockets = Object.keys(left).filter((kind) => /TCP|TLS|Timeout/.test(kind));
  const failures = {
    differences,
    'book differs': isBookWrong !== false,
    'limits broken': violations,
    'heap grew by': atLast.heap - atFirst.heap,
    'left after the last unsubscribe': sockets,
  };
  return {
    result: {
      minutes,
      'kinds of disruption': kinds,
      disruptions,
      'times the exchange stood still': freezes,
      orders,
      fills,
      errors,
      'cancelled in the end': Object.fromEntries(countBy(results.map(({ outcome }) => outcome))),
      'held at first': atFirst,
      'held in the end': atLast,
      'held after the last unsubscribe': left,
      ...failures,
    },
    passed:
      differences.length === 0 &&
      isBookWrong === false &&
      Object.keys(violations).length === 0 &&
      atLast.heap - atFirst.heap < GROWTH &&
      sockets.length === 0,
  };
};
