import { defer, tap, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import type { Gapped } from '../core/gapped.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { Context } from './context.js';
import type { GapMetric, MetricChannel, ResumedMetric } from './metric.js';

/** Where a stream with gaps comes from. */
export interface GapSource {
  readonly channel: MetricChannel;
  readonly pair: TradingPair | undefined;
}

/** What is to be told of the events of one stream, in their order. */
export const gapMetrics = (
  { channel, pair }: GapSource,
  scheduler: SchedulerLike,
): ((event: Gapped<unknown>) => GapMetric | ResumedMetric | undefined) => {
  let goodAt = 0;
  return (event) => {
    if (event.kind === 'data') return undefined;
    if (event.kind === 'gap') {
      goodAt = event.since;
      return { kind: 'gap', channel, pair, cause: event.cause.kind };
    }
    const { recovered } = event;
    return { kind: 'resumed', channel, pair, recovered, lasted: scheduler.now() - goodAt };
  };
};

/** Tells the meter of the gaps of a stream that passes. */
export const meterGaps =
  <T>(
    source: GapSource,
    { meter, environment }: Pick<Context, 'meter' | 'environment'>,
  ): MonoTypeOperatorFunction<Gapped<T>> =>
  (gapped$) =>
    defer(() => {
      const metricOf = gapMetrics(source, environment.scheduler);
      return gapped$.pipe(
        tap((event) => {
          const metric = metricOf(event);
          if (metric !== undefined) meter.event(metric);
        }),
      );
    });
