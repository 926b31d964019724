import { binance } from 'rxchange/binance';
import { fileStore } from 'rxchange/store';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret }, store: fileStore('orders.jsonl') });

// An order's intent is on disk before its request leaves. After a crash, the same line brings every
// order back, asks the exchange what became of each, and delivers the fills that happened meanwhile, once.
exchange.fills$.subscribe(({ clientOrderId, amount }) =>
  console.log(clientOrderId, amount.toFixed()),
);
exchange.inFlightOrders$.subscribe((orders) => console.log('in flight', ...orders.keys()));
