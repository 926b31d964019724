import { binance } from 'rxchange/binance';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { midPrice } from 'rxchange/operators';
import { combineLatest, distinctUntilChanged, map, sampleTime } from 'rxjs';

combineLatest({
  spot: binance().orderBook$('BTC-USDT').pipe(midPrice()),
  perpetual: binancePerpetual().orderBook$('BTC-USDT').pipe(midPrice()),
})
  .pipe(
    sampleTime(1_000),
    map(({ spot, perpetual }) => ((10_000 * (perpetual - spot)) / spot).toFixed(1)),
    distinctUntilChanged(),
  )
  .subscribe((basis) => console.log('basis', basis, 'bp'));
