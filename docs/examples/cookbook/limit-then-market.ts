import { Decimal } from 'rxchange';
import { binance } from 'rxchange/binance';
import { cancelAfter, topOfBook } from 'rxchange/operators';
import { EMPTY, filter, last, mergeMap, take } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const pair = 'BTC-USDT';
const wanted = new Decimal('0.05');

exchange
  .orderBook$(pair)
  .pipe(
    topOfBook(),
    filter(({ bid }) => bid.amount > 0), // a side may be empty
    take(1),
    mergeMap(({ bid }) => exchange.buy({ pair, type: 'limit', price: bid.price, amount: wanted })),
    cancelAfter(30_000, exchange), // the story goes on to its end
    last(),
    mergeMap(({ executedAmount }) => {
      console.log('by limit', executedAmount.toFixed());
      const rest = wanted.minus(executedAmount);
      return rest.isZero() ? EMPTY : exchange.buy({ pair, type: 'market', amount: rest });
    }),
  )
  .subscribe({
    next: ({ state, executedAmount }) => console.log('market', state, executedAmount.toFixed()),
    error: console.error,
  });
