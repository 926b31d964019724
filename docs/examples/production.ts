import type { Logger } from 'rxchange';
import { binance } from 'rxchange/binance';
import { midPrice, movedBy } from 'rxchange/operators';
import { fileStore } from 'rxchange/store';
import { firstValueFrom, fromEvent, lastValueFrom, merge, retry, switchMap, tap } from 'rxjs';

const { BINANCE_API_KEY: apiKey = '', BINANCE_API_SECRET: apiSecret = '' } = process.env;
const logger: Logger = console; // or pino()
const exchange = binance({
  credentials: { apiKey, apiSecret },
  store: fileStore('orders.jsonl'), // so that the next process goes on with the orders of this one
  logger, // what is survived, status, gaps, orders
});

// what a process before this one left open goes first
const left = await lastValueFrom(exchange.cancelAll({ timeout: 10_000 }));
console.log('left over', left.map(({ outcome }) => outcome).join(' ') || 'nothing');

const strategy$ = exchange.orderBook$('BTC-USDT').pipe(
  midPrice(),
  movedBy({ relative: 0.0005 }),
  switchMap((mid) =>
    exchange.buy(
      { pair: 'BTC-USDT', type: 'limit', price: (mid * 0.999).toFixed(2), amount: '0.002' },
      { cancelOnUnsubscribe: true },
    ),
  ),
  tap({ error: (error: unknown) => logger.error({ error }, 'the strategy stopped') }),
  retry({ delay: 10_000 }), // and begins again 10 s later
);

const session = merge(exchange.connect(), strategy$).subscribe();

await firstValueFrom(merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM')));

session.unsubscribe(); // cancels what the strategy has open
const results = await lastValueFrom(exchange.cancelAll({ timeout: 10_000 }));
console.log('ended with', results.map(({ outcome }) => outcome).join(' ') || 'nothing open');
