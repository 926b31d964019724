import * as fc from 'fast-check';
import {
  advance,
  type RatePool,
  ratePool,
  roomAt,
  take,
  type ThrottlePolicy,
  withReport,
} from '../../src/net/rate-pool.js';

const policy: ThrottlePolicy = { share: 1, margin: 0.05, reserve: 0 };
const fresh = ratePool({ limit: 10, interval: 1_000 }, policy);

/** The pool after units were taken at these times. */
const after = (pool: RatePool, ...taken: [now: number, units: number][]): RatePool =>
  taken.reduce((before, [now, units]) => take(advance(before, now), units, now), pool);

const readyAt = (pool: RatePool, units: number, now: number): number =>
  Math.max(now, roomAt(advance(pool, now), units));

describe('ratePool', () => {
  it.each([
    { share: 0.5, limit: 5 },
    { share: 0.39, limit: 3 },
    { share: 0.01, limit: 1 },
  ])('a share of $share of 10 is $limit', ({ share, limit }) => {
    expect(ratePool({ limit: 10, interval: 1_000 }, { ...policy, share }).limit).toBe(limit);
  });

  it.each([
    { margin: 0, window: 1_000 },
    { margin: 0.05, window: 1_050 },
    { margin: 0.0001, window: 1_001 },
  ])('a margin of $margin makes a window of $window ms', ({ margin, window }) => {
    const pool = ratePool({ limit: 10, interval: 1_000 }, { ...policy, margin });
    expect(readyAt(after(pool, [0, 10]), 1, 0)).toBe(window);
  });
});

describe('roomAt', () => {
  it('is now up to the limit', () => {
    expect(readyAt(fresh, 10, 0)).toBe(0);
    expect(readyAt(after(fresh, [0, 9]), 1, 0)).toBe(0);
    expect(readyAt(after(fresh, [0, 9]), 2, 0)).toBe(1_050);
  });

  it('is when enough has left the window', () => {
    const pool = after(fresh, [0, 3], [100, 3], [200, 4]);
    expect(readyAt(pool, 3, 300)).toBe(1_050);
    expect(readyAt(pool, 4, 300)).toBe(1_150);
    expect(readyAt(pool, 10, 300)).toBe(1_250);
    expect(readyAt(pool, 4, 1_149)).toBe(1_150);
    expect(readyAt(pool, 6, 1_150)).toBe(1_150);
    expect(readyAt(pool, 10, 1_250)).toBe(1_250);
  });

  it('is not before the end of a pause', () => {
    expect(readyAt({ ...fresh, pausedUntil: 5_000 }, 1, 0)).toBe(5_000);
    expect(readyAt(after({ ...fresh, pausedUntil: 500 }, [0, 10]), 1, 0)).toBe(1_050);
    expect(readyAt(after({ ...fresh, pausedUntil: 5_000 }, [0, 10]), 1, 0)).toBe(5_000);
  });

  it('takes units of nearly one time for units of the last of them', () => {
    const pool = after(fresh, [0, 1], [10, 1], [11, 8]);
    expect(readyAt(pool, 2, 20)).toBe(1_060);
    expect(readyAt(pool, 3, 20)).toBe(1_061);
  });

  it('counts all that it knows of from now when the clock is set back', () => {
    const pool = after(fresh, [1e6, 4], [1e6 + 500, 6]);
    expect(readyAt(pool, 1, 5_000)).toBe(6_050);
    expect(readyAt(pool, 10, 5_000)).toBe(6_050);
    expect(readyAt(after(advance(pool, 5_000), [6_050, 10]), 1, 6_050)).toBe(7_100);
  });

  it('is as an exact log has it, or up to a hundredth of the window later', () => {
    const calls = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 300 }), units: fc.integer({ min: 1, max: 5 }) }),
      { minLength: 1, maxLength: 200 },
    );
    fc.assert(
      fc.property(calls, (asked) => {
        const log: { at: number; units: number }[] = [];
        const usedAt = (time: number): number =>
          log.reduce((sum, { at, units }) => sum + (at + 1_050 > time ? units : 0), 0);
        const exact = (units: number, now: number): number =>
          [now, ...log.map(({ at }) => at + 1_050)].find(
            (time) => time >= now && usedAt(time) + units <= 10,
          )!;
        asked.reduce(
          ({ pool, now }, { pause, units }) => {
            const time = readyAt(pool, units, now + pause);
            expect(time).toBeGreaterThanOrEqual(exact(units, now + pause));
            expect(time).toBeLessThan(exact(units, now + pause) + 10.5);
            log.push({ at: time, units });
            return { pool: after(pool, [time, units]), now: time };
          },
          { pool: fresh, now: 0 },
        );
      }),
    );
  });
});

