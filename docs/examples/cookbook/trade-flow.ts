import { binance } from 'rxchange/binance';
import { tradeFlow } from 'rxchange/operators';
import { distinctUntilChanged, filter, map } from 'rxjs';

binance()
  .trades$('BTC-USDT')
  .pipe(
    tradeFlow({ ms: 30_000 }),
    filter(({ trades }) => trades >= 10), // of a few trades no flow can be told
    map(({ netVolume, buyVolume, sellVolume }) =>
      netVolume.div(buyVolume.plus(sellVolume)).toNumber(),
    ),
    map((pressure) => (pressure > 0.5 ? 'buyers' : pressure < -0.5 ? 'sellers' : 'nobody')),
    distinctUntilChanged(),
  )
  .subscribe((who) => console.log('pressing:', who));
