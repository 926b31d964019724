import { clockJumps } from '../../src/net/clock-jumps.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';

const createWorld = () => {
  const time = virtualTime();
  let ahead = 0;
  const jump$ = clockJumps({ scheduler: time.scheduler, wallClock: () => time.now() + ahead });
  const set = (ms: number): void => {
    ahead += ms;
  };
  return { ...time, jump$, set };
};

describe('a jump of the clock', () => {
  it.each([3_600_000, -3_600_000, 10_001, -10_001])('of %d ms is told at the next tick', (ms) => {
    const { jump$, advance, set } = createWorld();
    const jumps = record(jump$);
    advance(7_000);
    set(ms);
    advance(2_999);
    expect(jumps.values).toEqual([]);
    advance(1);
    advance(3_600_000);
    expect(jumps.values).toEqual([ms]);
  });

  it.each([0, 10_000, -10_000])('of %d ms is none', (ms) => {
    const { jump$, advance, set } = createWorld();
    const jumps = record(jump$);
    advance(7_000);
    set(ms);
    advance(60_000);
    expect(jumps.values).toEqual([]);
  });

  it('while nobody listens is none', () => {
    const { jump$, advance, set } = createWorld();
    record(jump$).stop();
    set(3_600_000);
    const jumps = record(jump$);
    advance(60_000);
    expect(jumps.values).toEqual([]);
  });

  it('is told to all by one timer, which goes with the last one', () => {
    const { jump$, advance, set, pending } = createWorld();
    const listeners = [record(jump$), record(jump$)];
    expect(pending()).toBe(1);
    set(20_000);
    advance(5_000);
    expect(listeners.map(({ values }) => values)).toEqual([[20_000], [20_000]]);
    listeners.forEach(({ stop }) => stop());
    expect(pending()).toBe(0);
  });
});
