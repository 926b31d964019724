import { type Observable, type SchedulerLike, take, VirtualTimeScheduler } from 'rxjs';
import type { Priority, RateLimit } from '../../src/core/contract.js';
import type { Budget } from '../../src/net/budget.js';
import { createThrottler, type ThrottlerOptions } from '../../src/net/throttler.js';

const one = { a: { limit: 1, interval: 1_000 } };
const two = { a: { limit: 1, interval: 1_000 }, b: { limit: 1, interval: 10_000 } };

/** A throttler in virtual time that notes what it let through, and when. */
const createHarness = (
  limits: Record<string, RateLimit>,
  options: Partial<ThrottlerOptions> = {},
) => {
  const scheduler = new VirtualTimeScheduler();
  const throttler = createThrottler({ limits, scheduler, ...options });
  const log: [time: number, event: string][] = [];
  const ask = (
    name: string,
    weights: Record<string, number> = { a: 1 },
    priority: Priority = 'query',
  ) =>
    throttler.acquire({ weights, priority }).subscribe({
      next: () => log.push([scheduler.now(), name]),
      error: () => log.push([scheduler.now(), `${name} failed`]),
    });
  const at = (time: number, action: () => void) => scheduler.schedule(action, time);
  return { scheduler, throttler, log, ask, at };
};

