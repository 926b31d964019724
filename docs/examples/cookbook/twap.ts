import { Decimal } from 'rxchange';
import { binance } from 'rxchange/binance';
import { concatMap, last, scan, take, timer } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const nothing = { amount: new Decimal(0), cost: new Decimal(0) };

timer(0, 60_000)
  .pipe(
    take(10), // ten parts, a minute apart
    concatMap(() =>
      exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.05' }).pipe(last()),
    ),
    scan(
      ({ amount, cost }, { executedAmount, executedQuote }) => ({
        amount: amount.plus(executedAmount),
        cost: cost.plus(executedQuote),
      }),
      nothing,
    ),
  )
  .subscribe({
    next: ({ amount, cost }) => console.log(amount.toFixed(), 'at', cost.div(amount).toFixed(2)),
    error: console.error,
  });
