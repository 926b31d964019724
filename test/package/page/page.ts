import { ConnectorError, type Connector } from 'rxchange';
import { binance } from 'rxchange/binance';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { bufferCount, firstValueFrom, map, skip } from 'rxjs';

const PAIR = 'BTC-USDT';
const place = new URLSearchParams(location.search);
const domainOf = (market: string) => {
  const host = place.get(market) ?? '';
  return { rest: `http://${host}`, stream: `ws://${host}`, wsApi: `ws://${host}` };
};

/** The addresses of all that was asked for, by the browser's own account. */
const asked = (): readonly string[] =>
  performance.getEntriesByType('resource').map(({ name }) => name);

/** A book in the midst of it, the first trades, and what was survived. */
const watch = async (exchange: Connector) => {
  const errors: string[] = [];
  const watched = exchange.errors$.subscribe(({ message }) => errors.push(message));
  const book$ = exchange.orderBook$(PAIR).pipe(
    skip(20),
    map((book) => book.snapshot(100)),
  );
  const trades$ = exchange.trades$(PAIR).pipe(bufferCount(5));
  const [book, trades] = await Promise.all([firstValueFrom(book$), firstValueFrom(trades$)]);
  watched.unsubscribe();
  return {
    book,
    trades: trades.map(({ price, amount, time }) => [price.toFixed(), amount.toFixed(), time]),
    errors,
  };
};

/** What becomes of a page that wants to trade. */
const refusal = (): string | undefined => {
  try {
    binance({ credentials: { apiKey: 'key', apiSecret: 'secret' } });
  } catch (error) {
    if (error instanceof ConnectorError) return error.kind;
  }
  return undefined;
};

/** Whether the exchange would let a page name a key. */
const mayNameKey = async (): Promise<boolean> => {
  const headers = { 'X-MBX-APIKEY': 'key' };
  return fetch(`${domainOf('spot').rest}/api/v3/time`, { headers }).then(
    () => true,
    () => false,
  );
};

const main = async () => {
  const [spot, perpetual] = await Promise.all([
    watch(binance({ domain: domainOf('spot') })),
    watch(binancePerpetual({ domain: domainOf('perpetual') })),
  ]);
  return { spot, perpetual, asked: asked(), refusal: refusal(), mayNameKey: await mayNameKey() };
};

const report = (told: object) => fetch('/report', { method: 'POST', body: JSON.stringify(told) });
main().then(report, (error: unknown) => report({ failed: String(error) }));
