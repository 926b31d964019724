import {
  concat,
  defer,
  delay,
  EMPTY,
  map,
  NEVER,
  type Observable,
  of,
  throwError,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { ConnectorError } from '../../src/core/errors.js';
import { type Random, seededRandom } from '../../src/core/random.js';
import { createThrottler } from '../../src/net/throttler.js';
import { createTimeSynchronizer } from '../../src/net/time-synchronizer.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface WorldOptions {
  /** The exchange's clock minus ours, at a time by ours. */
  readonly skew?: (now: number) => number;
  /** How long the n-th question takes there and back. */
  readonly ways?: (question: number) => { readonly there: number; readonly back: number };
  /** What goes wrong with the n-th question. */
  readonly failures?: readonly (Error | undefined)[];
  readonly random?: Random;
}

/** Our clock, the exchange's clock, the way between them, and a synchronizer. */
const createWorld = ({
  skew = () => 0,
  ways = () => ({ there: 20, back: 20 }),
  failures = [],
  ...options
}: WorldOptions = {}) => {
  const scheduler = new VirtualTimeScheduler();
  const asked: number[] = [];
  const errors: ConnectorError[] = [];
  const serverNow = () => Math.floor(scheduler.now() + skew(scheduler.now()));
  const time = (): Observable<number> =>
    defer(() => {
      const failure = failures[asked.length];
      const { there, back } = ways(asked.length);
      asked.push(scheduler.now());
      if (failure !== undefined) return throwError(() => failure);
      return timer(there, scheduler).pipe(map(serverNow), delay(back, scheduler));
    });
  const onError = (error: ConnectorError) => errors.push(error);
  const clock = createTimeSynchronizer({ scheduler, time, onError, ...options });
  const at = (when: number, action: () => void) => scheduler.schedule(action, when);
  const ahead = () => clock.now() - serverNow();
  return { scheduler, asked, errors, serverNow, clock, at, ahead };
};

/** Notes when the stream emits, completes or errors. */
const record = (scheduler: VirtualTimeScheduler, stream$: Observable<unknown>) => {
  const events: [number, string][] = [];
  const note = (event: string) => () => events.push([scheduler.now(), event]);
  const subscription = stream$.subscribe({
    next: note('next'),
    complete: note('complete'),
    error: note('error'),
  });
  return { events, subscription };
};

describe('now', () => {
  it('is our own clock while nothing is known', () => {
    const { scheduler, clock, at } = createWorld({ skew: () => HOUR });
    const seen: number[] = [];
    at(1_234, () => seen.push(clock.now()));
    scheduler.flush();
    expect(seen).toEqual([1_234]);
  });

  it('is late by the way back, once an answer came', () => {
    const { scheduler, clock, ahead } = createWorld({
      skew: () => HOUR,
      ways: () => ({ there: 300, back: 40 }),
    });
    clock.synchronized$.subscribe();
    scheduler.flush();
    expect(ahead()).toBe(-40);
  });

  it('is measured in the middle of the way, give or take half of it', () => {
    const { scheduler, clock } = createWorld({
      skew: () => HOUR,
      ways: () => ({ there: 300, back: 40 }),
    });
    expect(clock.measured()).toBeUndefined();
    clock.synchronized$.subscribe();
    scheduler.flush();
    expect(clock.measured()).toEqual({ offset: HOUR + 130, roundTrip: 340 });
  });

  it('is a whole number of ms', () => {
    const { scheduler, clock, at } = createWorld({ skew: () => 0.5 });
    const seen: number[] = [];
    clock.synchronized$.subscribe();
    at(100.7, () => seen.push(clock.now()));
    scheduler.flush();
    expect(seen).toEqual([80]);
  });
});