describe('acquire', () => {
  it('emits once and completes in the same turn where there is room', () => {
    const { throttler } = createHarness(one);
    const events: string[] = [];
    throttler.acquire({ weights: { a: 1 }, priority: 'place' }).subscribe({
      next: () => events.push('next'),
      complete: () => events.push('complete'),
    });
    expect(events).toEqual(['next', 'complete']);
  });

  it('is cold: each subscription takes a permit of its own, and none takes nothing', () => {
    const { scheduler, throttler, log, ask } = createHarness(one);
    const permit$ = throttler.acquire({ weights: { a: 1 }, priority: 'place' });
    ask('first');
    const times: number[] = [];
    permit$.subscribe(() => times.push(scheduler.now()));
    permit$.subscribe(() => times.push(scheduler.now()));
    scheduler.flush();
    expect(log).toEqual([[0, 'first']]);
    expect(times).toEqual([1_050, 2_100]);
  });

  it('lets bursts through one window after the other', () => {
    const { scheduler, log, ask } = createHarness({ a: { limit: 5, interval: 2_000 } });
    for (let i = 0; i < 20; i++) ask(String(i));
    scheduler.flush();
    expect(log).toEqual(
      Array.from({ length: 20 }, (_, i) => [Math.floor(i / 5) * 2_100, String(i)]),
    );
  });

  it('leaves the rest of the limits to others where it has a share of them', () => {
    const limits = { a: { limit: 4, interval: 1_000 } };
    const { scheduler, log, ask } = createHarness(limits, { share: 0.5 });
    for (const name of ['one', 'two', 'three']) ask(name);
    scheduler.flush();
    expect(log).toEqual([
      [0, 'one'],
      [0, 'two'],
      [1_050, 'three'],
    ]);
  });

  it('holds a call for no pool by nothing but a pause of everything', () => {
    const { scheduler, throttler, log, ask, at } = createHarness(one);
    for (const name of ['first', 'second']) ask(name);
    throttler.pause('a', 30_000);
    ask('for none', {});
    at(500, () => throttler.pause(undefined, 40_000));
    at(600, () => ask('for none again', {}));
    scheduler.flush();
    expect(log.slice(0, 2)).toEqual([
      [0, 'first'],
      [0, 'for none'],
    ]);
    expect(log).toContainEqual([40_000, 'for none again']);
  });

  it('goes by priority, first come first served among equals', () => {
    const { scheduler, log, ask } = createHarness(one);
    for (const name of ['now', 'm1', 'm2']) ask(name, { a: 1 }, 'market_data');
    for (const name of ['q1', 'q2']) ask(name, { a: 1 }, 'query');
    for (const name of ['p1', 'p2']) ask(name, { a: 1 }, 'place');
    for (const name of ['c1', 'c2']) ask(name, { a: 1 }, 'cancel');
    scheduler.flush();
    expect(log.map(([, name]) => name)).toEqual([
      'now',
      'c1',
      'c2',
      'p1',
      'p2',
      'q1',
      'q2',
      'm1',
      'm2',
    ]);
  });

  it('is first come first served between calls for different pools, too', () => {
    const { scheduler, log, ask } = createHarness({ ...one, b: { limit: 9, interval: 1_000 } });
    for (const name of ['now', 'first']) ask(name);
    ask('second', { a: 1, b: 1 });
    ask('third');
    scheduler.flush();
    expect(log.map(([, name]) => name)).toEqual(['now', 'first', 'second', 'third']);
  });

  it('does not hold a call that needs another pool than the one waited for, if there is room for both', () => {
    const { scheduler, log, ask } = createHarness({ ...one, b: { limit: 2, interval: 10_000 } });
    ask('takes a', { a: 1 });
    ask('waits for a', { a: 1, b: 1 }, 'cancel');
    ask('needs b', { b: 1 }, 'cancel');
    ask('needs b too', { b: 1 }, 'cancel');
    scheduler.flush();
    expect(log).toEqual([
      [0, 'takes a'],
      [0, 'needs b'],
      [1_050, 'waits for a'],
      [10_500, 'needs b too'],
    ]);
  });

  it('lets no number of small calls starve one that needs two pools', () => {
    const { scheduler, log, ask, at } = createHarness({
      a: { limit: 2, interval: 1_000 },
      b: { limit: 2, interval: 1_700 },
    });
    ask('a', { a: 2 });
    ask('both', { a: 2, b: 2 });
    for (let ms = 0; ms < 20_000; ms += 100)
      at(ms, () => {
        ask('a');
        ask('b', { b: 1 });
      });
    scheduler.flush();
    expect(log.find(([, name]) => name === 'both')).toEqual([1_050, 'both']);
  });

  it('may be asked for again out of a permit', () => {
    const { scheduler, throttler, log, ask, at } = createHarness({
      a: { limit: 3, interval: 1_000 },
    });
    at(0, () => {
      throttler.acquire({ weights: { a: 1 }, priority: 'query' }).subscribe(() => {
        ask('inner');
        ask('urgent', { a: 1 }, 'cancel');
        ask('late');
      });
    });
    scheduler.flush();
    expect(log).toEqual([
      [0, 'inner'],
      [0, 'urgent'],
      [1_050, 'late'],
    ]);
  });

  it('lets thousands through in one turn', () => {
    const { scheduler, throttler, log, ask } = createHarness({
      a: { limit: 50_000, interval: 1_000 },
    });
    throttler.pause('a', 10);
    for (let i = 0; i < 50_000; i++) ask(String(i));
    scheduler.flush();
    expect(log).toHaveLength(50_000);
    expect(log.at(-1)).toEqual([10, '49999']);
  });

  it('errors at once where a weight is above the limit, with a kind that is not tried again', () => {
    const { scheduler, throttler, log, ask } = createHarness(one);
    ask('too much', { a: 2 });
    expect(log).toEqual([[0, 'too much failed']]);
    let failure: unknown;
    throttler
      .acquire({ weights: { a: 2 }, priority: 'place' })
      .subscribe({ error: (error: unknown) => (failure = error) });
    expect(failure).toMatchObject({ kind: 'not_supported', retryable: false });
    expect(scheduler.actions).toEqual([]);
  });

  it('throws for a pool that does not exist', () => {
    const { throttler } = createHarness(one);
    expect(() => throttler.acquire({ weights: { z: 1 }, priority: 'place' })).toThrow(RangeError);
    expect(() => throttler.pause('z', 1)).toThrow(RangeError);
    expect(() => throttler.correct('z', 1, 0)).toThrow(RangeError);
  });
});

