import {
  prometheusMetrics,
  type PrometheusConfiguration,
  type PrometheusLabels,
} from 'rxchange/prometheus';
import { createVirtualVenue } from '../src/testing/virtual-venue.js';
import { BID } from './support/orders.js';
import { record } from './support/recording.js';

/** A client that keeps what it is told, and is as strict about labels as `prom-client`. */
const memoryClient = () => {
  const told = new Map<string, { labels: PrometheusLabels; value: number }[]>();
  const made = new Map<string, PrometheusConfiguration>();
  class Instrument {
    constructor(private readonly configuration: PrometheusConfiguration) {
      const { name } = configuration;
      if (made.has(name))
        throw new Error(`A metric with the name ${name} has already been registered.`);
      if (!/^[a-z_]+$/.test(name)) throw new Error('Invalid metric name');
      made.set(name, configuration);
      told.set(name, []);
    }
    protected tell(labels: PrometheusLabels, value: number): void {
      const { name, labelNames } = this.configuration;
      expect(Object.keys(labels).sort()).toEqual([...labelNames].sort());
      expect(Number.isFinite(value)).toBe(true);
      told.get(name)!.push({ labels, value });
    }
  }
  class Counter extends Instrument {
    inc(labels: PrometheusLabels): void {
      this.tell(labels, 1);
    }
  }
  class Gauge extends Instrument {
    set(labels: PrometheusLabels, value: number): void {
      this.tell(labels, value);
    }
  }
  class Histogram extends Instrument {
    observe(labels: PrometheusLabels, value: number): void {
      this.tell(labels, value);
    }
  }
  return { client: { Counter, Gauge, Histogram }, made, of: (name: string) => told.get(name)! };
};

describe('metrics for Prometheus', () => {
  it('are fed by a connector, in seconds', () => {
    const { client, made, of } = memoryClient();
    const venue = createVirtualVenue({ latency: 10 });
    const feeding = record(prometheusMetrics(client)(venue.exchange));
    record(venue.exchange.orderBook$('BTC-USDT'));
    record(venue.exchange.connect());
    venue.advance(2_000);
    record(venue.exchange.buy(BID));
    venue.advance(2_000);
    venue.network.disconnect();
    venue.advance(20_000);
    const exchange = 'binance';
    const book = { exchange, channel: 'orderBooks', pair: 'BTC-USDT' };
    expect(of('rxchange_messages_total')).toContainEqual({ labels: book, value: 1 });
    expect(of('rxchange_message_latency_seconds')).toContainEqual({ labels: book, value: 0.01 });
    expect(of('rxchange_gaps_total')).toContainEqual({
      labels: { ...book, cause: 'network' },
      value: 1,
    });
    expect(of('rxchange_order_seconds')).toEqual([
      { labels: { exchange, command: 'place', state: 'open' }, value: 0.02 },
    ]);
    expect(of('rxchange_request_seconds')).toContainEqual({
      labels: { exchange, method: 'GET', path: '/api/v3/depth', status: '200' },
      value: 0.02,
    });
    expect(of('rxchange_sockets_total')).toContainEqual({
      labels: { exchange, stream: 'account', event: 'lost' },
      value: 1,
    });
    expect(of('rxchange_errors_total')).toContainEqual({
      labels: { exchange, kind: 'network' },
      value: 1,
    });
    expect(of('rxchange_part_ready').at(-1)!.value).toBe(1);
    for (const name of made.keys()) expect([name, of(name).length > 0]).toEqual([name, true]);
    expect(feeding.values).toEqual([]);
    feeding.stop();
  });

  it('show a part that nobody wants any more as not ready', () => {
    const { client, of } = memoryClient();
    const venue = createVirtualVenue();
    record(prometheusMetrics(client)(venue.exchange));
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    venue.advance(1_000);
    book.stop();
    const parts = of('rxchange_part_ready').filter(({ labels }) => labels.part === 'orderBooks');
    expect(parts.map(({ value }) => value)).toEqual(expect.arrayContaining([1]));
    expect(parts.at(-1)!.value).toBe(0);
  });

  it('are registered once for all connectors, where and as one likes', () => {
    const { client, made } = memoryClient();
    const registry = {};
    const observe = prometheusMetrics(client, { prefix: 'bot_', registers: [registry] });
    const venue = createVirtualVenue();
    record(observe(venue.exchange));
    record(observe(venue.join()));
    expect([...made.keys()].every((name) => name.startsWith('bot_'))).toBe(true);
    for (const { registers } of made.values()) expect(registers).toEqual([registry]);
  });
});
