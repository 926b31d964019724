import { createConnector } from 'rxchange';
import { myExchange } from './my-exchange.js';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = createConnector(myExchange, { credentials: { apiKey, apiSecret } });

exchange.orderBook$('BTC-USDT').subscribe(({ midPrice }) => console.log('book', midPrice));
exchange.balances$.subscribe((balances) =>
  console.log('BTC', balances.get('BTC')?.total.toFixed()),
);
exchange
  .buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01' })
  .subscribe({ next: ({ state }) => console.log('order', state), error: console.error });
