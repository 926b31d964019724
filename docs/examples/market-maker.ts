import type { OrderRequest } from 'rxchange';
import { binance } from 'rxchange/binance';
import { midPrice } from 'rxchange/operators';
import { auditTime, distinctUntilChanged, map, merge, switchMap } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const quote = (price: number): OrderRequest => ({
  pair: 'BTC-USDT',
  type: 'limit',
  price: price.toFixed(2),
  amount: '0.002',
});
const quotesAround = (price: number) => ({ bid: quote(price * 0.999), ask: quote(price * 1.001) });
type Quotes = ReturnType<typeof quotesAround>;
const sameQuotes = (a: Quotes, b: Quotes) =>
  a.bid.price === b.bid.price && a.ask.price === b.ask.price;

exchange
  .orderBook$('BTC-USDT')
  .pipe(
    midPrice(), // out of the book, which changes while we wait
    auditTime(1_000),
    map(quotesAround),
    distinctUntilChanged(sameQuotes),
    switchMap(({ bid, ask }) =>
      merge(
        // a new quote unsubscribes the old pair…
        exchange.buy(bid, { cancelOnUnsubscribe: true }),
        exchange.sell(ask, { cancelOnUnsubscribe: true }), // …which cancels it
      ),
    ),
  )
  .subscribe({ error: console.error }); // an order that fails ends it all, and cancels the other
