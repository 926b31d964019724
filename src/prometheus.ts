/**
 * A connector's metrics for Prometheus, by way of `prom-client`, which is handed in: this package does not need it.
 *
 * @module rxchange/prometheus
 */
import { ignoreElements, merge, tap, type Observable } from 'rxjs';
import type { Connector } from './connector/connector.js';
import type { Metric } from './connector/metric.js';
import type { ConnectorStatus, PartName } from './connector/status.js';

/** The labels of one value. */
export type PrometheusLabels = Record<string, string>;

/** What a metric of `prom-client` is made of. */
export interface PrometheusConfiguration {
  /** With the prefix. */
  name: string;
  /** What it says, in a sentence. */
  help: string;
  /** What its values are told apart by. */
  labelNames: string[];
  /** Of a histogram. */
  buckets?: number[];
  /** Where it is registered; left out for the client's own registry. */
  registers?: never[];
}

/** The part of `prom-client` that is used: `import client from 'prom-client'` fits. */
export interface PrometheusClient {
  /** Only goes up. */
  readonly Counter: new (configuration: PrometheusConfiguration) => {
    /** Counts one. */
    inc(labels: PrometheusLabels): void;
  };
  /** Goes up and down. */
  readonly Gauge: new (configuration: PrometheusConfiguration) => {
    /** Replaces the value. */
    set(labels: PrometheusLabels, value: number): void;
  };
  /** Counts values by their size. */
  readonly Histogram: new (configuration: PrometheusConfiguration) => {
    /** Counts a value. */
    observe(labels: PrometheusLabels, value: number): void;
  };
}

/** How metrics are named, and where they are registered. */
export interface PrometheusOptions {
  /** @defaultValue `'rxchange_'` */
  readonly prefix?: string;
  /**
   * The registries of `prom-client` to register with.
   * @defaultValue the client's own
   */
  readonly registers?: readonly object[];
}

/** What of a connector is told to Prometheus. */
export type ObservedConnector = Pick<Connector, 'name' | 'metrics$' | 'status$' | 'errors$'>;

/** In s: from a message of the same machine room to an answer that is given up. */
const latencies = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** In s: from a book that is taken anew to an outage. */
const outages = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];

const createInstruments = (
  { Counter, Gauge, Histogram }: PrometheusClient,
  { prefix = 'rxchange_', registers }: PrometheusOptions,
) => {
  const of = (name: string, help: string, labels: readonly string[]): PrometheusConfiguration => ({
    name: `${prefix}${name}`,
    help,
    labelNames: ['exchange', ...labels],
    ...(registers === undefined ? {} : { registers: [...registers] as never[] }),
  });
  const source = ['channel', 'pair'];
  return {
    messages: new Counter(of('messages_total', 'Messages by sockets.', source)),
    latency: new Histogram({
      ...of('message_latency_seconds', 'From the exchange to here.', source),
      buckets: latencies,
    }),
    gaps: new Counter(of('gaps_total', 'Times that something was missed.', [...source, 'cause'])),
    outage: new Histogram({
      ...of('gap_seconds', 'How long it was missed.', [...source, 'recovered']),
      buckets: outages,
    }),
    sockets: new Counter(of('sockets_total', 'How sockets come and go.', ['stream', 'event'])),
    requests: new Histogram({
      ...of('request_seconds', 'REST, without the wait for a permit.', [
        'method',
        'path',
        'status',
      ]),
      buckets: latencies,
    }),
    orders: new Histogram({
      ...of('order_seconds', 'From a command to its answer.', ['command', 'state']),
      buckets: latencies,
    }),
    used: new Gauge(of('rate_limit_used', 'What is used of a rate limit.', ['pool'])),
    limit: new Gauge(of('rate_limit', 'What a rate limit permits.', ['pool'])),
    errors: new Counter(of('errors_total', 'What went wrong and was survived.', ['kind'])),
    ready: new Gauge(of('part_ready', 'Whether a part in demand is ready.', ['part'])),
  };
};

type Instruments = ReturnType<typeof createInstruments>;

const measure = (to: Instruments, exchange: string, metric: Metric): void => {
  switch (metric.kind) {
    case 'message': {
      const labels = { exchange, channel: metric.channel, pair: metric.pair ?? '' };
      to.messages.inc(labels);
      if (metric.latency !== undefined)
        to.latency.observe(labels, Math.max(0, metric.latency / 1_000));
      return;
    }
    case 'gap': {
      const { channel, pair = '', cause } = metric;
      to.gaps.inc({ exchange, channel, pair, cause });
      return;
    }
    case 'resumed': {
      const { channel, pair = '', recovered, lasted } = metric;
      to.outage.observe({ exchange, channel, pair, recovered }, lasted / 1_000);
      return;
    }
    case 'socket':
      to.sockets.inc({ exchange, stream: metric.stream, event: metric.event });
      return;
    case 'request': {
      const { method, path, status = 'none', ms } = metric;
      to.requests.observe({ exchange, method, path, status: `${status}` }, ms / 1_000);
      return;
    }
    case 'order': {
      const { command, state, ms } = metric;
      to.orders.observe({ exchange, command, state }, ms / 1_000);
      return;
    }
    case 'budget':
      for (const [pool, { used, limit }] of Object.entries(metric.budget)) {
        to.used.set({ exchange, pool }, used);
        to.limit.set({ exchange, pool }, limit);
      }
  }
};

/** A part that nobody wants any more is not ready. */
const showParts = (
  { ready: gauge }: Instruments,
  exchange: string,
  { parts }: ConnectorStatus,
  shown: Set<string>,
): void => {
  for (const part of Object.keys(parts)) shown.add(part);
  for (const part of shown)
    gauge.set({ exchange, part }, parts[part as PartName]?.ready === true ? 1 : 0);
};

/**
 * Registers metrics with `prom-client`, once, and returns what feeds them: an observable of each connector that never
 * emits, and that works while it is subscribed to. All times are in seconds; `exchange` is a label of each. Two
 * connectors of one exchange share its values, unless each has a prefix of its own.
 *
 * @example
 * ```ts
 * import client from 'prom-client';
 *
 * const observe = prometheusMetrics(client);
 * merge(observe(spot), observe(perpetual)).subscribe();
 * ```
 */
export const prometheusMetrics = (
  client: PrometheusClient,
  options: PrometheusOptions = {},
): ((connector: ObservedConnector) => Observable<never>) => {
  const instruments = createInstruments(client, options);
  return ({ name, metrics$, status$, errors$ }) => {
    const shown = new Set<string>();
    return merge(
      metrics$.pipe(tap((metric) => measure(instruments, name, metric))),
      status$.pipe(tap((status) => showParts(instruments, name, status, shown))),
      errors$.pipe(tap(({ kind }) => instruments.errors.inc({ exchange: name, kind }))),
    ).pipe(ignoreElements());
  };
};
