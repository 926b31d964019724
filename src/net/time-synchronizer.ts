import {
  catchError,
  defer,
  ignoreElements,
  map,
  mergeMap,
  NEVER,
  type Observable,
  of,
  repeat,
  retry,
  type SchedulerLike,
  share,
  startWith,
  switchMap,
  take,
  throwIfEmpty,
  timer,
} from 'rxjs';
import { ConnectorError, toConnectorError } from '../core/errors.js';
import type { Random } from '../core/random.js';
import { backoff } from './backoff.js';
import {
  bestSample,
  type ClockFilter,
  clockOffset,
  type ClockSample,
  clockSample,
  withSample,
} from './clock-filter.js';

/** What a {@link TimeSynchronizer} is made of. */
export interface TimeSynchronizerOptions {
  readonly scheduler: SchedulerLike;
  /**
   * Emits when our clock was set: what was measured before is void.
   * @defaultValue never
   */
  readonly clockJump$?: Observable<unknown>;
  /** Asks for the exchange's time, in ms. It must not queue: a wait would count as a long way. */
  readonly time: () => Observable<number>;
  /**
   * Emits when the exchange may be asked: not while it has banned us. That wait is no part of the way.
   * @defaultValue at once
   */
  readonly permitted$?: Observable<unknown>;
  /** Is told of each failure that is then retried. */
  readonly onError: (error: ConnectorError) => void;
  /**
   * Spreads the retries.
   * @defaultValue none: each waits as long as it may
   */
  readonly random?: Random;
}

/** Knows the exchange's time. */
export interface TimeSynchronizer {
  /** The exchange's time in whole ms, never ahead of it; our own while nothing is known. */
  readonly now: () => number;
  /** Whether the exchange's time is known. */
  readonly isSynchronized: () => boolean;
  /** The best that was measured of the exchange's clock lately; undefined while nothing is known. */
  readonly measured: () => ClockSample | undefined;
  /** Emits once and completes when the exchange's time is known; asks for it if need be, until it is. */
  readonly synchronized$: Observable<void>;
  /** Asks once, now; emits and completes with the answer, or errors. Those who ask together share it. */
  readonly refresh: () => Observable<void>;
  /**
   * While subscribed, asks five times 200 ms apart, then every 10 min; from the start again when our
   * clock was set. It never emits.
   */
  readonly keepSynchronized$: Observable<never>;
}

const BURST = 5;
const BURST_PAUSE = 200;
const REFRESH_EVERY = 600_000;

/** The answer to one question, by a clock that was not set back in the meantime. */
const ask = ({ scheduler, time, permitted$ = of(undefined) }: TimeSynchronizerOptions) => {
  const sample$ = defer(() => {
    const sentAt = scheduler.now();
    return time().pipe(
      take(1),
      throwIfEmpty(() => new ConnectorError('network', 'There was no answer.')),
      map((serverTime) => clockSample({ sentAt, receivedAt: scheduler.now(), serverTime })),
      map((sample) => {
        if (sample.roundTrip >= 0) return sample;
        throw new ConnectorError(
          'clock_skew',
          'The clock was set back while its offset was measured.',
        );
      }),
    );
  });
  return permitted$.pipe(
    take(1),
    mergeMap(() => sample$),
  );
};

/** Follows the exchange's clock by asking for its time, see {@link clockOffset}. */
export const createTimeSynchronizer = (options: TimeSynchronizerOptions): TimeSynchronizer => {
  const { scheduler, clockJump$ = NEVER, onError, random = () => 0 } = options;
  const wait = backoff({ random });
  let filter: ClockFilter = [];
  const isSynchronized = (): boolean => filter.length > 0;

  const sample$ = ask(options).pipe(
    map((sample) => {
      filter = withSample(filter, sample);
    }),
    catchError((error: unknown) => {
      throw toConnectorError(error, 'network');
    }),
    share(),
  );

  const persistent$ = sample$.pipe(
    retry({
      delay: (error: ConnectorError, count) => {
        onError(error);
        return timer(Math.max(wait(count - 1), error.retryAfter ?? 0), scheduler);
      },
    }),
    share(),
  );

  const measure$ = persistent$.pipe(
    repeat({ delay: (count) => timer(count < BURST ? BURST_PAUSE : REFRESH_EVERY, scheduler) }),
  );

  return {
    now: () => Math.floor(scheduler.now()) + (clockOffset(filter) ?? 0),
    isSynchronized,
    measured: () => bestSample(filter),
    synchronized$: defer(() => (isSynchronized() ? of(undefined) : persistent$)),
    refresh: () => sample$,
    keepSynchronized$: clockJump$.pipe(
      startWith(undefined),
      switchMap(() => measure$),
      ignoreElements(),
      share(),
    ),
  };
};
