import { concat, defer, EMPTY, map, of, take, timer, VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { ConnectorError, type ErrorKind } from '../../src/core/errors.js';
import { type Random, seededRandom } from '../../src/core/random.js';
import { withReconnect } from '../../src/net/with-reconnect.js';

/** Each wait is as long as it may be: 500, 1,000, 2,000 ms … */
const longest: Random = () => 0;
const network = new ConnectorError('network', 'gone');
const ignore = () => undefined;

const testScheduler = () =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

const cases = [
  {
    name: 'never',
    source: '-',
    leave: '5s !',
    sees: '-',
    subscribed: ['^ 4999ms !'],
  },
  {
    name: 'empty: asks again after 0.5 s, 1 s, 2 s',
    source: '|',
    leave: '4s !',
    sees: '-',
    subscribed: ['(^!)', '500ms (^!)', '1500ms (^!)', '3500ms (^!)'],
  },
  {
    name: 'single',
    source: '-(a|)',
    leave: '1s !',
    sees: '-a 500ms a',
    subscribed: ['^!', '501ms ^!'],
  },
  {
    name: 'many',
    source: 'a-b-|',
    leave: '1507ms !',
    sees: 'a-b 501ms a-b',
    subscribed: ['^---!', '504ms ^---!'],
  },
  {
    name: 'error',
    source: 'a-#',
    leave: '1505ms !',
    sees: 'a 501ms a 1001ms a',
    subscribed: ['^-!', '502ms ^-!', '1504ms ^!'],
  },
  {
    name: 'endless',
    source: 'a-b-c-d',
    leave: '10s !',
    sees: 'a-b-c-d',
    subscribed: ['^ 9999ms !'],
  },
  {
    name: 'early disposal, while it waits',
    source: 'a|',
    leave: '300ms !',
    sees: 'a',
    subscribed: ['^!'],
  },
  {
    name: 'early disposal, while it is open',
    source: 'a-b-c|',
    leave: '---!',
    sees: 'a-b',
    subscribed: ['^--!'],
  },
];

describe('withReconnect', () => {
  it.each(cases)('$name', ({ source, leave, sees, subscribed }) => {
    const scheduler = testScheduler();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold(source, undefined, network);
      const kept$ = source$.pipe(withReconnect({ scheduler, random: longest, onError: ignore }));
      expectObservable(kept$, leave).toBe(sees);
      expectSubscriptions(source$.subscriptions).toBe(subscribed);
    });
  });

  it('takes a synchronous source, and can be left in the middle of it', () => {
    const scheduler = new VirtualTimeScheduler();
    const seen: [number, number][] = [];
    of(1, 2)
      .pipe(
        withReconnect({ scheduler, random: longest, onError: ignore }),
        map((value): [number, number] => [scheduler.now(), value]),
        take(5),
      )
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual([
      [0, 1],
      [0, 2],
    ]);
    scheduler.flush();
    expect(seen.slice(2)).toEqual([
      [500, 1],
      [500, 2],
      [1_500, 1],
    ]);
    expect(scheduler.actions).toEqual([]);
  });

  it('counts the attempts of each subscriber apart', () => {
    const scheduler = testScheduler();
    scheduler.run(({ cold, expectObservable }) => {
      const kept$ = cold('a|').pipe(withReconnect({ scheduler, random: longest, onError: ignore }));
      expectObservable(kept$, '400ms !').toBe('a');
      expectObservable(kept$, '400ms ^ 600ms !').toBe('400ms a 500ms a');
    });
  });
});

describe('withReconnect: failures', () => {
  const failing = (error: unknown, until: number): { told: ConnectorError[]; ended: unknown } => {
    const scheduler = new VirtualTimeScheduler();
    const told: ConnectorError[] = [];
    let ended: unknown;
    const source$ = defer(() => {
      throw error;
    });
    const subscription = source$
      .pipe(withReconnect({ scheduler, random: longest, onError: (e) => told.push(e) }))
      .subscribe({ error: (e: unknown) => (ended = e) });
    scheduler.schedule(() => subscription.unsubscribe(), until);
    scheduler.flush();
    expect(scheduler.actions).toEqual([]);
    return { told, ended };
  };

  it.each<ErrorKind>(['authentication', 'banned', 'not_supported'])('%s ends it', (kind) => {
    const error = new ConnectorError(kind, 'no');
    expect(failing(error, 60_000)).toEqual({ told: [error], ended: error });
  });

  it.each<ErrorKind>(['network', 'timeout', 'rate_limited', 'maintenance', 'decode', 'exchange'])(
    '%s is told and tried again',
    (kind) => {
      const error = new ConnectorError(kind, 'later');
      expect(failing(error, 1_600)).toEqual({ told: [error, error, error], ended: undefined });
    },
  );

  it('any other error is told as one of the network', () => {
    const { told } = failing(new Error('ECONNRESET'), 100);
    expect(told).toEqual([expect.objectContaining({ kind: 'network', message: 'ECONNRESET' })]);
  });

  it('an end without an error is told as well', () => {
    const scheduler = new VirtualTimeScheduler();
    const told: ConnectorError[] = [];
    const options = { scheduler, random: longest, onError: (e: ConnectorError) => told.push(e) };
    EMPTY.pipe(withReconnect(options)).subscribe().unsubscribe();
    expect(told).toEqual([expect.objectContaining({ kind: 'network', retryable: true })]);
  });

  it('waits as long as the exchange asks, if that is longer', () => {
    const limited = new ConnectorError('rate_limited', 'slow down', { retryAfter: 10_000 });
    expect(failing(limited, 9_999).told).toHaveLength(1);
    expect(failing(limited, 10_001).told).toHaveLength(2);
  });
});