describe('take', () => {
  const call = { weights: { a: 1 }, priority: 'place' } as const;

  it('grants where there is room, and counts what it granted', () => {
    const { scheduler, throttler, log, ask, at } = createHarness(one);
    expect([throttler.take(call), throttler.take(call)]).toEqual([true, false]);
    ask('later');
    at(3_000, () => log.push([scheduler.now(), String(throttler.take(call))]));
    scheduler.flush();
    expect(log).toEqual([
      [1_050, 'later'],
      [3_000, 'true'],
    ]);
  });

  it('grants nothing while others wait, be it of another pool', () => {
    const { throttler, ask } = createHarness(two);
    expect(throttler.take(call)).toBe(true);
    ask('waits');
    expect(throttler.take({ weights: { b: 1 }, priority: 'cancel' })).toBe(false);
  });

  it.each([2, -1, NaN])('grants no weight of %d, which no pool ever grants', (weight) => {
    const { throttler } = createHarness(one);
    expect(throttler.take({ weights: { a: weight }, priority: 'cancel' })).toBe(false);
    expect(throttler.take(call)).toBe(true);
  });

  it('throws for a pool that there is not', () => {
    const { throttler } = createHarness(one);
    expect(() => throttler.take({ weights: { z: 1 }, priority: 'place' })).toThrow(RangeError);
  });
});

describe('giving up', () => {
  it('takes nothing and lets the next one through in its turn', () => {
    const { scheduler, log, ask, at } = createHarness(one);
    ask('first');
    const impatient = ask('impatient');
    ask('third');
    at(500, () => impatient.unsubscribe());
    scheduler.flush();
    expect(log).toEqual([
      [0, 'first'],
      [1_050, 'third'],
    ]);
  });

  it('opens the way at once to those it stood before', () => {
    const { scheduler, log, ask, at } = createHarness({ a: { limit: 10, interval: 1_000 } });
    ask('first', { a: 5 });
    const large = ask('large', { a: 8 });
    ask('small', { a: 1 });
    at(500, () => large.unsubscribe());
    scheduler.flush();
    expect(log).toEqual([
      [0, 'first'],
      [500, 'small'],
    ]);
  });

  it('gives nothing back once the permit is granted', () => {
    const { scheduler, throttler, log, ask } = createHarness(one);
    throttler
      .acquire({ weights: { a: 1 }, priority: 'place' })
      .pipe(take(1))
      .subscribe()
      .unsubscribe();
    ask('second');
    scheduler.flush();
    expect(log).toEqual([[1_050, 'second']]);
  });
});

describe('pause', () => {
  it('holds a pool until the time, and then goes on', () => {
    const { scheduler, throttler, log, ask } = createHarness(two);
    throttler.pause('a', 30_000);
    ask('a');
    ask('b', { b: 1 });
    scheduler.flush();
    expect(log).toEqual([
      [0, 'b'],
      [30_000, 'a'],
    ]);
  });

  it('holds everything, and those that wait already too', () => {
    const { scheduler, throttler, log, ask, at } = createHarness(two);
    ask('first');
    ask('second');
    at(500, () => throttler.pause(undefined, 30_000));
    at(600, () => ask('b', { b: 1 }));
    scheduler.flush();
    expect(log).toEqual([
      [0, 'first'],
      [30_000, 'second'],
      [30_000, 'b'],
    ]);
  });

  it('may last longer than a timer can', () => {
    const { scheduler, throttler, log, ask } = createHarness(one);
    const year = 365 * 24 * 3_600_000;
    throttler.pause('a', year);
    ask('patient');
    const delays: number[] = [];
    while (scheduler.actions.length > 0) {
      delays.push(scheduler.actions[0]!.delay - scheduler.now());
      scheduler.maxFrames = scheduler.actions[0]!.delay;
      scheduler.flush();
    }
    expect(Math.max(...delays)).toBeLessThan(2 ** 31);
    expect(log).toEqual([[year, 'patient']]);
  });

  it('without an end leaves no timer', () => {
    const { scheduler, throttler, ask } = createHarness(one);
    throttler.pause(undefined, Infinity);
    ask('never');
    expect(scheduler.actions).toEqual([]);
  });
});

describe('correct', () => {
  it('holds calls back that somebody else used the room of', () => {
    const { scheduler, throttler, log, ask, at } = createHarness({
      a: { limit: 10, interval: 1_000 },
    });
    ask('first');
    at(100, () => {
      throttler.correct('a', 10, 90);
      ask('second');
      ask('third', { a: 2 });
    });
    scheduler.flush();
    expect(log).toEqual([
      [0, 'first'],
      [1_050, 'second'],
      [1_140, 'third'],
    ]);
  });
});

