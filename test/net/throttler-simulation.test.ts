import * as fc from 'fast-check';
import { delay, map, tap, VirtualTimeScheduler } from 'rxjs';
import type { Priority } from '../../src/core/contract.js';
import { createThrottler } from '../../src/net/throttler.js';

const priorities: readonly Priority[] = ['cancel', 'place', 'query', 'market_data'];

describe('any stream of calls', () => {
  const limits = { a: { limit: 4, interval: 1_000 }, b: { limit: 6, interval: 3_000 } };
  type Pool = keyof typeof limits;

  const weights = fc.constantFrom<Partial<Record<Pool, number>>[]>(
    { a: 1 },
    { a: 2 },
    { a: 4 },
    { b: 1 },
    { b: 5 },
    { a: 1, b: 1 },
    { a: 3, b: 2 },
    {},
  );
  const calls = fc.array(
    fc.record({
      weights,
      priority: fc.constantFrom(...priorities),
      after: fc.integer({ min: 0, max: 700 }),
      givesUpAfter: fc.option(fc.integer({ min: 0, max: 4_000 }), { freq: 3, nil: undefined }),
      pauses: fc.option(
        fc.record({
          pool: fc.constantFrom<(Pool | undefined)[]>('a', 'b', undefined),
          lasts: fc.integer({ min: 0, max: 3_000 }),
        }),
        { freq: 8, nil: undefined },
      ),
    }),
    { maxLength: 60 },
  );

  type Call = typeof calls extends fc.Arbitrary<(infer Item)[]> ? Item : never;
  interface Grant extends Call {
    readonly index: number;
    readonly at: number;
  }

  /** Runs the calls in virtual time: which were granted, in order, and which gave up. */
  const run = (stream: readonly Call[], margin: number) => {
    const scheduler = new VirtualTimeScheduler();
    const throttler = createThrottler({ limits, scheduler, margin });
    const granted: Grant[] = [];
    const gaveUp = new Set<number>();
    const pauses: { pool: Pool | undefined; from: number; until: number }[] = [];
    let start = 0;
    stream.forEach((call, index) => {
      start += call.after;
      scheduler.schedule(() => {
        const now = scheduler.now();
        const subscription = throttler
          .acquire({ weights: { ...call.weights }, priority: call.priority })
          .subscribe(() => granted.push({ ...call, index, at: scheduler.now() }));
        if (call.givesUpAfter !== undefined)
          scheduler.schedule(() => {
            if (!subscription.closed) gaveUp.add(index);
            subscription.unsubscribe();
          }, call.givesUpAfter);
        if (call.pauses === undefined) return;
        const { pool, lasts } = call.pauses;
        throttler.pause(pool, now + lasts);
        pauses.push({ pool, from: now, until: now + lasts });
      }, start);
    });
    scheduler.flush();
    return { granted, gaveUp, pauses, leftOver: scheduler.actions.length };
  };

  const holds = (law: (ran: ReturnType<typeof run>, stream: readonly Call[]) => void) =>
    fc.assert(
      fc.property(calls, fc.constantFrom(0, 0.05), (stream, margin) =>
        law(run(stream, margin), stream),
      ),
      { numRuns: 200 },
    );

  const pools: readonly Pool[] = ['a', 'b'];
  const unitsOf = (grants: readonly Grant[], pool: Pool): number =>
    grants.reduce((sum, grant) => sum + (grant.weights[pool] ?? 0), 0);

  it('exceeds no limit in any window that slides', () => {
    holds(({ granted }) => {
      for (const pool of pools)
        for (const { at } of granted) {
          const within = granted.filter((g) => g.at >= at && g.at < at + limits[pool].interval);
          expect(unitsOf(within, pool)).toBeLessThanOrEqual(limits[pool].limit);
        }
    });
  });

  it('exceeds no limit in any window of the clock', () => {
    holds(({ granted }) => {
      for (const pool of pools)
        for (const phase of [0, 137, 500, 999]) {
          const windowOf = ({ at }: Grant) => Math.floor((at + phase) / limits[pool].interval);
          for (const window of new Set(granted.map(windowOf))) {
            const within = granted.filter((grant) => windowOf(grant) === window);
            expect(unitsOf(within, pool)).toBeLessThanOrEqual(limits[pool].limit);
          }
        }
    });
  });

  it('is granted in the end, but for those who gave up, and leaves no timer', () => {
    holds(({ granted, gaveUp, leftOver }, stream) => {
      const expected = stream.map((_, index) => index).filter((index) => !gaveUp.has(index));
      expect(granted.map(({ index }) => index).sort((a, b) => a - b)).toEqual(expected);
      expect(leftOver).toBe(0);
    });
  });

  it('is served first come first served, where priority and pools are the same', () => {
    const laneOf = ({ priority, weights: pool }: Call) => [priority, ...Object.keys(pool)].join();
    holds(({ granted }) => {
      for (const lane of new Set(granted.map(laneOf))) {
        const order = granted.filter((grant) => laneOf(grant) === lane).map(({ index }) => index);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
    });
  });

  it('gets nothing of a pool that is paused', () => {
    holds(({ granted, pauses }) => {
      for (const { pool, from, until } of pauses) {
        const needing = granted.filter(
          (grant) => pool === undefined || grant.weights[pool] !== undefined,
        );
        // At the very start of the pause, some may have been granted just before.
        expect(needing.filter(({ at }) => at > from && at < until)).toEqual([]);
      }
    });
  });
});

describe('an exchange that counts in windows of the clock', () => {
  const MINUTE = 60_000;
  const LIMIT = 200;
  const WAY = 50;

  interface Load {
    readonly priority: Priority;
    /** Ours and somebody else's calls per minute. */
    readonly ours: number;
    readonly theirs: number;
    readonly minutes: number;
    readonly heedReports?: boolean;
  }

  /** Serves calls, counts them in windows of the clock, tells the count, refuses what is too much. */
  const simulate = ({ priority, ours, theirs, minutes, heedReports = true }: Load) => {
    const scheduler = new VirtualTimeScheduler();
    const limits = { w: { limit: LIMIT, interval: MINUTE } };
    const throttler = createThrottler({ limits, scheduler, reserve: 0.1 });
    const minute = () => Math.floor(scheduler.now() / MINUTE);
    const used: number[] = [];
    const refused: number[] = [];
    const cancelWaits: number[] = [];
    let sent = 0;

    const count = (): number => (used[minute()] = (used[minute()] ?? 0) + 1);
    const answer = (counted: number) => {
      if (heedReports) throttler.correct('w', counted, scheduler.now());
      if (counted <= LIMIT) return;
      refused.push(minute());
      throttler.pause('w', (minute() + 1) * MINUTE);
    };
    const send = (urgency: Priority) => {
      const asked = scheduler.now();
      const permit$ = throttler.acquire({ weights: { w: 1 }, priority: urgency });
      const permitted = () => {
        sent += 1;
        if (urgency === 'cancel') cancelWaits.push(scheduler.now() - asked);
      };
      permit$
        .pipe(tap(permitted), delay(WAY, scheduler), map(count), delay(WAY, scheduler))
        .subscribe(answer);
    };
    const often = (perMinute: number, action: () => void) => {
      const again = () => {
        action();
        if (minute() < minutes) scheduler.schedule(again, MINUTE / perMinute);
      };
      if (perMinute > 0) scheduler.schedule(again, 7);
    };
    often(ours, () => send(priority));
    often(theirs, count);
    often(10, () => send('cancel'));
    scheduler.flush();
    return { used, refused, cancelWaits, sent, endedAt: scheduler.now() };
  };

  it('refuses nothing in half an hour of too many calls, and is made good use of', () => {
    const load = { priority: 'market_data', ours: 300, theirs: 0, minutes: 30 } as const;
    const { refused, sent, endedAt } = simulate(load);
    expect(refused).toEqual([]);
    expect(sent).toBeGreaterThan(30 * 300);
    // Nine tenths of the limit in each window, which the margin stretches.
    expect(endedAt).toBeLessThan((sent / (0.9 * LIMIT)) * 1.05 * 1.01 * MINUTE + 2 * MINUTE);
  });

  it('lets cancels through at once while market data waits', () => {
    const load = { priority: 'market_data', ours: 300, theirs: 0, minutes: 10 } as const;
    const { cancelWaits } = simulate(load);
    expect(cancelWaits.length).toBeGreaterThanOrEqual(100);
    expect(Math.max(...cancelWaits)).toBe(0);
  });

  it('is shared with somebody who uses half of it, known only by the reports', () => {
    const load = { priority: 'query', ours: 250, theirs: 100, minutes: 30 } as const;
    expect(simulate(load).refused.length).toBeLessThan(5);
    expect(simulate({ ...load, heedReports: false }).refused.length).toBeGreaterThan(100);
  });
});
