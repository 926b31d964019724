import fc from 'fast-check';
import { interval, Subscription, take, timer } from 'rxjs';
import { VirtualScheduler } from '../../src/testing/virtual-scheduler.js';

/** What a program does with a scheduler. */
type Step =
  | { readonly do: 'schedule'; readonly plan: Plan }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'advance'; readonly ms: number };

/** An action: it runs so many times, schedules others each time, and may cancel one. */
interface Plan {
  readonly delay: number;
  readonly times: number;
  readonly children: readonly Plan[];
  readonly cancels?: number | undefined;
}

/** What the two of them have in common. */
interface Clock {
  readonly now: () => number;
  readonly schedule: (act: (again: (delay: number) => void) => void, delay: number) => () => void;
  readonly advance: (ms: number) => void;
  readonly pending: () => number;
}

/** Looks through a list for what is next, each time. */
const naiveClock = (): Clock => {
  let now = 0;
  let sequence = 0;
  let list: { time: number; sequence: number; act: () => void }[] = [];
  const schedule: Clock['schedule'] = (act, delay) => {
    let entry: (typeof list)[number];
    const cancel = () => void (list = list.filter((other) => other !== entry));
    const enqueue = (ms: number) => {
      cancel();
      entry = { time: now + Math.max(0, ms), sequence: sequence++, act: () => act(enqueue) };
      list = [...list, entry];
    };
    enqueue(delay);
    return cancel;
  };
  return {
    now: () => now,
    schedule,
    advance: (ms) => {
      const until = now + ms;
      for (;;) {
        const [next] = list
          .filter(({ time }) => time <= until)
          .toSorted((a, b) => a.time - b.time || a.sequence - b.sequence);
        if (next === undefined) break;
        list = list.filter((other) => other !== next);
        now = next.time;
        next.act();
      }
      now = until;
    },
    pending: () => list.length,
  };
};

const virtualClock = (): Clock => {
  const scheduler = new VirtualScheduler(0);
  return {
    now: () => scheduler.now(),
    schedule: (act, delay) => {
      const action = scheduler.schedule(function () {
        act((ms) => void this.schedule(undefined, ms));
      }, delay);
      return () => action.unsubscribe();
    },
    advance: (ms) => scheduler.advance(ms),
    pending: () => scheduler.pending,
  };
};

/** Runs the steps; returns all that happened, and when. */
const history = (clock: Clock, steps: readonly Step[]): readonly string[] => {
  const log: string[] = [];
  const cancels: (() => void)[] = [];
  let names = 0;
  const start = ({ delay, times, children, cancels: victim }: Plan): void => {
    const name = names++;
    let left = times;
    const cancel = clock.schedule((again) => {
      log.push(`${clock.now()} ${name}`);
      left -= 1;
      if (left > 0) again(delay);
      children.forEach(start);
      if (victim !== undefined) cancels[victim]?.();
    }, delay);
    cancels.push(cancel);
  };
  for (const step of steps) {
    if (step.do === 'schedule') start(step.plan);
    else if (step.do === 'cancel') cancels[step.which]?.();
    else clock.advance(step.ms);
    log.push(`${clock.now()}, ${clock.pending()} wait`);
  }
  return log;
};

const delay = fc.integer({ min: -1, max: 8 });
const plan = (depth: number): fc.Arbitrary<Plan> =>
  fc.record({
    delay,
    times: fc.integer({ min: 1, max: 3 }),
    children: depth === 0 ? fc.constant([]) : fc.array(plan(depth - 1), { maxLength: 2 }),
    cancels: fc.option(fc.nat(15), { nil: undefined }),
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('schedule' as const), plan: plan(2) }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(15) }),
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 20 }) }),
);

it('does as a list does that is searched each time', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      expect(history(virtualClock(), steps)).toEqual(history(naiveClock(), steps));
    }),
    { numRuns: 500 },
  );
});

describe('the scheduler', () => {
  it('stands still until time passes', () => {
    const scheduler = new VirtualScheduler(1_000);
    const ran: number[] = [];
    scheduler.schedule(() => ran.push(scheduler.now()), 0);
    expect([scheduler.now(), ran]).toEqual([1_000, []]);
    scheduler.advance(0);
    expect(ran).toEqual([1_000]);
  });

  it('drives rxjs, and leaves nothing behind', () => {
    const scheduler = new VirtualScheduler(0);
    const ticks: number[] = [];
    interval(1_000, scheduler)
      .pipe(take(3))
      .subscribe(() => ticks.push(scheduler.now()));
    timer(500, scheduler).subscribe(() => ticks.push(scheduler.now()));
    scheduler.advance(2_000);
    expect([ticks, scheduler.pending]).toEqual([[500, 1_000, 2_000], 1]);
    scheduler.advance(2_000);
    expect([ticks, scheduler.pending]).toEqual([[500, 1_000, 2_000, 3_000], 0]);
  });

  it('goes through a day of ticks', () => {
    const scheduler = new VirtualScheduler(0);
    let ticks = 0;
    const ticking = interval(100, scheduler).subscribe(() => (ticks += 1));
    scheduler.advance(86_400_000);
    expect([ticks, scheduler.pending]).toEqual([864_000, 1]);
    ticking.unsubscribe();
    expect(scheduler.pending).toBe(0);
  });

  it('waits for nothing that is never due', () => {
    const scheduler = new VirtualScheduler(0);
    const never = scheduler.schedule(() => undefined, Infinity);
    expect(scheduler.pending).toBe(0);
    never.unsubscribe();
  });

  it('hands the state on', () => {
    const scheduler = new VirtualScheduler(0);
    const states: (number | undefined)[] = [];
    scheduler.schedule<number>(
      function (state = 0) {
        states.push(state);
        if (state < 3) this.schedule(state + 1, 10);
      },
      10,
      1,
    );
    scheduler.advance(100);
    expect(states).toEqual([1, 2, 3]);
  });

  it('lets go of an action that is over', () => {
    const scheduler = new VirtualScheduler(0);
    const all = new Subscription();
    const one = scheduler.schedule(() => undefined, 10);
    all.add(one);
    scheduler.advance(10);
    expect(one.closed).toBe(true);
  });

  it('goes on after an action that throws', () => {
    const scheduler = new VirtualScheduler(0);
    const ran: string[] = [];
    const broken = scheduler.schedule(() => {
      throw new Error('broken');
    }, 10);
    scheduler.schedule(() => ran.push('next'), 10);
    expect(() => scheduler.advance(20)).toThrow('broken');
    expect([broken.closed, ran, scheduler.pending]).toEqual([true, [], 1]);
    scheduler.advance(10);
    expect(ran).toEqual(['next']);
  });
});
