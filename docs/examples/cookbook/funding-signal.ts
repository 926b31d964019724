import { binancePerpetual } from 'rxchange/binance-perpetual';
import { concatMap, distinctUntilChanged, last, map, skipWhile } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const perpetual = binancePerpetual({ credentials: { apiKey, apiSecret } });

const market = { pair: 'BTC-USDT', type: 'market', amount: '0.01' } as const;

perpetual
  .fundingInfo$('BTC-USDT')
  .pipe(
    map(({ rate }) => rate.gt('0.0003')), // longs pay a lot
    distinctUntilChanged(),
    skipWhile((isHigh) => !isHigh), // nothing is to be closed yet
    concatMap((isHigh) =>
      (isHigh
        ? perpetual.sell({ ...market, positionAction: 'open' })
        : perpetual.buy({ ...market, positionAction: 'close' })
      ).pipe(last()),
    ),
  )
  .subscribe({
    next: ({ side, positionAction, state }) => console.log(side, 'to', positionAction, state),
    error: console.error,
  });
