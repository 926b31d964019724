/**
 * A client that trades at random until it is killed, or settles: it ends what an earlier one began.
 * It says on standard output, one line of JSON each, what its connector told it.
 */
import { writeSync } from 'node:fs';
import {
  catchError,
  EMPTY,
  first,
  interval,
  lastValueFrom,
  map,
  mergeMap,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';
import { binance } from 'rxchange/binance';
import { fileStore } from 'rxchange/store';

const { domain, credentials, journal, settle } = JSON.parse(process.argv[2]);
const exchange = binance({ domain, credentials, store: fileStore(journal) });
const say = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

const tellOrder = ({ clientOrderId, state, fills }) =>
  say({ order: clientOrderId, state, fills: fills.map(({ tradeId }) => tradeId) });

exchange.errors$.subscribe(({ kind, message }) => say({ error: kind, message }));
exchange.orderUpdates$.subscribe(tellOrder);
exchange.fills$.subscribe(({ tradeId, clientOrderId }) =>
  say({ fill: tradeId, of: clientOrderId }),
);

const live = new Map();
exchange.inFlightOrders$.subscribe((orders) => {
  for (const [id, order] of orders) if (!live.has(id)) tellOrder(order);
  live.clear();
  orders.forEach((order, id) => live.set(id, order));
});

/** Takes, rests near the touch, rests far away, or cancels one. */
const act = (book) => {
  const side = Math.random() < 0.5 ? 'buy' : 'sell';
  const away = side === 'buy' ? -1 : 1;
  const order = { pair: 'BTC-USDT', amount: (0.001 + Math.random() * 0.01).toFixed(5) };
  const limit = (distance) =>
    exchange[side]({
      ...order,
      type: 'limit',
      price: (book.midPrice * (1 + away * distance)).toFixed(2),
    });
  const draw = Math.random();
  if (draw < 0.2) return exchange[side]({ ...order, type: 'market' });
  if (draw < 0.5) return limit(0.00002);
  if (draw < 0.6) return limit(0.01);
  const [id] = [...live.keys()].sort(() => Math.random() - 0.5);
  return id === undefined ? EMPTY : exchange.cancel(id);
};

const trading = exchange.connect().pipe(
  first(({ ready }) => ready),
  tap(() => say({ ready: true })),
  switchMap(() => exchange.orderBook$('BTC-USDT').pipe(take(1))),
  mergeMap((book) => interval(12).pipe(map(() => book))),
  mergeMap((book) => act(book).pipe(catchError(() => EMPTY))),
);

if (settle) {
  const session = exchange.connect().subscribe();
  await lastValueFrom(exchange.status$.pipe(first(({ ready }) => ready)));
  await lastValueFrom(exchange.cancelAll());
  await lastValueFrom(exchange.inFlightOrders$.pipe(first((orders) => orders.size === 0)));
  await lastValueFrom(timer(500));
  session.unsubscribe();
  process.exit(0);
}
exchange.orderBook$('BTC-USDT').subscribe();
trading.subscribe();
