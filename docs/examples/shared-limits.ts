import { createThrottler } from 'rxchange';
import { binance, binanceSpot } from 'rxchange/binance';
import { map } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const credentials = { apiKey, apiSecret };

// half of the limits, for both together; the other half is left to another program
const throttler = createThrottler({
  limits: binanceSpot.limits,
  share: 0.5,
  reserve: 0.1, // of which questions and market data leave a tenth to orders
});
const maker = binance({ credentials, throttler, clientOrderIdPrefix: 'mm-' });
const hedger = binance({ credentials, throttler, clientOrderIdPrefix: 'hedge-' });

throttler.budget$
  .pipe(map(({ weight }) => `${weight?.used} of ${weight?.limit}`))
  .subscribe((used) => console.log('weight', used));
maker.balances$.subscribe(({ size }) => console.log('maker sees', size, 'assets'));
hedger.balances$.subscribe(({ size }) => console.log('hedger sees', size, 'assets'));
