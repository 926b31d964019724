import { binance } from 'rxchange/binance';
import { midPrice, volatility } from 'rxchange/operators';
import { auditTime, map, merge, sampleTime, share, switchMap, withLatestFrom } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const quote = (price: number) =>
  ({ pair: 'BTC-USDT', type: 'limit', price: price.toFixed(2), amount: '0.002' }) as const;

const mid$ = exchange.orderBook$('BTC-USDT').pipe(midPrice(), sampleTime(1_000), share());
const halfWidth$ = mid$.pipe(
  volatility({ ms: 60_000 }), // as a fraction of the price, for a minute
  map((inAMinute) => Math.max(0.0005, 2 * inAMinute)),
);

mid$
  .pipe(
    withLatestFrom(halfWidth$),
    auditTime(5_000),
    switchMap(([mid, halfWidth]) =>
      merge(
        exchange.buy(quote(mid * (1 - halfWidth)), { cancelOnUnsubscribe: true }),
        exchange.sell(quote(mid * (1 + halfWidth)), { cancelOnUnsubscribe: true }),
      ),
    ),
  )
  .subscribe({
    next: ({ side, state, price }) => console.log(side, state, price?.toFixed()),
    error: console.error,
  });
