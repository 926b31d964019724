import { Subject } from 'rxjs';
import { absorb } from '../../src/net/absorb.js';
import { record } from '../support/recording.js';

const start = (act: (value: number) => void) => {
  const source = new Subject<number>();
  return { source, listener: record(source.pipe(absorb(act))) };
};

describe('what is absorbed', () => {
  it('is acted on, and not told', () => {
    const seen: number[] = [];
    const { source, listener } = start((value) => seen.push(value));
    source.next(1);
    source.next(2);
    source.complete();
    expect([seen, listener.values, listener.state()]).toEqual([[1, 2], [], 'completed']);
  });

  it('may fail, which is the error of the stream', () => {
    const error = new Error('broken');
    const { source, listener } = start(() => {
      throw error;
    });
    source.next(1);
    expect(listener.error()).toBe(error);
    expect(source.observed).toBe(false);
  });

  it('errors as its source does', () => {
    const error = new Error('lost');
    const { source, listener } = start(() => undefined);
    source.error(error);
    expect(listener.error()).toBe(error);
  });
});
