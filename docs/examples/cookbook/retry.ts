import { ConnectorError } from 'rxchange';
import { binance } from 'rxchange/binance';
import { defer, retry, throwError, timer } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

/** `retryable` says that the same call may succeed later; what was not placed may be placed. */
const mayPass = (error: unknown): error is ConnectorError =>
  error instanceof ConnectorError && (error.retryable || error.kind === 'not_placed');

// an order errors only where the exchange certainly does not hold it: so a new one is no second one
defer(() => exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01' }))
  .pipe(
    retry({
      count: 5,
      delay: (error: unknown) =>
        mayPass(error) ? timer(error.retryAfter ?? 1_000) : throwError(() => error),
    }),
  )
  .subscribe({ next: ({ state }) => console.log(state), error: console.error });