describe('synchronized$', () => {
  it('asks nothing before somebody wants to know', () => {
    const { scheduler, asked } = createWorld();
    scheduler.flush();
    expect(asked).toEqual([]);
  });

  it('asks once for all, emits once and completes', () => {
    const { scheduler, clock, asked } = createWorld();
    const first = record(scheduler, clock.synchronized$);
    const second = record(scheduler, clock.synchronized$);
    scheduler.flush();
    const story = [
      [40, 'next'],
      [40, 'complete'],
    ];
    expect([first.events, second.events]).toEqual([story, story]);
    expect(asked).toEqual([0]);
  });

  it('emits in the same turn when the time is known', () => {
    const { scheduler, clock, asked } = createWorld();
    clock.refresh().subscribe();
    scheduler.flush();
    expect(record(scheduler, clock.synchronized$).events).toHaveLength(2);
    expect(asked).toEqual([0]);
  });

  it('tells failures once and asks again, less and less often', () => {
    const gone = new ConnectorError('network', 'gone');
    const busy = new ConnectorError('rate_limited', 'busy', { retryAfter: 7_000 });
    const { scheduler, clock, asked, errors } = createWorld({
      failures: [gone, new Error('reset'), busy, gone],
    });
    const { events } = record(scheduler, clock.synchronized$);
    record(scheduler, clock.synchronized$);
    scheduler.flush();
    expect(asked).toEqual([0, 500, 1_500, 8_500, 12_500]);
    expect(errors).toEqual([gone, expect.objectContaining({ message: 'reset' }), busy, gone]);
    expect(errors.every((error) => error instanceof ConnectorError)).toBe(true);
    expect(events[0]).toEqual([12_540, 'next']);
  });

  it('spreads its retries by chance where it is given', () => {
    const failures = Array.from({ length: 5 }, () => new ConnectorError('network', 'gone'));
    const times = [1, 2].map((seed) => {
      const { scheduler, clock, asked } = createWorld({ failures, random: seededRandom(seed) });
      clock.synchronized$.subscribe();
      scheduler.flush();
      return asked;
    });
    expect(times[0]).not.toEqual(times[1]);
  });

  it('stops when nobody waits for it any more', () => {
    const { scheduler, clock, asked, at } = createWorld({
      failures: [new ConnectorError('network', 'gone')],
    });
    const { subscription } = record(scheduler, clock.synchronized$);
    at(100, () => subscription.unsubscribe());
    scheduler.flush();
    expect(asked).toEqual([0]);
    expect(scheduler.now()).toBe(100);
  });
});

describe('refresh', () => {
  it('asks once for those who ask together, and again for those who ask later', () => {
    const { scheduler, clock, asked, at } = createWorld();
    record(scheduler, clock.refresh());
    at(10, () => record(scheduler, clock.refresh()));
    at(41, () => record(scheduler, clock.refresh()));
    scheduler.flush();
    expect(asked).toEqual([0, 41]);
  });

  it('errors where it got no answer, without a retry', () => {
    const { scheduler, clock, asked, errors } = createWorld({ failures: [new Error('reset')] });
    let failure: unknown;
    clock.refresh().subscribe({ error: (error: unknown) => (failure = error) });
    scheduler.flush();
    expect(failure).toEqual(expect.objectContaining({ kind: 'network', message: 'reset' }));
    expect([asked, errors]).toEqual([[0], []]);
  });

  it('waits until the exchange may be asked, which is no part of the way', () => {
    const scheduler = new VirtualTimeScheduler();
    const clock = createTimeSynchronizer({
      scheduler,
      time: () => of(scheduler.now() + HOUR).pipe(delay(40, scheduler)),
      permitted$: timer(600_000, scheduler),
      onError: () => undefined,
    });
    const { events } = record(scheduler, clock.refresh());
    scheduler.flush();
    expect(events[0]).toEqual([600_040, 'next']);
    expect(clock.now() - scheduler.now()).toBeGreaterThanOrEqual(HOUR - 40);
  });

  it('takes silence for a failure', () => {
    const scheduler = new VirtualTimeScheduler();
    const clock = createTimeSynchronizer({
      scheduler,
      time: () => EMPTY,
      onError: () => undefined,
    });
    expect(record(scheduler, clock.refresh()).events).toEqual([[0, 'error']]);
  });

  it('takes the first answer for the last', () => {
    const scheduler = new VirtualTimeScheduler();
    const time = () => concat(of(5_000, 9_000), NEVER);
    const clock = createTimeSynchronizer({ scheduler, time, onError: () => undefined });
    expect(record(scheduler, clock.refresh()).events).toEqual([
      [0, 'next'],
      [0, 'complete'],
    ]);
    expect(clock.now()).toBe(5_000);
  });

  it('is abandoned with its last subscriber', () => {
    const { scheduler, clock, at } = createWorld({ skew: () => HOUR });
    const { subscription } = record(scheduler, clock.refresh());
    at(10, () => subscription.unsubscribe());
    scheduler.flush();
    expect(scheduler.now()).toBe(10);
    expect(clock.now()).toBe(10);
  });

  it('believes no answer during which our clock was set back', () => {
    const scheduler = new VirtualTimeScheduler();
    const clockSetBack = {
      now: () => scheduler.now() - (scheduler.now() < 10 ? 0 : HOUR),
      schedule: scheduler.schedule.bind(scheduler),
    };
    const clock = createTimeSynchronizer({
      scheduler: clockSetBack,
      time: () => timer(20, scheduler).pipe(map(() => 5)),
      onError: () => undefined,
    });
    const { events } = record(scheduler, clock.refresh());
    scheduler.flush();
    expect(events).toEqual([[20, 'error']]);
    expect(clock.now()).toBe(20 - HOUR);
  });
});

