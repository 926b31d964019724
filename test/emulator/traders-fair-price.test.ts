import fc from 'fast-check';
import { seededRandom } from '../../src/core/random.js';
import { nextFairPrice } from '../../src/emulator/traders-fair-price.js';

const walk = (seed: number, deviation: number, steps: number): number[] => {
  const random = seededRandom(seed);
  const prices = [64_000];
  for (let step = 0; step < steps; step += 1) {
    prices.push(nextFairPrice(prices[step]!, { start: 64_000, deviation }, random));
  }
  return prices;
};

describe('the fair price', () => {
  it('stays within a fifth of its start, however it jumps', () => {
    const deviations = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), deviations, (seed, deviation) => {
        const prices = walk(seed, deviation, 200);
        expect(Math.min(...prices)).toBeGreaterThanOrEqual(64_000 * 0.8);
        expect(Math.max(...prices)).toBeLessThanOrEqual(64_000 * 1.2);
      }),
    );
  });

  it('moves by its deviation in each step, up as often as down', () => {
    const prices = walk(7, 0.001, 10_000);
    const moves = prices.slice(1).map((price, step) => Math.log(price / prices[step]!));
    const mean = moves.reduce((a, b) => a + b) / moves.length;
    const deviation = Math.sqrt(moves.reduce((a, b) => a + b * b, 0) / moves.length);
    expect(Math.abs(mean)).toBeLessThan(0.000_05);
    expect(deviation).toBeGreaterThan(0.000_95);
    expect(deviation).toBeLessThan(0.001_05);
  });

  it('is pulled back to its start', () => {
    const random = seededRandom(1);
    expect(nextFairPrice(70_000, { start: 64_000, deviation: 0 }, random)).toBeLessThan(70_000);
    expect(nextFairPrice(60_000, { start: 64_000, deviation: 0 }, random)).toBeGreaterThan(60_000);
  });
});
