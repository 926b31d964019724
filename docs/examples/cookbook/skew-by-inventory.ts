import { binance } from 'rxchange/binance';
import { midPrice, movedBy } from 'rxchange/operators';
import { combineLatest, distinctUntilChanged, map, merge, switchMap } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const target = 2; // BTC
const quote = (price: number) =>
  ({ pair: 'BTC-USDT', type: 'limit', price: price.toFixed(2), amount: '0.01' }) as const;

const held$ = exchange.balances$.pipe(
  map((balances) => balances.get('BTC')?.total.toNumber() ?? 0),
  distinctUntilChanged(),
);

combineLatest([exchange.orderBook$('BTC-USDT').pipe(midPrice()), held$])
  .pipe(
    map(([mid, held]) => mid * (1 - 0.01 * (held - target))), // too much of it: both quotes lower
    movedBy({ relative: 0.0005 }),
    switchMap((center) =>
      merge(
        exchange.buy(quote(center * 0.999), { cancelOnUnsubscribe: true }),
        exchange.sell(quote(center * 1.001), { cancelOnUnsubscribe: true }),
      ),
    ),
  )
  .subscribe({
    next: ({ side, state, price }) => console.log(side, state, price?.toFixed()),
    error: console.error,
  });
