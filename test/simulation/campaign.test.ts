import { regressions } from './regressions.js';
import { simulate } from './simulate.js';

const markets = (['spot', 'perpetual'] as const).flatMap((market) =>
  Array.from({ length: market === 'spot' ? 50 : 8 }, (_, index) => [market, index + 1] as const),
);

describe('a client that trades while everything goes wrong', () => {
  it.each(markets)(
    'knows what the exchange knows, and nothing else (%s, seed %d)',
    (market, seed) => {
      const { violations, counts } = simulate({ market, seed, minutes: 10 });
      expect(violations).toEqual([]);
      expect(counts.calls).toBeGreaterThan(10);
    },
  );

  it.each(regressions)('no more %s', (_, simulation) => {
    expect(simulate(simulation).violations).toEqual([]);
  });

  it.each(['spot', 'perpetual'] as const)(
    'does the same again for the same seed, to the last event (%s)',
    (market) => {
      const trace = (): readonly string[] => {
        const told: string[] = [];
        simulate({ market, seed: 5, minutes: 20 }, (at, what) => told.push(`${at} ${what}`));
        return told;
      };
      const first = trace();
      expect(first.length).toBeGreaterThan(300);
      expect(trace()).toEqual(first);
    },
  );
});
