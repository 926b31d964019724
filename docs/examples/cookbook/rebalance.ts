import { binance } from 'rxchange/binance';
import { midPrice } from 'rxchange/operators';
import { combineLatest, concatMap, exhaustMap, filter, last, map, take, timer } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const state$ = combineLatest([
  exchange.balances$,
  exchange.orderBook$('BTC-USDT').pipe(midPrice()),
]);

timer(0, 3_600_000) // every hour
  .pipe(
    exhaustMap(() => state$.pipe(take(1))),
    map(([balances, mid]) => {
      const inQuote = balances.get('USDT')?.total.toNumber() ?? 0;
      const inBase = (balances.get('BTC')?.total.toNumber() ?? 0) * mid;
      return (inQuote - inBase) / 2; // what to move into BTC, in USDT
    }),
    filter((excess) => Math.abs(excess) > 100),
    concatMap((excess) =>
      exchange[excess > 0 ? 'buy' : 'sell']({
        pair: 'BTC-USDT',
        type: 'market',
        quoteAmount: Math.abs(excess).toFixed(2),
      }).pipe(last()),
    ),
  )
  .subscribe({
    next: ({ side, executedQuote }) => console.log(side, 'for', executedQuote.toFixed(2)),
    error: console.error,
  });
