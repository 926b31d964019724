import { binance } from 'rxchange/binance';
import { firstValueFrom, fromEvent, lastValueFrom } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const exchange = binance({ credentials: { apiKey, apiSecret } });

// pins every part while subscribed
const session = exchange.connect().subscribe(({ network, ready }) => console.log(network, ready));

await firstValueFrom(fromEvent(process, 'SIGINT'));

const results = await lastValueFrom(exchange.cancelAll({ timeout: 10_000 })); // one result per order
for (const { clientOrderId, outcome } of results) console.log(clientOrderId, outcome);
session.unsubscribe(); // no socket, no timer is left
