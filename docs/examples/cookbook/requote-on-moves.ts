import { binance } from 'rxchange/binance';
import { midPrice, movedBy } from 'rxchange/operators';
import { merge, switchMap } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const quote = (price: number) =>
  ({ pair: 'BTC-USDT', type: 'limit', price: price.toFixed(2), amount: '0.002' }) as const;

exchange
  .orderBook$('BTC-USDT')
  .pipe(
    midPrice(),
    movedBy({ relative: 0.0005 }), // smaller moves leave the quotes, and their place in the queue
    switchMap((mid) =>
      merge(
        exchange.buy(quote(mid * 0.999), { cancelOnUnsubscribe: true }),
        exchange.sell(quote(mid * 1.001), { cancelOnUnsubscribe: true }),
      ),
    ),
  )
  .subscribe({
    next: ({ side, state, price }) => console.log(side, state, price?.toFixed()),
    error: console.error,
  });
