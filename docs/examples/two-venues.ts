import { binance } from 'rxchange/binance';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { combineLatest, filter, map } from 'rxjs';

const minEdge = 5; // USDT

combineLatest([binance().orderBook$('BTC-USDT'), binancePerpetual().orderBook$('BTC-USDT')])
  .pipe(
    map(([spot, perpetual]) => perpetual.bestBid.price - spot.bestAsk.price),
    filter((edge) => edge > minEdge), // never where a side is empty: its price is NaN
  )
  .subscribe((edge) => console.log('edge', edge.toFixed(2)));
