import fc from 'fast-check';
import { seededRandom } from '../../src/core/random.js';

const draws = (seed: number, count: number): readonly number[] =>
  Array.from({ length: count }, seededRandom(seed));

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, in every version: a seed is a bug report', () => {
    expect(draws(0, 2)).toEqual([0.26642920868471265, 0.0003297457005828619]);
    expect(draws(1, 2)).toEqual([0.6270739405881613, 0.002735721180215478]);
  });

  it('gives other numbers for another seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1_000 }), (seed, further) => {
        expect(draws(seed, 4)).not.toEqual(draws(seed + further, 4));
      }),
    );
  });

  it('takes any number for a seed, and stays within 0 (included) and 1', () => {
    fc.assert(
      fc.property(fc.double(), (seed) => {
        expect(draws(seed, 100)).toEqual(draws(seed, 100));
        expect(draws(seed, 100).every((draw) => draw >= 0 && draw < 1)).toBe(true);
      }),
    );
  });

  it('shares nothing between generators', () => {
    const [one, other] = [seededRandom(5), seededRandom(5)];
    expect([one(), one(), other(), one(), other()]).toEqual(
      [0, 1, 0, 2, 1].map((place) => draws(5, 3)[place]),
    );
  });

  it.each([1, 42, 0xffff_ffff])('is roughly uniform, alone and in pairs, from seed %p', (seed) => {
    const side = 10;
    const pairs = 100_000;
    const random = seededRandom(seed);
    const counts = new Array<number>(side ** 2).fill(0);
    for (let pair = 0; pair < pairs; pair += 1) {
      const cell = Math.floor(random() * side) * side + Math.floor(random() * side);
      counts[cell] = counts[cell]! + 1;
    }
    const expected = pairs / counts.length;
    const chiSquare = counts.reduce(
      (total, count) => total + (count - expected) ** 2 / expected,
      0,
    );
    // 99 degrees of freedom: 99.99 % of fair generators stay below 161, and above 53.
    expect(chiSquare).toBeLessThan(161);
    expect(chiSquare).toBeGreaterThan(53);
  });
});
