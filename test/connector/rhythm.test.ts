import fc from 'fast-check';
import { Rhythm } from '../../src/connector/rhythm.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('a rhythm', () => {
  it('lets 30 s pass at first', () => {
    expect(new Rhythm(5).unusualAt).toBe(5 + 30 * SECOND);
  });

  it('lets 30 s pass however fast the stream is', () => {
    const rhythm = new Rhythm(0);
    for (let at = 10; at <= 1_000; at += 10) rhythm.beat(at);
    expect(rhythm.unusualAt).toBe(31 * SECOND);
  });

  it('lets 20 times the usual pause pass', () => {
    const rhythm = new Rhythm(0);
    for (let beat = 1; beat <= 10; beat += 1) rhythm.beat(beat * 5 * SECOND);
    expect(rhythm.unusualAt).toBe(50 * SECOND + 100 * SECOND);
  });

  it('follows a stream that slows down', () => {
    const rhythm = new Rhythm(0);
    for (let at = 0; at <= 100; at += 1) rhythm.beat(at);
    for (let beat = 1; beat <= 100; beat += 1) rhythm.beat(100 + beat * 10 * SECOND);
    expect(rhythm.unusualAt - (100 + 1_000 * SECOND)).toBeGreaterThan(190 * SECOND);
  });

  it('lets twice the time pass after each look, up to 15 min', () => {
    const rhythm = new Rhythm(0);
    const looks = Array.from({ length: 7 }, () => {
      const at = rhythm.unusualAt;
      rhythm.excuse(at);
      return (rhythm.unusualAt - at) / SECOND;
    });
    expect(looks).toEqual([60, 120, 240, 480, 900, 900, 900]);
    rhythm.beat(rhythm.unusualAt);
    expect(rhythm.unusualAt).toBeGreaterThan(0);
  });

  it('takes an excused silence for one pause', () => {
    const rhythm = new Rhythm(0);
    rhythm.excuse(30 * SECOND);
    rhythm.beat(40 * SECOND);
    expect(rhythm.unusualAt).toBe(40 * SECOND + 800 * SECOND);
  });

  it('never lets less than 30 s or more than 15 min pass after a beat', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1 }), (pauses) => {
        const rhythm = new Rhythm(0);
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          rhythm.beat(now);
          expect(rhythm.unusualAt - now).toBeGreaterThanOrEqual(30 * SECOND);
          expect(rhythm.unusualAt - now).toBeLessThanOrEqual(15 * MINUTE);
        }
      }),
    );
  });
});