describe('take', () => {
  it('leaves its argument as it was', () => {
    const pool = after(fresh, [0, 9]);
    after(pool, [0, 1]);
    expect(readyAt(pool, 1, 0)).toBe(0);
  });

  it('is bounded in memory, however much was taken', () => {
    const wide = ratePool({ limit: 1e9, interval: 60_000 }, policy);
    const times = Array.from({ length: 20_000 }, (_, i): [number, number] => [i * 7, 1]);
    const pool = after(wide, ...times);
    expect(pool.taken.length).toBeLessThanOrEqual(101);
    expect(pool.used).toBeGreaterThanOrEqual(63_000 / 7);
    expect(pool.used).toBeLessThan(63_630 / 7 + 1);
  });
});

describe('withReport', () => {
  it('accounts for what others used, for one window', () => {
    const pool = withReport(after(fresh, [0, 3]), 8, 100);
    expect(readyAt(pool, 2, 100)).toBe(100);
    expect(readyAt(pool, 3, 100)).toBe(1_050);
    expect(readyAt(pool, 5, 100)).toBe(1_050);
    expect(readyAt(pool, 6, 100)).toBe(1_150);
    expect(readyAt(pool, 10, 1_150)).toBe(1_150);
  });

  it('ignores a report of no more than is known', () => {
    const pool = withReport(after(fresh, [0, 3]), 3, 100);
    expect(readyAt(pool, 7, 100)).toBe(100);
    expect(readyAt(pool, 8, 100)).toBe(1_050);
  });

  it('does not take our own calls for those of others, in whatever order the answers come', () => {
    const pool = [4, 2, 7, 1, 5, 3, 6].reduce(
      (before, reported) => withReport(before, reported, 100),
      after(fresh, [0, 7]),
    );
    expect(readyAt(pool, 3, 100)).toBe(100);
  });

  it('lets the largest finding of the last window stand', () => {
    const pool = withReport(withReport(withReport(fresh, 6, 0), 8, 100), 3, 500);
    expect(readyAt(pool, 2, 500)).toBe(500);
    expect(readyAt(pool, 3, 500)).toBe(1_150);
    expect(readyAt(pool, 7, 500)).toBe(1_150);
    expect(readyAt(pool, 8, 500)).toBe(1_550);
    expect(readyAt(pool, 8, 1_550)).toBe(1_550);
  });

  it('does not count the same units twice', () => {
    expect(readyAt(withReport(withReport(fresh, 8, 100), 8, 200), 2, 200)).toBe(200);
  });

  it('holds everything back where others used more than the limit', () => {
    const pool = withReport(fresh, 5_000, 100);
    expect(readyAt(pool, 1, 100)).toBe(1_150);
    expect(readyAt(pool, 10, 1_150)).toBe(1_150);
  });

  it('counts a late report from its own time', () => {
    const pool = withReport(after(fresh, [500, 1]), 10, 100);
    expect(readyAt(pool, 1, 600)).toBe(1_150);
    expect(readyAt(withReport(fresh, 10, 100), 1, 1_150)).toBe(1_150);
    expect(readyAt(withReport(withReport(fresh, 10, 500), 9, 100), 2, 600)).toBe(1_550);
  });

  it('leaves others their part of a shared limit', () => {
    const half = ratePool({ limit: 10, interval: 1_000 }, { ...policy, share: 0.5 });
    const reported = (units: number) => withReport(after(half, [0, 1]), units, 0);
    expect(readyAt(reported(6), 4, 0)).toBe(0);
    expect(readyAt(reported(8), 2, 0)).toBe(0);
    expect(readyAt(reported(8), 3, 0)).toBe(1_050);
    expect(readyAt(reported(10), 1, 0)).toBe(1_050);
  });

  it('is bounded in memory, however many reports came', () => {
    const wide = ratePool({ limit: 1e6, interval: 60_000 }, policy);
    let pool = wide;
    for (let i = 0; i < 20_000; i++) pool = withReport(advance(pool, i * 7), 900_000 - i, i * 7);
    expect(pool.foreign.length).toBeLessThanOrEqual(101);
    expect(pool.foreign.length).toBeGreaterThan(90);
  });
});