describe('budget$', () => {
  const limits = { a: { limit: 10, interval: 10_000 }, b: { limit: 4, interval: 60_000 } };
  const seen = (budget$: Observable<Budget>, scheduler: SchedulerLike) => {
    const budgets: [at: number, budget: Budget][] = [];
    const subscription = budget$.subscribe((budget) => budgets.push([scheduler.now(), budget]));
    return { budgets, leave: () => subscription.unsubscribe() };
  };

  it('tells at once what each pool grants', () => {
    const { throttler, scheduler, ask } = createHarness(limits, { share: 0.5 });
    ask('a', { a: 3, b: 1 });
    const { budgets, leave } = seen(throttler.budget$, scheduler);
    expect(budgets).toEqual([
      [0, { a: { limit: 5, used: 3, free: 2 }, b: { limit: 2, used: 1, free: 1 } }],
    ]);
    leave();
  });

  it('tells of changes, those of 100 ms together, and of what leaves the windows', () => {
    const { throttler, scheduler, ask, at } = createHarness(limits);
    const { budgets, leave } = seen(throttler.budget$, scheduler);
    at(1_010, () => ask('x', { a: 3 }));
    at(1_050, () => ask('y', { a: 3, b: 1 }));
    at(20_000, leave);
    scheduler.flush();
    expect(budgets.map(([time, { a, b }]) => [time, a!.free, b!.free])).toEqual([
      [0, 10, 4],
      [1_110, 4, 3],
      [12_000, 10, 3],
    ]);
  });

  it('counts what others have used, and says until when a pool is paused', () => {
    const { throttler, scheduler, at } = createHarness(limits);
    const { budgets, leave } = seen(throttler.budget$, scheduler);
    at(500, () => {
      throttler.correct('a', 12, 500);
      throttler.pause('b', 3_000);
    });
    at(5_000, leave);
    scheduler.flush();
    expect(budgets.slice(1)).toEqual([
      [
        600,
        {
          a: { limit: 10, used: 12, free: 0 },
          b: { limit: 4, used: 0, free: 4, pausedUntil: 3_000 },
        },
      ],
      [3_000, expect.objectContaining({ b: { limit: 4, used: 0, free: 4 } })],
    ]);
  });

  it('says of every pool that all are paused', () => {
    const { throttler, scheduler } = createHarness(limits);
    throttler.pause(undefined, 7_000);
    throttler.pause('a', 9_000);
    const { budgets, leave } = seen(throttler.budget$, scheduler);
    expect(budgets[0]![1]).toMatchObject({ a: { pausedUntil: 9_000 }, b: { pausedUntil: 7_000 } });
    leave();
  });

  it('is shared, and leaves no timer', () => {
    const { throttler, scheduler, ask } = createHarness(limits);
    const first = seen(throttler.budget$, scheduler);
    const pending = scheduler.actions.length;
    const second = seen(throttler.budget$, scheduler);
    expect(scheduler.actions).toHaveLength(pending);
    expect(second.budgets).toHaveLength(1);
    ask('a');
    first.leave();
    second.leave();
    expect(scheduler.actions).toEqual([]);
  });
});

