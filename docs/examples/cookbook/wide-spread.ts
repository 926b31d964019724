import { binance } from 'rxchange/binance';
import { spread } from 'rxchange/operators';
import { distinctUntilChanged, map } from 'rxjs';

binance()
  .orderBook$('BTC-USDT')
  .pipe(
    spread({ relative: true }), // 0.0001 is a basis point
    map((width) => width > 0.0005),
    distinctUntilChanged(),
  )
  .subscribe((isWide) => console.log(isWide ? 'wide' : 'narrow'));
