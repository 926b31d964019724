import { Decimal } from 'rxchange';
import { binance } from 'rxchange/binance';
import { midPrice } from 'rxchange/operators';
import { endWith, filter, ignoreElements, merge, mergeMap, take, takeUntil } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const pair = 'BTC-USDT';
const amount = new Decimal('0.1');

const profit$ = exchange.sell({ pair, type: 'limit', price: '65000', amount });
const isOver$ = profit$.pipe(ignoreElements(), endWith(true));
const isLow$ = exchange.orderBook$(pair).pipe(
  midPrice(),
  filter((price) => price < 63_000),
  take(1),
  takeUntil(isOver$), // once the profit is taken, nothing is to be stopped
);
const stop$ = profit$.pipe(
  take(1), // tells its id
  mergeMap(({ clientOrderId }) => isLow$.pipe(mergeMap(() => exchange.cancel(clientOrderId)))),
  filter(({ outcome }) => outcome === 'canceled'),
  mergeMap(({ order }) => {
    const rest = amount.minus(order?.executedAmount ?? 0);
    return exchange.sell({ pair, type: 'market', amount: rest });
  }),
);

merge(profit$, stop$).subscribe({
  next: ({ type, state, executedAmount }) => console.log(type, state, executedAmount.toFixed()),
  error: console.error,
});
