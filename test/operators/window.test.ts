import fc from 'fast-check';
import { slidingWindows, type Merging } from '../../src/operators/window.js';

/** Text keeps the order in which it was put together. */
const text: Merging<string> = { none: '', merge: (older, newer) => older + newer };

const values = fc.array(
  fc.record({ letter: fc.constantFrom('a', 'b', 'c', 'd'), wait: fc.integer({ min: 0, max: 9 }) }),
);

describe('a window', () => {
  it('holds the last values, in their order', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), (drawn, count) => {
        const { push } = slidingWindows({ count }, text)();
        const letters = drawn.map(({ letter }) => letter);
        expect(letters.map((letter) => push(letter, 0))).toEqual(
          letters.map((_, index) =>
            letters
              .slice(0, index + 1)
              .slice(-count)
              .join(''),
          ),
        );
      }),
    );
  });

  it('holds the values of the last ms, in their order', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 30 }), (drawn, ms) => {
        const { push } = slidingWindows({ ms }, text)();
        let now = 0;
        const timed = drawn.map(({ letter, wait }) => ({ letter, at: (now += wait) }));
        for (const [index, { letter, at }] of timed.entries()) {
          const inside = timed.slice(0, index + 1).filter((value) => value.at > at - ms);
          expect(push(letter, at)).toBe(inside.map((value) => value.letter).join(''));
        }
      }),
    );
  });

  it('merges each value three times at the most', () => {
    let merges = 0;
    const counting: Merging<number> = { none: 0, merge: (a, b) => ((merges += 1), a + b) };
    const { push } = slidingWindows({ count: 1_000 }, counting)();
    for (let value = 0; value < 10_000; value += 1) push(value, value);
    expect(merges).toBeLessThanOrEqual(30_000);
  });
});
