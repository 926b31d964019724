import { binance } from 'rxchange/binance';
import { midPrice, rolling } from 'rxchange/operators';
import { connect, distinctUntilChanged, map, sampleTime, withLatestFrom } from 'rxjs';

binance()
  .orderBook$('BTC-USDT')
  .pipe(
    midPrice(),
    sampleTime(1_000),
    connect((price$) => price$.pipe(withLatestFrom(price$.pipe(rolling({ ms: 300_000 }))))),
    map(([price, { mean, deviation }]) => {
      if (price > mean + 2 * deviation) return 'above the band';
      return price < mean - 2 * deviation ? 'below the band' : 'in the band';
    }),
    distinctUntilChanged(),
  )
  .subscribe((where) => console.log(where));
