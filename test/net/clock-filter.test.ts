import * as fc from 'fast-check';
import {
  type ClockFilter,
  clockOffset,
  type ClockSample,
  clockSample,
  withSample,
} from '../../src/net/clock-filter.js';

const filterOf = (...samples: ClockSample[]): ClockFilter => samples.reduce(withSample, []);

const sample = (offset: number, roundTrip: number): ClockSample => ({ offset, roundTrip });

describe('clockSample', () => {
  it('takes the answer to be from the middle of the way', () => {
    expect(clockSample({ sentAt: 1_000, receivedAt: 1_100, serverTime: 5_000 })).toEqual({
      offset: 3_950,
      roundTrip: 100,
    });
  });
});

describe('clockOffset', () => {
  it('is not known without a sample', () => {
    expect(clockOffset([])).toBeUndefined();
  });

  it('is as small as the sample allows', () => {
    expect(clockOffset(filterOf(sample(3_950, 100)))).toBe(3_900);
    expect(clockOffset(filterOf(sample(-3_950, 100)))).toBe(-4_000);
  });

  it('is a whole number', () => {
    expect(clockOffset(filterOf(sample(10.25, 0.1)))).toBe(10);
  });

  it('is that of the sample with the least round trip', () => {
    expect(clockOffset(filterOf(sample(60, 80), sample(50, 20), sample(70, 90)))).toBe(40);
  });

  it('is that of the newest of equal samples', () => {
    expect(clockOffset(filterOf(sample(50, 20), sample(52, 20), sample(55, 30)))).toBe(42);
  });
});

describe('withSample', () => {
  it('keeps the last five', () => {
    const best = sample(50, 20);
    const others = [1, 2, 3, 4].map((i) => sample(50, 30 + i));
    expect(clockOffset(filterOf(best, ...others))).toBe(40);
    expect(filterOf(best, ...others, sample(50, 60))).toEqual([...others, sample(50, 60)]);
  });

  it.each([
    { step: 'forth', to: 5_050 },
    { step: 'back', to: -4_950 },
  ])('adopts a step $step at once if the round trip is good', ({ to }) => {
    expect(filterOf(sample(50, 20), sample(50, 30), sample(to, 40))).toEqual([sample(to, 40)]);
  });

  it('adopts a step of more than 1 s even where slow ways might explain it', () => {
    const slow = sample(0, 2_000);
    expect(filterOf(slow, sample(1_001, 4_000))).toEqual([sample(1_001, 4_000)]);
    expect(filterOf(slow, sample(1_000, 4_000))).toHaveLength(2);
    expect(filterOf(slow, sample(1_001, 4_001))).toHaveLength(2);
  });

  it('does not take a long way for a step', () => {
    // The answer came back at once, and the question took 5 s: the offset seems 2.5 s off.
    const late = clockSample({ sentAt: 0, receivedAt: 5_000, serverTime: 5_050 });
    expect(clockOffset(filterOf(sample(50, 20), late))).toBe(40);
  });

  it('adopts what no way can explain, however long', () => {
    expect(filterOf(sample(50, 20), sample(260, 400))).toEqual([sample(50, 20), sample(260, 400)]);
    expect(filterOf(sample(50, 20), sample(261, 400))).toEqual([sample(261, 400)]);
    expect(filterOf(sample(50, 20), sample(-3_600_000, 400))).toHaveLength(1);
  });

  it('is never ahead, and never late by more than the least of the last five ways', () => {
    const way = fc.integer({ min: 0, max: 3_000 });
    const exchanges = fc.array(fc.record({ there: way, back: way }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(exchanges, fc.integer({ min: -1e7, max: 1e7 }), (ways, offset) => {
        const samples = ways.map(({ there, back }, i) => {
          const sentAt = i * 10_000;
          const receivedAt = sentAt + there + back;
          return clockSample({ sentAt, receivedAt, serverTime: sentAt + there + offset });
        });
        const estimate = clockOffset(filterOf(...samples))!;
        expect(estimate).toBeLessThanOrEqual(offset);
        // Within 1 s, ways alone look like no step, and the best of the window stands.
        const newest = ways.at(-1)!;
        expect(estimate).toBeGreaterThanOrEqual(offset - newest.there - newest.back);
      }),
    );
  });
});
