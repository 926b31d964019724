import { positionKey } from 'rxchange';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { concat, lastValueFrom } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const perpetual = binancePerpetual({ credentials: { apiKey, apiSecret } });

perpetual.positions$.subscribe((positions) => {
  const long = positions.get(positionKey('BTC-USDT', 'long'));
  const short = positions.get(positionKey('BTC-USDT', 'short'));
  console.log('long', long?.amount.toFixed() ?? '0', 'short', short?.amount.toFixed() ?? '0');
});

const market = { pair: 'BTC-USDT', type: 'market' } as const;
const trades$ = concat(
  perpetual.setPositionMode('hedge'),
  perpetual.buy({ ...market, amount: '0.02', positionAction: 'open' }), // a long of 0.02
  perpetual.sell({ ...market, amount: '0.01', positionAction: 'open' }), // a short beside it
  perpetual.sell({ ...market, amount: '0.02', positionAction: 'close' }), // ends the long
);
await lastValueFrom(trades$);
