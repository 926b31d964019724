import type { PrometheusConfiguration, PrometheusLabels } from 'rxchange/prometheus';

/** In the place of prom-client: prints which metrics have values. */
export const createFakeProm = () => {
  const names = new Set<string>();
  class Metric {
    constructor(private readonly configuration: PrometheusConfiguration) {}
    inc(labels: PrometheusLabels): void {
      this.note(labels);
    }
    set(labels: PrometheusLabels): void {
      this.note(labels);
    }
    observe(labels: PrometheusLabels): void {
      this.note(labels);
    }
    private note(labels: PrometheusLabels): void {
      names.add(`${this.configuration.name}${JSON.stringify(labels)}`);
    }
  }
  const register = { metrics: () => Promise.resolve([...names].join('\n')) };
  return {
    __esModule: true,
    default: { Counter: Metric, Gauge: Metric, Histogram: Metric, register },
  };
};
