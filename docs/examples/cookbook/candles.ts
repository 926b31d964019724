import { binance } from 'rxchange/binance';
import { candlesByTime } from 'rxchange/operators';
import { filter } from 'rxjs';

binance()
  .trades$('BTC-USDT')
  .pipe(
    candlesByTime(60_000),
    filter(({ isPartial }) => !isPartial), // the first began before we came
  )
  .subscribe(({ openTime, open, high, low, close, volume }) => {
    const values = [open, high, low, close, volume].map((value) => value.toFixed());
    console.log(new Date(openTime).toISOString(), ...values);
  });
