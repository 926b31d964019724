/**
 * A market maker trades while connections end in every way that the emulator knows, one after the
 * other. In the end the exchange's books and the client's are compared to the last digit.
 */
import { setTimeout } from 'node:timers';
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
import { binance } from 'rxchange/binance';
import { emulator } from 'rxchange/emulator';
import { keepBooks } from '../../dist/esm/cli/books.js';
import { marketMaker } from '../../dist/esm/cli/market-maker.js';
import { reconcile } from '../../dist/esm/cli/reconciliation.js';
import { countBy } from './count-by.mjs';

/** How long the client may take to know everything after the last fault, in ms. */
const SETTLE = 90_000;
/** Long enough for the client to find out by itself, in ms. */
const MUTE = 60_000;

/** Every way in which a connection or a request goes wrong; some are taken back by their second half. */
const disruptions = ({ control }) => [
  ['broken market socket', () => control.disconnect('streams')],
  ['broken account socket', () => control.disconnect('user')],
  ['all sockets broken', () => control.disconnect()],
  ['end after 24 hours, market', () => control.endConnections('streams')],
  ['end after 24 hours, account', () => control.endConnections('user')],
  ['shutdown announced, then done', () => control.shutdownNotice(), () => control.endConnections()],
  ['subscription ended', () => control.endSubscriptions()],
  [
    'mute market socket',
    () => control.silence(true, 'streams'),
    () => control.silence(false, 'streams'),
    MUTE,
  ],
  [
    'mute account socket',
    () => control.silence(true, 'user'),
    () => control.silence(false, 'user'),
    MUTE,
  ],
  ['maintenance', () => control.maintenance(true), () => control.maintenance(false)],
  ['clock ahead', () => control.clockAhead(4_000), () => control.clockAhead(0)],
  ['clock behind', () => control.clockAhead(-4_000), () => control.clockAhead(0)],
  [
    'user events late',
    () => control.userEvents('after', 1_500),
    () => control.userEvents('before'),
  ],
  ['user events twice', () => control.repeatUserEvents(2), () => control.repeatUserEvents(1)],
  ...['5xx', '-1006', '-1007', 'html', 'reset', 'timeout'].flatMap((answer) =>
    ['none', 'done'].flatMap((effect) =>
      ['POST', 'DELETE', 'GET'].map((method) => [
        `${method} answered by ${answer}, effect ${effect}`,
        () => control.failNext({ method, answer, effect }),
      ]),
    ),
  ),
];

export const soak = async ({ seconds = 600, seed = 7 } = {}) => {
  const venue = await emulator({ seed }).listen();
  const exchange = binance({ domain: venue.domain, credentials: venue.credentials });
  const books = keepBooks(exchange);
  const kept = merge(books.kept$, exchange.connect()).subscribe();
  const quotes$ = marketMaker(exchange, {
    pair: 'BTC-USDT',
    distance: 0.0001,
    value: 500,
    scheduler: asyncScheduler,
  });
  const all = disruptions(venue);
  const every = Math.min(5_000, (seconds * 1_000) / all.length);
  const disruptions$ = interval(every).pipe(
    tap((count) => {
      const [, begin, end, lasts] = all[count % all.length];
      begin();
      if (end !== undefined) setTimeout(end, lasts ?? 0.8 * every);
    }),
  );
  await lastValueFrom(
    merge(quotes$, disruptions$).pipe(ignoreElements(), takeUntil(timer(seconds * 1_000))),
    { defaultValue: undefined },
  );
  await lastValueFrom(timer(every));
  const results = await lastValueFrom(exchange.cancelAll({ timeout: SETTLE }));
  const differences = await lastValueFrom(
    interval(200).pipe(
      map(() => reconcile(books, venue)),
      first((found, times) => found.length === 0 || times * 200 > SETTLE),
    ),
  );
  const violations = venue.control.violations();
  kept.unsubscribe();
  await venue.close();
  const result = {
    seconds,
    'kinds of disruption': all.length,
    disruptions: Math.floor((seconds * 1_000) / every),
    orders: books.orders.size,
    fills: books.fills.length,
    errors: Object.fromEntries(countBy(books.errors.map(({ kind }) => kind))),
    'cancelled in the end': Object.fromEntries(countBy(results.map(({ outcome }) => outcome))),
    differences,
    'limits broken': violations,
  };
  return { result, passed: differences.length === 0 && Object.keys(violations).length === 0 };
};
