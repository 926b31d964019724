import fc from 'fast-check';
import { ema, rolling, volatility, type RollingStatistics } from 'rxchange/operators';
import { concatMap, delay, from, map, of, tap, toArray, type OperatorFunction } from 'rxjs';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';
import { marbles } from './support.js';

/** A value, and how many ms after the one before it comes. */
type Step = readonly [value: number, wait: number];

/** Lets values pass an operator at their times. */
const over = <R>(
  steps: readonly Step[],
  operator: (scheduler: ReturnType<typeof virtualTime>['scheduler']) => OperatorFunction<number, R>,
): readonly R[] => {
  const { scheduler, advance } = virtualTime();
  const values$ = from(steps).pipe(
    concatMap(([value, wait]) => of(value).pipe(delay(wait, scheduler))),
  );
  const heard = record(values$.pipe(operator(scheduler)));
  advance(1_000_000);
  expect(heard.state()).toBe('completed');
  return heard.values;
};

const statisticsOf = (values: readonly number[]): RollingStatistics => {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, deviation: Math.sqrt(squares / (count - 1)) };
};

/** At each step the values that are in the window then, found the long way. */
const windows = (
  steps: readonly Step[],
  { count, ms }: { readonly count?: number; readonly ms?: number },
): readonly (readonly number[])[] => {
  let now = 0;
  const timed = steps.map(([value, wait]) => ({ value, at: (now += wait) }));
  return timed.map(({ at }, index) => {
    const sofar = timed.slice(0, index + 1);
    const inside = count === undefined ? sofar.filter((x) => x.at > at - ms!) : sofar.slice(-count);
    return inside.map(({ value }) => value);
  });
};

const waits = fc.integer({ min: 1, max: 50 });
const stepsOf = (values: fc.Arbitrary<number>): fc.Arbitrary<readonly Step[]> =>
  fc.array(fc.tuple(values, waits), { maxLength: 60 });
const someWindow = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ ms: fc.integer({ min: 1, max: 300 }) }),
);

describe('statistics of a window', () => {
  it('are told at every value', () => {
    marbles(({ cold, expectObservable }) => {
      const means$ = cold('1-2-3--6-|').pipe(
        map((value) => Number(value)),
        rolling({ count: 2 }),
        map(({ mean }) => mean),
      );
      expectObservable(means$).toBe('a-b-c--d-|', { a: 1, b: 1.5, c: 2.5, d: 4.5 });
      expectObservable(cold<number>('-#').pipe(rolling({ count: 2 }))).toBe('-#');
    });
  });

  it('are those of the values in it, found the long way', () => {
    const values = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(stepsOf(values), someWindow, (steps, window) => {
        const told = over(steps, (scheduler) => rolling(window, scheduler));
        const expected = windows(steps, window).map(statisticsOf);
        expect(told).toHaveLength(expected.length);
        for (const [index, { count, mean, deviation }] of expected.entries()) {
          expect(told[index]!.count).toBe(count);
          expect(told[index]!.mean).toBeCloseTo(mean, 5);
          if (count === 1) expect(told[index]!.deviation).toBeNaN();
          else expect(told[index]!.deviation).toBeCloseTo(deviation, 5);
        }
      }),
    );
  });

  it('forget a huge value without a trace', () => {
    const steps: Step[] = [1e15, 1, 2, 3].map((value) => [value, 1]);
    expect(over(steps, () => rolling({ count: 3 })).at(-1)).toEqual({
      count: 3,
      mean: 2,
      deviation: 1,
    });
  });

  it('see small distances between large values', () => {
    const steps: Step[] = [4, 7, 13, 16].map((value) => [1e9 + value, 1]);
    const { deviation } = over(steps, () => rolling({ count: 4 })).at(-1)!;
    expect(deviation).toBeCloseTo(Math.sqrt(30), 9);
  });

  it('leave out what is not a number, and begin anew with each subscription', () => {
    const means$ = from([NaN, 1, Infinity, 3]).pipe(
      rolling({ count: 2 }),
      map(({ mean }) => mean),
    );
    expect(record(means$).values).toEqual([1, 2]);
    expect(record(means$).values).toEqual([1, 2]);
  });

  it.each([{ count: 0 }, { count: 2.5 }, { ms: 0 }, { ms: NaN }])('are not of %j', (window) => {
    expect(() => rolling(window)).toThrow(RangeError);
    expect(() => volatility(window)).toThrow(RangeError);
  });
});

describe('volatility', () => {
  it('is the root of the squared returns in the window, found the long way', () => {
    const prices = fc.double({ min: 0.01, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(stepsOf(prices), someWindow, (steps, window) => {
        const returns = steps
          .slice(1)
          .map(([price, wait], index): Step => [Math.log(price / steps[index]![0]), wait]);
        const told = over(steps, (scheduler) => volatility(window, scheduler));
        const expected = windows(returns, window).map((inside) => Math.hypot(...inside));
        expect(told).toHaveLength(expected.length);
        for (const [index, value] of expected.entries()) expect(told[index]).toBeCloseTo(value, 9);
      }),
    );
  });

  it('leaves out what is no price', () => {
    const told = record(from([100, 0, NaN, -1, 100 * Math.E]).pipe(volatility({ count: 5 })));
    expect(told.values).toEqual([expect.closeTo(1, 12)]);
  });
});

describe('an exponential average', () => {
  it('by count weighs each value alike', () => {
    marbles(({ cold, expectObservable }) => {
      const averages$ = cold('1-2-3-4-|').pipe(
        map((value) => Number(value)),
        ema({ count: 3 }),
      );
      const seen = { a: 1, b: 1.5, c: 2.25, d: 3.125 };
      expectObservable(averages$).toBe('a-b-c-d-|', seen);
    });
  });

  it('by time halves what was before in a half-life', () => {
    const steps: Step[] = [
      [0, 1],
      [8, 100],
      [8, 10],
      [8, 10],
      [0, 10],
      [0, 10],
    ];
    expect(over(steps, (scheduler) => ema({ halfLife: 10 }, scheduler))).toEqual([
      0, 0, 4, 6, 7, 3.5,
    ]);
  });

  it('by time does not change for a value that is told again', () => {
    const values = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(stepsOf(values), (steps) => {
        const twice = steps.flatMap(([value, wait]): Step[] => [
          [value, wait],
          [value, 1],
        ]);
        const once = steps.map(([value, wait], index): Step => [value, wait + Math.min(1, index)]);
        const told = over(twice, (scheduler) => ema({ halfLife: 20 }, scheduler));
        const expected = over(once, (scheduler) => ema({ halfLife: 20 }, scheduler));
        for (const [index, value] of expected.entries())
          expect(told[2 * index]).toBeCloseTo(value, 9);
      }),
    );
  });

  it('stays within its values, and begins anew with each subscription', () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 1, max: 100, noNaN: true }), (all, count) => {
        const average$ = from(all).pipe(ema({ count }), toArray());
        const [told] = record(average$).values;
        expect(record(average$).values).toEqual([told]);
        expect(Math.max(...told!)).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
        expect(Math.min(...told!)).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
      }),
    );
  });

  it('is not poisoned by what is not a number', () => {
    let seen = 0;
    const told = record(
      from([1, NaN, Infinity, 1]).pipe(
        tap(() => (seen += 1)),
        ema({ count: 3 }),
      ),
    );
    expect([seen, told.values]).toEqual([4, [1, 1]]);
  });

  it.each([{ count: 0.5 }, { halfLife: 0 }, { halfLife: NaN }])(
    'does not remember %j',
    (memory) => {
      expect(() => ema(memory)).toThrow(RangeError);
    },
  );
});
