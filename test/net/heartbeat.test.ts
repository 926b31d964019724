import { Subject } from 'rxjs';
import { heartbeat } from '../../src/net/heartbeat.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { skewed } from '../support/skewed.js';
import { record } from '../support/recording.js';

const createWorld = (ahead: () => number = () => 0) => {
  const time = virtualTime(0);
  const frames = new Subject<string>();
  const askedAt: number[] = [];
  const scheduler = skewed(time.scheduler, ahead);
  const { heed, watch$ } = heartbeat({ scheduler, ask: () => askedAt.push(time.now()) });
  frames.subscribe(() => heed(scheduler.now()));
  const beat = record(watch$);
  return { ...time, frames, askedAt, beat };
};

describe('a heartbeat', () => {
  it('asks after 30 s of silence, and errors 10 s later without an answer', () => {
    const { advance, askedAt, beat, pending } = createWorld();
    advance(29_999);
    expect(askedAt).toEqual([]);
    advance(1);
    expect(askedAt).toEqual([30_000]);
    advance(9_999);
    expect(beat.state()).toBe('going on');
    advance(1);
    expect(beat.error()).toMatchObject({ kind: 'network' });
    expect(pending()).toBe(0);
  });

  it('asks nothing while anything comes', () => {
    const { advance, frames, askedAt, beat } = createWorld();
    for (let turn = 0; turn < 100; turn += 1) {
      advance(29_000);
      frames.next('news');
    }
    expect(askedAt).toEqual([]);
    expect(beat.state()).toBe('going on');
  });

  it('takes anything for an answer, and asks again after the next 30 s of silence', () => {
    const { advance, frames, askedAt, beat } = createWorld();
    advance(35_000);
    frames.next('news');
    advance(29_999);
    expect(askedAt).toEqual([30_000]);
    advance(1);
    expect(askedAt).toEqual([30_000, 65_000]);
    advance(9_999);
    frames.next('news');
    advance(20_000);
    expect(beat.state()).toBe('going on');
    expect(beat.values).toEqual([]);
  });

  it('counts what comes at once', () => {
    const time = virtualTime(0);
    const frames = new Subject<string>();
    const { heed, watch$ } = heartbeat({
      scheduler: time.scheduler,
      ask: () => frames.next('answer'),
    });
    frames.subscribe(() => heed(time.now()));
    const beat = record(watch$);
    time.advance(300_000);
    expect(beat.state()).toBe('going on');
  });

  it('goes on after the clock was set back', () => {
    let ahead = 0;
    const { advance, askedAt, beat } = createWorld(() => ahead);
    advance(10_000);
    ahead = -3_600_000;
    advance(90_000);
    expect(askedAt.length).toBeGreaterThan(0);
    expect(beat.state()).toBe('errored');
  });

  it('leaves no timer', () => {
    for (const ms of [0, 10_000, 35_000]) {
      const { advance, beat, pending } = createWorld();
      advance(ms);
      beat.stop();
      expect(pending()).toBe(0);
    }
  });
});
