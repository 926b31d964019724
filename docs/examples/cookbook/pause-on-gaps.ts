import { binance } from 'rxchange/binance';
import { midPrice, movedBy } from 'rxchange/operators';
import { distinctUntilChanged, EMPTY, map, switchMap, tap } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const bid$ = exchange.orderBook$('BTC-USDT').pipe(
  midPrice(),
  movedBy({ relative: 0.0005 }),
  switchMap((mid) =>
    exchange.buy(
      { pair: 'BTC-USDT', type: 'limit', price: (mid * 0.999).toFixed(2), amount: '0.002' },
      { cancelOnUnsubscribe: true },
    ),
  ),
);

exchange
  .orderBook$('BTC-USDT', { gaps: true })
  .pipe(
    map(({ kind }) => kind !== 'gap'),
    distinctUntilChanged(),
    tap((isWhole) => console.log(isWhole ? 'quoting' : 'paused')),
    switchMap((isWhole) => (isWhole ? bid$ : EMPTY)), // a gap lets go of the bid, which cancels it
  )
  .subscribe({ next: ({ state }) => console.log(state), error: console.error });
