import { OrderFailedError } from 'rxchange';
import { binance } from 'rxchange/binance';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

exchange.buy({ pair: 'BTC-USDT', type: 'limit', price: '64250.10', amount: '0.002' }).subscribe({
  next: (order) =>
    console.log(order.state, order.executedAmount.toFixed(), order.averagePrice?.toFixed()),
  error: (e: unknown) => {
    // the exchange certainly holds no such order: a timeout is no error, but is looked into
    if (e instanceof OrderFailedError) console.error(e.kind, e.message, e.order.clientOrderId);
  },
  complete: () => console.log('filled or canceled'),
});
