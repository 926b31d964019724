import { Decimal } from 'rxchange';
import { binance } from 'rxchange/binance';
import { midPrice } from 'rxchange/operators';
import { combineLatest, map, sampleTime, scan } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

const feeIn = (asset: string, fee: { asset: string; amount: Decimal }) =>
  fee.asset === asset ? fee.amount : new Decimal(0);

// what trading has brought and cost of each asset, from here on
const traded$ = exchange.fills$.pipe(
  scan(
    ({ base, quote }, { side, amount, quoteAmount, fee }) => ({
      base: (side === 'buy' ? base.plus(amount) : base.minus(amount)).minus(feeIn('BTC', fee)),
      quote: (side === 'buy' ? quote.minus(quoteAmount) : quote.plus(quoteAmount)).minus(
        feeIn('USDT', fee),
      ),
    }),
    { base: new Decimal(0), quote: new Decimal(0) },
  ),
);

combineLatest([traded$, exchange.orderBook$('BTC-USDT').pipe(midPrice())])
  .pipe(
    sampleTime(1_000),
    map(([{ base, quote }, mid]) => quote.plus(base.times(new Decimal(mid)))),
  )
  .subscribe((profit) => console.log('profit', profit.toFixed(2), 'USDT'));
