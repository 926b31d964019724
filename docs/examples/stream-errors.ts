import { ConnectorError } from 'rxchange';
import { binance } from 'rxchange/binance';

const exchange = binance();

exchange.orderBook$('BTC-NOTHING').subscribe({
  error: (error: unknown) => {
    if (error instanceof ConnectorError) console.error(error.kind, error.retryable);
  },
});

// what is survived is told beside the streams, and ends none of them
exchange.errors$.subscribe(({ kind, message }) => console.warn(kind, message));
exchange.trades$('BTC-USDT').subscribe(({ tradeId }) => console.log(tradeId));
