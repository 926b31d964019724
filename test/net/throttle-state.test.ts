import fc from 'fast-check';
import type { Priority } from '../../src/core/contract.js';
import type { ThrottlePolicy } from '../../src/net/rate-pool.js';
import { budgetOf } from '../../src/net/budget.js';
import {
  correct,
  decide,
  impossiblePool,
  letThrough,
  pause,
  throttleState,
  type ThrottleState,
  type WaitingCall,
} from '../../src/net/throttle-state.js';

const policy: ThrottlePolicy = { share: 1, margin: 0.05, reserve: 0 };
const limits = { a: { limit: 10, interval: 1_000 }, b: { limit: 4, interval: 10_000 } };
const fresh = throttleState(limits, policy);

const call = (
  weights: Record<string, number>,
  priority: Priority = 'query',
  sequence = 0,
): WaitingCall => ({ weights, priority, sequence });

/** The state after calls of these weights were let through at these times. */
const after = (state: ThrottleState, ...taken: [now: number, weights: Record<string, number>][]) =>
  taken.reduce((before, [now, weights]) => {
    const decision = decide(before, [call(weights)], now);
    expect(decision.granted).toBeDefined();
    return decision.state;
  }, state);

/** When a call would be let through; `now` if at once. */
const readyAt = (state: ThrottleState, weights: Record<string, number>, now: number): number =>
  decide(state, [call(weights)], now).wakeAt;

describe('decide', () => {
  it('waits for the slowest of several pools', () => {
    const state = after(fresh, [0, { a: 10, b: 4 }]);
    expect(readyAt(state, { a: 1, b: 1 }, 0)).toBe(10_500);
    expect(readyAt(state, { a: 1 }, 0)).toBe(1_050);
  });

  it('takes the weight of each pool', () => {
    const state = after(fresh, [0, { a: 9, b: 1 }]);
    expect(readyAt(state, { a: 1, b: 3 }, 0)).toBe(0);
    expect(readyAt(state, { a: 2 }, 0)).toBe(1_050);
    expect(readyAt(state, { b: 4 }, 0)).toBe(10_500);
  });

  const name = ({ priority, sequence }: WaitingCall) => `${priority} ${sequence}`;

  /** All calls in the order in which they are let through at one time. */
  const order = (state: ThrottleState, calls: readonly WaitingCall[], now = 0): string[] => {
    const { granted, state: next } = decide(state, calls, now);
    if (granted === undefined) return [];
    const others = calls.filter((other) => other !== granted);
    return [name(granted), ...order(next, others, now)];
  };

  it('lets nobody through where nobody waits, and knows no time to look again', () => {
    expect(decide(fresh, [], 0)).toMatchObject({ granted: undefined, wakeAt: Infinity });
  });

  it('goes by priority, then by arrival', () => {
    const priorities: Priority[] = ['market_data', 'query', 'place', 'cancel'];
    const calls = [...priorities, ...priorities].map((priority, i) => call({ a: 1 }, priority, i));
    expect(order(fresh, calls)).toEqual([
      'cancel 3',
      'cancel 7',
      'place 2',
      'place 6',
      'query 1',
      'query 5',
      'market_data 0',
      'market_data 4',
    ]);
  });

  it('does not let a small call pass a large one that waits for the same pool', () => {
    const state = after(fresh, [0, { a: 5 }]);
    const large = call({ a: 8 }, 'query', 1);
    const small = [call({ a: 1 }, 'query', 2), call({ a: 1 }, 'market_data', 3)];
    expect(order(state, [large, ...small])).toEqual([]);
    expect(decide(state, [large, ...small], 0).wakeAt).toBe(1_050);
    expect(order(state, [call({ a: 1 }, 'place', 4), large, ...small])).toEqual(['place 4']);
  });

  it('lets a call pass that needs none of the pools another waits for', () => {
    const state = after(fresh, [0, { a: 10 }]);
    const calls = [
      call({ a: 1 }, 'cancel', 1),
      call({ a: 1, b: 1 }, 'place', 2),
      call({ b: 1 }, 'place', 3),
      call({ b: 1 }, 'market_data', 4),
      call({ a: 1 }, 'market_data', 5),
    ];
    expect(order(state, calls)).toEqual(['place 3', 'market_data 4']);
  });

  it('forgets what is no longer of use', () => {
    const wide = throttleState({ a: { limit: 1e9, interval: 1_000 } }, policy);
    const times = Array.from({ length: 2_000 }, (_, i): [number, { a: number }] => [
      i * 10,
      { a: 1 },
    ]);
    expect(after(wide, ...times).pools.get('a')?.taken.length).toBeLessThanOrEqual(101);
  });

  it('looks again when the first of all may go', () => {
    const state = after(fresh, [0, { a: 10, b: 4 }]);
    const a = call({ a: 1 }, 'place', 1);
    const b = call({ b: 1 }, 'place', 2);
    expect(decide(state, [a, b], 0).wakeAt).toBe(1_050);
    expect(decide(state, [b, a], 0).wakeAt).toBe(1_050);
  });

  it('looks again when one pool of several opens to those behind', () => {
    const state = after(fresh, [0, { a: 10, b: 4 }]);
    const calls = [call({ a: 1, b: 1 }, 'place', 1), call({ a: 1 }, 'query', 2)];
    expect(decide(state, calls, 0).wakeAt).toBe(1_050);
    expect(order(state, calls, 1_050)).toEqual(['query 2']);
  });
});

