import { Subject, type Observable } from 'rxjs';
import type { TradingPair } from '../core/trading-pair.js';
import type { TimeSynchronizer } from '../net/time-synchronizer.js';
import type { MessageMetric, MetricChannel, MetricEvent } from './metric.js';

/** A message that came. */
export interface HeardMessage {
  readonly channel: MetricChannel;
  readonly pair?: TradingPair;
  /** The exchange's time of it, in ms since the epoch. */
  readonly time: number | undefined;
  /** When it was here, in ms since the epoch, by this machine's clock. */
  readonly at: number;
}

/** Where the parts of a connector tell of their work, whether anybody listens or not. */
export interface Meter {
  /** Whether anybody wants to hear of each message: there are thousands of them in a second. */
  readonly countsMessages: () => boolean;
  readonly message: (message: HeardMessage) => void;
  /** Whether anybody wants to hear of events. */
  readonly takesEvents: () => boolean;
  readonly event: (event: MetricEvent) => void;
  /** Hot, as the next. */
  readonly message$: Observable<MessageMetric>;
  readonly event$: Observable<MetricEvent>;
}

/** What a meter works with. */
export interface MeterOptions {
  /** How far the exchange's clock is from ours. */
  readonly measured: TimeSynchronizer['measured'];
}

/** A meter that nobody listens to yet. */
export const createMeter = ({ measured }: MeterOptions): Meter => {
  const messages = new Subject<MessageMetric>();
  const events = new Subject<MetricEvent>();
  const latency = (time: number | undefined, at: number): number | undefined => {
    const clock = measured();
    return time === undefined || clock === undefined ? undefined : at + clock.offset - time;
  };
  return {
    countsMessages: () => messages.observed,
    message: ({ channel, pair, time, at }) =>
      messages.next({ kind: 'message', channel, pair, latency: latency(time, at) }),
    takesEvents: () => events.observed,
    event: (event) => events.next(event),
    message$: messages.asObservable(),
    event$: events.asObservable(),
  };
};
