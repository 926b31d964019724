import { binance } from 'rxchange/binance';
import { distinctUntilChanged, map } from 'rxjs';

const exchange = binance();

exchange.status$
  .pipe(
    map(({ network, parts }) => {
      const waiting = Object.entries(parts).flatMap(([name, { ready, reason }]) =>
        ready ? [] : [`${name} (${reason})`],
      );
      return [network, ...waiting].join(', ');
    }),
    distinctUntilChanged(),
  )
  .subscribe((line) => console.log(line));

exchange.orderBook$('BTC-USDT').subscribe();