describe('pause', () => {
  it('of a pool holds what needs that pool', () => {
    const state = pause(fresh, 'a', 5_000);
    expect(readyAt(state, { a: 1 }, 0)).toBe(5_000);
    expect(readyAt(state, { b: 1 }, 0)).toBe(0);
    expect(readyAt(state, { a: 1 }, 5_000)).toBe(5_000);
  });

  it('of everything holds everything', () => {
    const state = pause(fresh, undefined, 5_000);
    expect([{ a: 1 }, { b: 1 }, {}].map((weights) => readyAt(state, weights, 0))).toEqual([
      5_000, 5_000, 5_000,
    ]);
  });

  it('is never shortened', () => {
    const once = pause(pause(fresh, 'a', 5_000), undefined, 4_000);
    const twice = pause(pause(once, 'a', 1_000), undefined, 1_000);
    expect(readyAt(twice, { a: 1 }, 0)).toBe(5_000);
    expect(readyAt(twice, { b: 1 }, 0)).toBe(4_000);
  });
});

describe('correct', () => {
  it('narrows the pool of the report', () => {
    const state = correct(fresh, { pool: 'a', used: 8, at: 100 }, 100);
    expect(readyAt(state, { a: 2, b: 4 }, 100)).toBe(100);
    expect(readyAt(state, { a: 3 }, 100)).toBe(1_150);
  });

  it('sets only what is still in the window against the report', () => {
    const state = correct(after(fresh, [0, { a: 8 }]), { pool: 'a', used: 8, at: 1_050 }, 1_050);
    expect(readyAt(state, { a: 3 }, 1_050)).toBe(2_100);
  });
});

describe('reserve', () => {
  const state = after(throttleState(limits, { ...policy, reserve: 0.25 }), [0, { a: 8 }]);

  it.each<[Priority, number]>([
    ['cancel', 0],
    ['place', 0],
    ['query', 1_050],
    ['market_data', 1_050],
  ])('lets a %s call through at %i', (priority, time) => {
    expect(decide(state, [call({ a: 1 }, priority)], 0).wakeAt).toBe(time);
  });

  it('is out of reach for queries for ever', () => {
    expect(impossiblePool(state, call({ a: 9 }, 'query'))).toBe('a');
    expect(impossiblePool(state, call({ a: 8 }, 'query'))).toBeUndefined();
    expect(impossiblePool(state, call({ a: 10 }, 'place'))).toBeUndefined();
  });
});

describe('unknown pools and impossible weights', () => {
  it('throws for a pool that does not exist', () => {
    const report = { pool: 'c', used: 1, at: 0 };
    expect(() => impossiblePool(fresh, call({ c: 1 }))).toThrow(RangeError);
    expect(() => impossiblePool(fresh, call({ constructor: 1 }))).toThrow(RangeError);
    expect(() => pause(fresh, 'c', 1)).toThrow(RangeError);
    expect(() => correct(fresh, report, 0)).toThrow(RangeError);
  });

  it.each([11, -1, NaN, Infinity])('names the pool that never grants %d', (weight) => {
    expect(impossiblePool(fresh, call({ b: 1, a: weight }))).toBe('a');
  });

  it('names none where there is one', () => {
    expect(impossiblePool(fresh, call({ a: 10, b: 0 }))).toBeUndefined();
  });
});

describe('letThrough', () => {
  const priorities = fc.constantFrom<Priority>('cancel', 'place', 'query', 'market_data');
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 4_000 }),
    a: fc.integer({ min: 0, max: 6 }),
    b: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    priority: priorities,
    pausedFor: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined, freq: 10 }),
  });

  it('decides for one call as if several were compared', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = throttleState(limits, { ...policy, reserve: 0.2 });
        let now = 0;
        for (const { wait, a, b, priority, pausedFor } of steps) {
          now += wait;
          if (pausedFor !== undefined)
            state = pause(state, pausedFor % 2 ? 'a' : undefined, now + pausedFor);
          const one = call(b === undefined ? { a } : { a, b }, priority);
          const decision = decide(state, [one], now);
          const passed = letThrough(state, one, now);
          expect(passed !== undefined).toBe(decision.granted !== undefined);
          if (passed !== undefined)
            expect(budgetOf(passed, now)).toEqual(budgetOf(decision.state, now));
          state = decision.state;
        }
      }),
    );
  });
});