describe('withReconnect: health', () => {
  /** When a source that lives as long as each of `lives` says, in ms, is subscribed to. */
  const attempts = (lives: readonly { opens?: number; lasts: number }[]): number[] => {
    const scheduler = new VirtualTimeScheduler();
    const times: number[] = [];
    const source$ = defer(() => {
      const life = lives[times.length];
      times.push(scheduler.now());
      if (life === undefined) throw new ConnectorError('authentication', 'the end of the test');
      const { opens = 0, lasts } = life;
      return concat(timer(opens, scheduler), timer(lasts - opens, scheduler));
    });
    source$
      .pipe(withReconnect({ scheduler, random: longest, onError: ignore }))
      .subscribe({ error: ignore });
    scheduler.flush();
    return times;
  };

  const waits = (lives: readonly { opens?: number; lasts: number }[]): number[] => {
    const times = attempts(lives);
    return lives.map(({ lasts }, i) => times[i + 1]! - times[i]! - lasts);
  };

  const short = { lasts: 100 };

  it('does not start anew for having been open', () => {
    expect(waits([short, short, short, short])).toEqual([500, 1_000, 2_000, 4_000]);
    expect(waits([short, short, { lasts: 29_999 }, short])).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it('starts anew after 30 s of health', () => {
    expect(waits([short, short, { lasts: 30_000 }, short])).toEqual([500, 1_000, 500, 1_000]);
  });

  it('counts health from the first value', () => {
    expect(waits([short, { opens: 20_000, lasts: 49_999 }])).toEqual([500, 1_000]);
    expect(waits([short, { opens: 20_000, lasts: 50_000 }])).toEqual([500, 500]);
  });

  it('does not take silence for health', () => {
    const scheduler = testScheduler();
    scheduler.run(({ cold, expectSubscriptions }) => {
      const mute = cold('60s |');
      const subscription = mute
        .pipe(withReconnect({ scheduler, random: longest, onError: ignore }))
        .subscribe();
      scheduler.schedule(() => subscription.unsubscribe(), 121_600);
      expectSubscriptions(mute.subscriptions).toBe([
        '                  ^ 59999ms !',
        '60500ms           ^ 59999ms !',
        '60500ms 61000ms   ^ 99ms    !',
      ]);
    });
  });
});

describe('withReconnect: a server that accepts, then closes after 100 ms', () => {
  const HOUR = 3_600_000;
  const FIVE_MINUTES = 300_000;

  const attemptTimes = (seed: number, until: number): number[] => {
    const scheduler = new VirtualTimeScheduler();
    const times: number[] = [];
    const server$ = defer(() => {
      times.push(scheduler.now());
      return concat(of('welcome'), timer(100, scheduler));
    });
    const subscription = server$
      .pipe(withReconnect({ scheduler, random: seededRandom(seed), onError: ignore }))
      .subscribe();
    scheduler.schedule(() => subscription.unsubscribe(), until);
    scheduler.flush();
    return times;
  };

  it('is asked a bounded number of times in an hour, and in any five minutes of it', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const times = attemptTimes(seed, HOUR);
      // The waits are 15 s in the mean.
      expect(times.length).toBeGreaterThan(180);
      expect(times.length).toBeLessThan(300);
      for (const start of times) {
        const close = times.filter((time) => time >= start && time < start + FIVE_MINUTES);
        expect(close.length).toBeLessThan(60);
      }
    }
  });

  it('is asked at the same times by the same seed', () => {
    const random = seededRandom(42);
    const expected = [0];
    for (const bound of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const wait = Math.ceil(50 + (bound - 50) * (1 - random()));
      expected.push(expected.at(-1)! + 100 + wait);
    }
    expect(attemptTimes(42, HOUR).slice(0, expected.length)).toEqual(expected);
    expect(attemptTimes(42, HOUR)).toEqual(attemptTimes(42, HOUR));
  });

  it('does not see fifty sockets come back together', () => {
    const sockets = Array.from({ length: 50 }, (_, seed) => attemptTimes(seed + 1, 120_000));
    for (const attempt of [1, 3, 6]) {
      const times = sockets.map((socket) => socket[attempt]!);
      const bound = 500 * 2 ** (attempt - 1);
      expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(0.8 * bound);
      for (const time of times) {
        const together = times.filter((other) => other >= time && other < time + bound / 10);
        expect(together.length).toBeLessThan(sockets.length / 3);
      }
    }
  });
});