describe('keepSynchronized$', () => {
  it('asks five times at once, then every 10 min, for all together, while anybody wants it', () => {
    const { scheduler, clock, asked, at } = createWorld();
    const first = record(scheduler, clock.keepSynchronized$);
    const second = record(scheduler, clock.keepSynchronized$);
    at(15 * MINUTE, () => first.subscription.unsubscribe());
    at(25 * MINUTE, () => second.subscription.unsubscribe());
    scheduler.flush();
    expect(asked).toEqual([0, 240, 480, 720, 960, 601_000, 1_201_040]);
    expect([...first.events, ...second.events]).toEqual([]);
    expect(scheduler.now()).toBe(25 * MINUTE);
  });

  it('shares its first question with synchronized$', () => {
    const { scheduler, clock, asked, at } = createWorld();
    const { subscription } = record(scheduler, clock.keepSynchronized$);
    const { events } = record(scheduler, clock.synchronized$);
    at(100, () => subscription.unsubscribe());
    scheduler.flush();
    expect(asked).toEqual([0]);
    expect(events[0]).toEqual([40, 'next']);
  });

  it('goes on after failures', () => {
    const gone = new ConnectorError('network', 'gone');
    const { scheduler, clock, asked, errors, at } = createWorld({
      failures: [undefined, undefined, undefined, undefined, undefined, gone, gone],
    });
    const { subscription } = record(scheduler, clock.keepSynchronized$);
    at(25 * MINUTE, () => subscription.unsubscribe());
    scheduler.flush();
    expect(asked.slice(5)).toEqual([601_000, 601_500, 602_500, 1_202_540]);
    expect(errors).toEqual([gone, gone]);
  });
});

/** What Binance allows a timestamp, in ms: to be old by default, and to be early at most. */
const RECV_WINDOW = 5_000;
const TOO_EARLY = 1_000;

