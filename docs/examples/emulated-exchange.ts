import { binance } from 'rxchange/binance';
import { emulator } from 'rxchange/emulator';
import { lastValueFrom } from 'rxjs';

const venue = await emulator({ seed: 7 }).listen(); // a Binance that lives on localhost: REST, streams, user stream
const exchange = binance({ domain: venue.domain, credentials: venue.credentials });

const order = await lastValueFrom(
  exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01' }),
);
console.log(order.state, order.averagePrice?.toFixed());
// the exchange's own books say the same
console.log(venue.trades().map(({ amount, price }) => `${amount.toFixed()} at ${price.toFixed()}`));

await venue.close();
