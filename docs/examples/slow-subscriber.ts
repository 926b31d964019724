import { binance } from 'rxchange/binance';
import { midPrice } from 'rxchange/operators';
import { auditTime, bufferTime, concatMap, exhaustMap, filter, timer } from 'rxjs';

const exchange = binance();
const save = (what: string) => {
  console.log(what);
  return timer(500); // a database, say
};

// every trade is kept, in batches that one write can take
exchange
  .trades$('BTC-USDT')
  .pipe(
    bufferTime(1_000),
    filter((trades) => trades.length > 0),
    concatMap((trades) => save(`${trades.length} trades`)),
  )
  .subscribe();

// of prices only the latest matters: those that come during a write are left out
exchange
  .orderBook$('BTC-USDT')
  .pipe(
    midPrice(),
    auditTime(100),
    exhaustMap((price) => save(`price ${price}`)),
  )
  .subscribe();