describe('against a clock that is off', () => {
  const unequal = [
    { there: 20, back: 20 },
    { there: 900, back: 10 },
    { there: 10, back: 900 },
    { there: 1_500, back: 700 },
  ];
  const cases = unequal.flatMap((ways) => [-HOUR, HOUR].map((skew) => ({ ...ways, skew })));

  it.each(cases)('$skew ms off, $there ms there, $back ms back: one answer is enough', (given) => {
    const { scheduler, clock, ahead } = createWorld({ skew: () => given.skew, ways: () => given });
    clock.synchronized$.subscribe();
    scheduler.flush();
    expect(ahead()).toBeLessThanOrEqual(0);
    expect(ahead()).toBeGreaterThan(-RECV_WINDOW / 2);
  });

  it.each([-HOUR, -5_000, -300, 300, 5_000, HOUR])(
    'a step of %i ms: one answer is enough',
    (step) => {
      const random = seededRandom(3);
      const { scheduler, clock, ahead, at } = createWorld({
        skew: (now) => (now < 30 * MINUTE ? 0 : step),
        ways: () => ({ there: 20 + 80 * random(), back: 20 + 80 * random() }),
      });
      const { subscription } = record(scheduler, clock.keepSynchronized$);
      const seen: number[] = [];
      at(31 * MINUTE, () => {
        clock.refresh().subscribe(() => seen.push(ahead()));
      });
      at(35 * MINUTE, () => subscription.unsubscribe());
      scheduler.flush();
      expect(seen).toHaveLength(1);
      expect(seen[0]).toBeLessThanOrEqual(0);
      expect(seen[0]).toBeGreaterThan(-201);
    },
  );

  it.each([-100, 100])('a drift of %i ppm over a day', (ppm) => {
    const random = seededRandom(4);
    const { scheduler, clock, ahead, at } = createWorld({
      skew: (now) => (now * ppm) / 1e6,
      ways: () => ({ there: 5 + 100 * random() ** 4, back: 5 + 100 * random() ** 4 }),
    });
    const { subscription } = record(scheduler, clock.keepSynchronized$);
    const seen: number[] = [];
    for (let minute = 1; minute < 24 * 60; minute++) at(minute * MINUTE, () => seen.push(ahead()));
    at(24 * HOUR, () => subscription.unsubscribe());
    scheduler.flush();
    // 10 min of drift, and what the ways leave open.
    expect(Math.max(...seen)).toBeLessThan(60 + 210);
    expect(Math.min(...seen)).toBeGreaterThan(-60 - 210);
    expect(seen).toHaveLength(24 * 60 - 1);
  });

  it('does not mind calls that queue for 10 s', () => {
    const { scheduler, clock, ahead } = createWorld({ skew: () => HOUR });
    const limits = { weight: { limit: 1, interval: 10_000 } };
    const throttler = createThrottler({ limits, scheduler });
    const call = { weights: { weight: 1 }, priority: 'place' } as const;
    throttler.acquire(call).subscribe();
    const placement = record(scheduler, throttler.acquire(call));
    const synchronized = record(scheduler, clock.synchronized$);
    scheduler.flush();
    expect(placement.events[0]).toEqual([10_500, 'next']);
    expect(synchronized.events[0]).toEqual([40, 'next']);
    expect(ahead()).toBe(-20);
  });

  it('has no order refused twice, in a day of steps, drift and unequal ways', () => {
    const random = seededRandom(5);
    const skew = (now: number) =>
      now * 1e-4 + (now < 5 * HOUR ? HOUR : now < 9 * HOUR ? -HOUR : now < 15 * HOUR ? 7_000 : 0);
    const ways = () => ({ there: 10 + 900 * random() ** 6, back: 10 + 900 * random() ** 6 });
    const { scheduler, clock, serverNow, at } = createWorld({ skew, ways });
    const refused = { once: 0, twice: 0 };
    let placed = 0;
    const place = (whenRefused: () => void) => {
      const timestamp = clock.now();
      timer(ways().there, scheduler).subscribe(() => {
        const late = serverNow() - timestamp;
        if (late > RECV_WINDOW || late < -TOO_EARLY) whenRefused();
        else placed += 1;
      });
    };
    const { subscription } = record(scheduler, clock.keepSynchronized$);
    for (let second = 10; second < 24 * 3_600; second += 10)
      at(second * 1_000, () => {
        place(() => {
          refused.once += 1;
          clock.refresh().subscribe(() => place(() => (refused.twice += 1)));
        });
      });
    at(24 * HOUR, () => subscription.unsubscribe());
    scheduler.flush();
    expect(refused).toEqual({ once: 3, twice: 0 });
    expect(placed).toBe(24 * 360 - 1);
  });
});
