import * as fc from 'fast-check';
import { seededRandom } from '../../src/core/random.js';
import { backoff } from '../../src/net/backoff.js';

const unlucky = () => 0;
const lucky = () => 1 - 2 ** -32;

describe('backoff', () => {
  it.each([
    [0, 500],
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [6, 30_000],
    [60, 30_000],
    [5_000, 30_000],
  ])('after %i failures waits at most %i ms', (attempt, most) => {
    expect(backoff({ random: unlucky })(attempt)).toBe(most);
  });

  it('always waits longer than a tenth of the first bound', () => {
    expect(backoff({ random: lucky })(0)).toBe(51);
    expect(backoff({ random: lucky })(9)).toBe(51);
    expect(backoff({ first: 10, random: lucky })(0)).toBe(2);
  });

  it('takes its bounds from the options', () => {
    const wait = backoff({ first: 100, max: 350, random: unlucky });
    expect([0, 1, 2, 3].map(wait)).toEqual([100, 200, 350, 350]);
  });

  it('draws uniformly up to the bound', () => {
    const wait = backoff({ random: seededRandom(7) });
    const waits = Array.from({ length: 10_000 }, () => wait(20));
    for (let tenth = 0; tenth < 10; tenth++) {
      const inTenth = waits.filter((ms) => ms > tenth * 3_000 && ms <= (tenth + 1) * 3_000).length;
      expect(inTenth).toBeGreaterThan(850);
      expect(inTenth).toBeLessThan(1_150);
    }
  });

  it('is a whole number of ms within its bounds, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer(), (attempt, seed) => {
        const ms = backoff({ random: seededRandom(seed) })(attempt);
        expect(Number.isInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThan(50);
        expect(ms).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** attempt));
        expect(backoff({ random: seededRandom(seed) })(attempt)).toBe(ms);
      }),
    );
  });
});
