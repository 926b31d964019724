import { binance } from 'rxchange/binance';
import { vwapFor } from 'rxchange/operators';
import { exhaustMap, filter, last, take } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

exchange
  .orderBook$('BTC-USDT')
  .pipe(
    vwapFor('asks', 0.5), // what 0.5 BTC cost on average, by the levels that are there
    filter((price) => price < 64_050),
    exhaustMap(() =>
      exchange
        .buy({ pair: 'BTC-USDT', type: 'limit', timeInForce: 'IOC', price: 64_060, amount: '0.5' })
        .pipe(last()),
    ),
    filter(({ executedAmount }) => executedAmount.gt(0)), // others may have been faster
    take(1),
  )
  .subscribe({
    next: ({ executedAmount, averagePrice }) =>
      console.log(executedAmount.toFixed(), 'at', averagePrice?.toFixed(2)),
    error: console.error,
  });
