import { regressions } from './regressions.js';
import { simulate } from './simulate.js';

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

describe('a client that trades while everything goes wrong', () => {
  it.each(seeds)('knows what the exchange knows, and nothing else (seed %d)', (seed) => {
    const { violations, counts } = simulate({ seed, minutes: 20 });
    expect(violations).toEqual([]);
    expect(counts.calls).toBeGreaterThan(20);
  });

  it.each(regressions)('no more %s', (_, simulation) => {
    expect(simulate(simulation).violations).toEqual([]);
  });

  it('does the same again for the same seed, to the last event', () => {
    const trace = (): readonly string[] => {
      const told: string[] = [];
      simulate({ seed: 5, minutes: 20 }, (at, what) => told.push(`${at} ${what}`));
      return told;
    };
    const first = trace();
    expect(first.length).toBeGreaterThan(300);
    expect(trace()).toEqual(first);
  });
});
