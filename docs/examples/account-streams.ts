import { binance } from 'rxchange/binance';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

// what the account holds, at every change
exchange.balances$.subscribe((balances) =>
  console.log('USDT', balances.get('USDT')?.available.toFixed()),
);
// every transition of every order placed here
exchange.orderUpdates$.subscribe(({ clientOrderId, state }) => console.log(clientOrderId, state));
// every fill exactly once, with its fee, whatever the socket did
exchange.fills$.subscribe(({ side, amount, price, fee }) =>
  console.log(side, amount.toFixed(), price.toFixed(), fee.amount.toFixed(), fee.asset),
);
// the orders still alive, after every change
exchange.inFlightOrders$.subscribe((orders) => console.log('in flight', orders.size));
// { network, ready, parts: { tradingRules, orderBooks, trades, balances, orders, userStream, clock } }
exchange.status$.subscribe(({ network, ready }) => console.log(network, ready));
// what went wrong on the way and was survived: typed, never thrown at you
exchange.errors$.subscribe(({ kind, message }) => console.warn(kind, message));
