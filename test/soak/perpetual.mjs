/**
 * A client trades perpetuals in hedge mode at an exchange in another process, over real sockets that all break every
 * 10 s, while leverage changes, funding is paid and listen keys run out. In the end everything that
 * the client was told has to be what the exchange's own books say, to the last digit.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  catchError,
  concat,
  EMPTY,
  ignoreElements,
  interval,
  lastValueFrom,
  merge,
  mergeMap,
  tap,
} from 'rxjs';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { keepPerpetualBooks } from '../../dist/esm/cli/books.js';
import { realizedOf, reconcilePerpetual } from '../../dist/esm/cli/perpetual-reconciliation.js';
import { compare } from '../../dist/esm/cli/reconciliation.js';
import { countBy } from './count-by.mjs';
import { held } from './memory.mjs';
import { startPerpetualExchange } from './remote-exchange.mjs';
import { until } from './until.mjs';

const PAIR = 'BTC-USDT';
const SYMBOL = 'BTCUSDT';
/** In ms. */
const FUNDING_INTERVAL = 10_000;
const BREAK_EVERY = 10_000;
const TRADE_EVERY = 250;
const LEVERAGE_LASTS = 7_000;
/** After how many breaks listen keys run out, too. */
const EXPIRE_TURN = 3;
/** How long the client may take to know everything after the last fault, in ms. */
const SETTLE = 60_000;

const pick = (values) => values[Math.floor(Math.random() * values.length)];
const survived = catchError(() => EMPTY);

/** Takes, or rests near the touch for a while, opening or closing either side. */
const trade = (client, book) => {
  const side = pick(['buy', 'sell']);
  const order = {
    pair: PAIR,
    amount: pick(['0.002', '0.003', '0.005']),
    positionAction: pick(['open', 'open', 'close']),
  };
  const { bestBid, bestAsk } = book();
  const { price } = side === 'buy' ? bestBid : bestAsk;
  return Math.random() < 0.6 || !(price > 0)
    ? client[side]({ ...order, type: 'market' })
    : client[side]({ ...order, type: 'limit_maker', price });
};

/** What the streams of settings and funding told last. */
const keepSettings = (client) => {
  const latest = {};
  const kept$ = merge(
    client.leverage$(PAIR).pipe(tap((leverage) => (latest.leverage = leverage))),
    client.positionMode$.pipe(tap((mode) => (latest.mode = mode))),
    client.fundingInfo$(PAIR).pipe(tap((info) => (latest.info = info))),
    client.orderBook$(PAIR).pipe(tap((book) => (latest.book = book))),
  ).pipe(ignoreElements());
  return { latest, kept$ };
};

const settingsOf = ({ leverage, mode, info }) =>
  new Map([
    ['leverage', `${leverage}`],
    ['position mode', `${mode}`],
    ['mark price', info?.markPrice.toFixed()],
    ['funding rate', info?.rate.toFixed()],
    ['next funding', `${info?.nextFundingTime}`],
  ]);

const settingsAt = ({ leverage, mode, terms: { markPrice, fundingRate: rate, nextFundingTime } }) =>
  settingsOf({ leverage, mode, info: { markPrice, rate, nextFundingTime } });

const differencesOf = (books, latest, truth) => [
  ...reconcilePerpetual(books, truth),
  ...compare(settingsOf(latest), settingsAt(truth)),
];

const positionText = (positions) =>
  positions
    .map(({ side, amount, entryPrice }) => `${side} ${amount.toFixed()} @ ${entryPrice.toFixed()}`)
    .sort()
    .join(', ');

/** Both sides of everything that was compared. */
const tableOf = (books, latest, truth) => {
  const { free, locked } = truth.balances().get('USDT');
  const { total, available } = books.balances().get('USDT') ?? {};
  const placed = [...books.orders.values()].filter(({ state }) => state !== 'failed');
  const rows = [
    ['orders', placed.length, truth.orders().length],
    ['fills', books.fills.length, truth.trades().length],
    ['funding payments', books.payments.length, truth.fundingPayments().length],
    ['realized profit', realizedOf(books.fills).toFixed(), truth.realizedPnl().toFixed()],
    ['wallet', total?.toFixed(), free.plus(locked).toFixed()],
    ['available', available?.toFixed(), free.toFixed()],
    ['positions', positionText([...books.positions().values()]), positionText(truth.positions())],
  ];
  const settings = settingsAt(truth);
  for (const [what, client] of settingsOf(latest)) rows.push([what, client, settings.get(what)]);
  return Object.fromEntries(rows.map(([what, client, exchange]) => [what, { client, exchange }]));
};

/** Breaks every socket so many times, and lets listen keys run out in between. */
const breakTimes = async (exchange, times) => {
  for (let turn = 1; turn <= times; turn += 1) {
    await sleep(BREAK_EVERY);
    await exchange.disconnect();
    if (turn % EXPIRE_TURN === 0) await exchange.expire();
  }
};

export const soak = async ({ seconds = 60, seed = 7 } = {}) => {
  const options = { seed, fundingInterval: FUNDING_INTERVAL, symbol: SYMBOL };
  const exchange = await startPerpetualExchange(options);
  const client = binancePerpetual({ domain: exchange.domain, credentials: exchange.credentials });
  const books = keepPerpetualBooks(client);
  const { latest, kept$ } = keepSettings(client);
  const kept = merge(books.kept$, kept$, client.connect()).subscribe();
  await lastValueFrom(concat(client.setPositionMode('hedge'), client.setLeverage(PAIR, 10)));

  const trading = merge(
    interval(TRADE_EVERY).pipe(
      mergeMap(() =>
        latest.book === undefined ? EMPTY : trade(client, () => latest.book).pipe(survived),
      ),
    ),
    interval(LEVERAGE_LASTS).pipe(
      mergeMap(() => client.setLeverage(PAIR, pick([5, 10, 20, 50])).pipe(survived)),
    ),
  ).subscribe();
  const times = Math.floor((seconds * 1_000) / BREAK_EVERY);
  await breakTimes(exchange, times);
  await sleep(seconds * 1_000 - times * BREAK_EVERY);
  trading.unsubscribe();
  await exchange.calm();
  await lastValueFrom(client.cancelAll({ timeout: SETTLE }));
  const { truth, differences } = await until(
    async () => {
      const now = await exchange.truth();
      return { truth: now, differences: differencesOf(books, latest, now) };
    },
    (found) => found.differences.length === 0,
    SETTLE,
  );
  console.table(tableOf(books, latest, truth));
  const states = Object.fromEntries(countBy([...books.orders.values()].map(({ state }) => state)));
  kept.unsubscribe();
  await sleep(1_000);
  const { handles } = await held();
  exchange.kill();

  const left = Object.keys(handles).filter((kind) => /TCP|TLS|Timeout/.test(kind));
  return {
    result: {
      seconds,
      'times all sockets broke': truth.broken,
      orders: states,
      errors: Object.fromEntries(countBy(books.errors.map(({ kind }) => kind))),
      differences,
      'limits broken': truth.violations,
      'left after the last unsubscribe': left,
    },
    passed:
      differences.length === 0 &&
      Object.keys(truth.violations).length === 0 &&
      left.length === 0 &&
      books.fills.length > 0 &&
      books.payments.length > 0,
  };
};
