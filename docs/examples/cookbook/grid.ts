import type { DecimalInput, Side } from 'rxchange';
import { binance } from 'rxchange/binance';
import { EMPTY, expand, last, merge } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const step = 100;
const ended = (side: Side, price: DecimalInput) =>
  exchange[side]({ pair: 'BTC-USDT', type: 'limit', price, amount: '0.002' }).pipe(last());

merge(ended('buy', 63_900), ended('buy', 63_800), ended('buy', 63_700))
  .pipe(
    // what was filled is answered by an order on the other side, a step away
    expand(({ side, state, price }) => {
      if (state !== 'filled' || price === undefined) return EMPTY;
      return side === 'buy' ? ended('sell', price.plus(step)) : ended('buy', price.minus(step));
    }),
  )
  .subscribe({
    next: ({ side, state, price }) => console.log(side, state, price?.toFixed()),
    error: console.error,
  });
