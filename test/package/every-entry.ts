import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  createConnector,
  Decimal,
  isDone,
  type Connector,
  type OrderRequest,
  type OrderTerms,
} from 'rxchange';
import { binance, binanceSpot } from 'rxchange/binance';
import { binancePerpetual } from 'rxchange/binance-perpetual';
import { emulator, perpetualEmulator } from 'rxchange/emulator';
import { MINUTE, type Exchange } from 'rxchange/exchange';
import { midPrice, topOfBook } from 'rxchange/operators';
import { prometheusMetrics, type PrometheusClient } from 'rxchange/prometheus';
import { memoryStore } from 'rxchange/store';
import { faultNames, virtualTime } from 'rxchange/testing';
import { firstValueFrom, lastValueFrom } from 'rxjs';

const names: string[] = [];
const registered = class {
  constructor({ name }: { name: string }) {
    names.push(name);
  }
  readonly inc = (): void => undefined;
  readonly set = (): void => undefined;
  readonly observe = (): void => undefined;
};
const client: PrometheusClient = { Counter: registered, Gauge: registered, Histogram: registered };

const trade = async (exchange: Connector, extra: Partial<OrderTerms>): Promise<void> => {
  const request: OrderRequest = { pair: 'BTC-USDT', type: 'market', ...extra, amount: '0.01' };
  const order = await lastValueFrom(exchange.buy(request));
  ok(isDone(order) && order.executedAmount.eq(new Decimal('0.01')));
};

const onSpot = async (): Promise<void> => {
  const venue = await emulator({ seed: 7 }).listen();
  const { domain, credentials } = venue;
  const exchange = binance({ domain, credentials, store: memoryStore() });
  const metrics = prometheusMetrics(client)(exchange).subscribe();
  const price = await firstValueFrom(exchange.orderBook$('BTC-USDT').pipe(midPrice()));
  const { bid } = await firstValueFrom(exchange.orderBook$('BTC-USDT').pipe(topOfBook()));
  ok(price > 0 && bid.price <= price);
  await trade(exchange, {});
  equal(venue.trades().length > 0, true);
  metrics.unsubscribe();
  ok(names.includes('rxchange_messages_total'));
  const limits = { ...binanceSpot.limits, weight: { limit: 1_000, interval: MINUTE } };
  const cautious: Exchange = { ...binanceSpot, name: 'cautious', limits };
  const reader = createConnector(cautious, { domain });
  ok((await firstValueFrom(reader.tradingRules$)).has('BTC-USDT'));
  await venue.close();
};

const onPerpetuals = async (): Promise<void> => {
  const venue = await perpetualEmulator({ seed: 7 }).listen();
  const exchange = binancePerpetual({ domain: venue.domain, credentials: venue.credentials });
  ok((await firstValueFrom(exchange.fundingInfo$('BTC-USDT'))).markPrice.gt(0));
  await trade(exchange, { positionAction: 'open' });
  deepEqual(
    venue.positions().map(({ amount }) => amount.toFixed()),
    ['0.01'],
  );
  await venue.close();
};

const inVirtualTime = (): void => {
  const time = virtualTime(0);
  time.advance(60_000);
  equal(time.now(), 60_000);
  ok(faultNames.length > 0);
};

const main = async (): Promise<void> => {
  inVirtualTime();
  await onSpot();
  await onPerpetuals();
  console.log('done');
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
