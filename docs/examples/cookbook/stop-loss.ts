import { binance } from 'rxchange/binance';
import { midPrice, placeWhen } from 'rxchange/operators';
import { map } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const isLow$ = exchange.orderBook$('BTC-USDT').pipe(
  midPrice(),
  map((price) => price < 63_000),
);

placeWhen(isLow$, () =>
  exchange.sell({ pair: 'BTC-USDT', type: 'market', amount: '0.1' }),
).subscribe({
  next: ({ state, averagePrice }) => console.log(state, averagePrice?.toFixed()),
  error: console.error,
});
