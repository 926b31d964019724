import { binance } from 'rxchange/binance';
import { midPrice, movedBy } from 'rxchange/operators';
import {
  combineLatest,
  concat,
  connect,
  defer,
  filter,
  map,
  switchMap,
  take,
  takeUntil,
} from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const mid$ = exchange.orderBook$('BTC-USDT').pipe(midPrice());

const worth$ = combineLatest([exchange.balances$, mid$]).pipe(
  map(([balances, mid]) => {
    const total = (asset: string) => balances.get(asset)?.total.toNumber() ?? 0;
    return total('USDT') + total('BTC') * mid;
  }),
);
const isTooLow$ = worth$.pipe(
  connect((now$) =>
    now$.pipe(
      take(1),
      switchMap((first) => now$.pipe(filter((now) => now < first - 500))),
    ),
  ),
);
const bids$ = mid$.pipe(
  movedBy({ relative: 0.0005 }),
  switchMap((mid) =>
    exchange.buy(
      { pair: 'BTC-USDT', type: 'limit', price: (mid * 0.999).toFixed(2), amount: '0.002' },
      { cancelOnUnsubscribe: true },
    ),
  ),
);

concat(
  bids$.pipe(takeUntil(isTooLow$)),
  defer(() => exchange.cancelAll()), // whatever else is open
).subscribe({
  next: (told) => console.log('state' in told ? told.state : 'stopped'),
  error: console.error,
});
