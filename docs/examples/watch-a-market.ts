import { binance } from 'rxchange/binance';
import { auditTime, distinctUntilChanged, map } from 'rxjs';

const exchange = binance(); // nothing is connected yet

exchange
  .orderBook$('BTC-USDT') // connects on the first subscription…
  .pipe(
    map((book) => book.midPrice),
    distinctUntilChanged(),
    auditTime(250),
  )
  .subscribe(console.log); // …and disconnects after the last one leaves
