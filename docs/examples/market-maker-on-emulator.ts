import { readFileSync } from 'node:fs';
import type { Domain, OrderRequest } from 'rxchange';
import { binance } from 'rxchange/binance';
import { midPrice } from 'rxchange/operators';
import { auditTime, distinctUntilChanged, map, merge, switchMap } from 'rxjs';

interface Emulator extends Domain {
  readonly apiKey: string;
  readonly apiSecret: string;
}
const printed = readFileSync('emulator.json', 'utf8');
const { apiKey, apiSecret, ...domain } = JSON.parse(printed) as Emulator;
const exchange = binance({ domain, credentials: { apiKey, apiSecret } });

const quote = (price: number): OrderRequest => ({
  pair: 'BTC-USDT',
  type: 'limit',
  price: price.toFixed(2),
  amount: '0.002',
});

exchange
  .orderBook$('BTC-USDT')
  .pipe(
    midPrice(), // out of the book, which changes while we wait
    auditTime(1_000),
    map((mid) => ({ bid: quote(mid * 0.9998), ask: quote(mid * 1.0002) })),
    distinctUntilChanged((a, b) => a.bid.price === b.bid.price && a.ask.price === b.ask.price),
    switchMap(({ bid, ask }) =>
      merge(
        exchange.buy(bid, { cancelOnUnsubscribe: true }),
        exchange.sell(ask, { cancelOnUnsubscribe: true }),
      ),
    ),
  )
  .subscribe({
    next: ({ side, price, state }) => console.log(side, price?.toFixed(), state),
    error: console.error,
  });