describe('limit', () => {
  it('raises a pool, and lets those that wait for it through', () => {
    const { scheduler, throttler, log, ask, at } = createHarness(one);
    for (const name of ['a', 'b', 'c', 'd']) ask(name);
    at(100, () => throttler.limit('a', { limit: 3, interval: 1_000 }));
    scheduler.flush();
    expect(log).toEqual([
      [0, 'a'],
      [100, 'b'],
      [100, 'c'],
      [1_050, 'd'],
    ]);
  });

  it('lowers a pool; what was taken of it counts on', () => {
    const { scheduler, throttler, log, ask, at } = createHarness({
      a: { limit: 5, interval: 1_000 },
    });
    for (const name of ['a', 'b', 'c']) ask(name);
    at(100, () => {
      throttler.limit('a', { limit: 2, interval: 2_000 });
      for (const name of ['d', 'e', 'f']) ask(name);
    });
    scheduler.flush();
    expect(log.slice(3)).toEqual([
      [2_100, 'd'],
      [2_100, 'e'],
      [4_200, 'f'],
    ]);
  });

  it('keeps share, margin and a pause', () => {
    const { scheduler, throttler, log, ask } = createHarness(one, { share: 0.5, margin: 0.1 });
    throttler.pause('a', 500);
    throttler.limit('a', { limit: 4, interval: 1_000 });
    for (const name of ['a', 'b', 'c']) ask(name);
    scheduler.flush();
    expect(log).toEqual([
      [500, 'a'],
      [500, 'b'],
      [1_600, 'c'],
    ]);
  });

  it('fails a call that waits and will never have room again', () => {
    const { scheduler, throttler, log, ask } = createHarness({ a: { limit: 9, interval: 1_000 } });
    ask('first', { a: 9 });
    ask('heavy', { a: 8 });
    ask('light', { a: 4 });
    throttler.limit('a', { limit: 4, interval: 1_000 });
    scheduler.flush();
    expect(log).toEqual([
      [0, 'first'],
      [0, 'heavy failed'],
      [1_050, 'light'],
    ]);
  });

  it('throws for a pool that does not exist', () => {
    const { throttler } = createHarness(one);
    expect(() => throttler.limit('b', { limit: 1, interval: 1 })).toThrow(RangeError);
  });
});

describe('timers', () => {
  it('has one while anybody waits, at the next time somebody may go, and else none', () => {
    const { scheduler, throttler, ask } = createHarness(two);
    const pending = () => scheduler.actions.map((action) => action.delay);
    ask('first', { a: 1, b: 1 });
    expect(pending()).toEqual([]);
    const b = ask('b', { b: 1 });
    expect(pending()).toEqual([10_500]);
    const a = ask('a', { a: 1 });
    for (let i = 0; i < 10; i++) ask('more', { a: 1 }, 'cancel').unsubscribe();
    expect(pending()).toEqual([1_050]);
    throttler.pause('a', 2_000);
    expect(pending()).toEqual([2_000]);
    a.unsubscribe();
    expect(pending()).toEqual([10_500]);
    b.unsubscribe();
    expect(pending()).toEqual([]);
  });

  it('puts it off when a report says that there is no room', () => {
    const { scheduler, throttler, ask, at } = createHarness(one);
    ask('first');
    ask('second');
    const pending: number[] = [];
    at(500, () => {
      throttler.correct('a', 9, 500);
      pending.push(...scheduler.actions.map((action) => action.delay));
    });
    scheduler.flush();
    expect(pending).toEqual([1_550]);
  });

  it('does not poll', () => {
    const scheduler = new VirtualTimeScheduler();
    let timers = 0;
    const counting: SchedulerLike = {
      now: () => scheduler.now(),
      schedule: (...task) => {
        timers += 1;
        return scheduler.schedule(...(task as Parameters<typeof scheduler.schedule>));
      },
    };
    const throttler = createThrottler({
      limits: { a: { limit: 5, interval: 60_000 } },
      scheduler: counting,
    });
    for (let i = 0; i < 20; i++)
      throttler.acquire({ weights: { a: 1 }, priority: 'query' }).subscribe();
    const beforeTheWait = timers;
    scheduler.flush();
    expect(timers - beforeTheWait).toBeLessThanOrEqual(3);
    expect(scheduler.now()).toBe(3 * 63_000);
  });
});

describe('real time', () => {
  afterEach(() => jest.useRealTimers());

  it.each([-3_600_000, 3_600_000])('does not mind a machine’s clock set by %d ms', (leap) => {
    jest.useFakeTimers();
    const throttler = createThrottler({ limits: one, margin: 0 });
    const granted: string[] = [];
    const ask = (name: string) =>
      throttler
        .acquire({ weights: { a: 1 }, priority: 'query' })
        .subscribe(() => granted.push(name));
    ask('first');
    ask('second');
    jest.advanceTimersByTime(500);
    jest.setSystemTime(Date.now() + leap);
    ask('third');
    jest.advanceTimersByTime(499);
    expect(granted).toEqual(['first']);
    jest.advanceTimersByTime(600);
    expect(granted).toEqual(['first', 'second']);
  });
});
