import { Decimal } from 'rxchange';
import { binance } from 'rxchange/binance';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { netPositions } from 'rxchange/operators';
import { combineLatest, distinctUntilChanged, map } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const credentials = { apiKey, apiSecret };

combineLatest([
  binance({ credentials }).balances$,
  netPositions({ usdm: binancePerpetual({ credentials }).positions$ }),
])
  .pipe(
    map(([balances, positions]) => {
      const held = balances.get('BTC')?.total ?? new Decimal(0);
      return held.plus(positions.get('BTC-USDT')?.net ?? 0).toFixed();
    }),
    distinctUntilChanged(),
  )
  .subscribe((exposure) => console.log('exposed to', exposure, 'BTC'));
