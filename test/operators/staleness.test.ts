import { staleness } from 'rxchange/operators';
import { Subject } from 'rxjs';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { record } from '../support/recording.js';
import { marbles } from './support.js';

const told = { f: false, t: true };

describe('a stream that may fall silent', () => {
  it.each([
    ['never told anything', '-----------', '-----t-----'],
    ['is quiet once', '-a--b----------c------|', '-f-------t-----f----t-|'],
    ['tells more often than that', 'aaaaaaaaaaaaaaaaaa|', 'f-----------------|'],
    ['comes back from its first silence', '-------a|', '-----t-f|'],
    ['errors', '-a--#', '-f--#'],
    ['is empty', '|', '|'],
    ['tells just in time', 'a---a----', 'f--------t'],
  ])('%s', (_, source, sees) => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold(source).pipe(staleness(5)), '^----------------------!').toBe(
        sees,
        told,
      );
    });
  });

  it('holds one timer, and none after it is left', () => {
    const { scheduler, advance, pending } = virtualTime();
    const source$ = new Subject<number>();
    const heard = record(source$.pipe(staleness(1_000, scheduler)));
    for (let value = 0; value < 100; value += 1) {
      source$.next(value);
      advance(900);
      expect(pending()).toBe(1);
    }
    expect(heard.values).toEqual([false]);
    advance(100);
    expect(heard.values).toEqual([false, true]);
    expect(pending()).toBe(0);
    source$.next(100);
    source$.complete();
    expect([heard.state(), pending()]).toEqual(['completed', 0]);
  });

  it('is given some time', () => {
    expect(() => staleness(0)).toThrow(RangeError);
  });
});
