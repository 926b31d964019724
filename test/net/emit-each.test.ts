import { concat, of, Subject, take, throwError } from 'rxjs';
import { emitEach } from '../../src/net/emit-each.js';
import { record } from '../support/recording.js';

const lettersOf = (word: string): readonly string[] => {
  if (word === '') throw new RangeError('There is no letter in it.');
  return Array.from(word);
};

describe('emitting each of what a value reads', () => {
  it('keeps the order, and completes with the source', () => {
    const heard = record(of('ab', 'c').pipe(emitEach(lettersOf)));
    expect(heard.values).toEqual(['a', 'b', 'c']);
    expect(heard.state()).toBe('completed');
  });

  it('errors with the source, and with what cannot be read', () => {
    const lost = new Error('Lost.');
    const failed = record(
      concat(
        of('a'),
        throwError(() => lost),
      ).pipe(emitEach(lettersOf)),
    );
    expect([failed.values, failed.error()]).toEqual([['a'], lost]);
    const source = new Subject<string>();
    const misread = record(source.pipe(emitEach(lettersOf)));
    source.next('a');
    source.next('');
    expect(misread.values).toEqual(['a']);
    expect(misread.error()).toBeInstanceOf(RangeError);
    expect(source.observed).toBe(false);
  });

  it('leaves the source with its subscriber, also in the midst of a value', () => {
    const source = new Subject<string>();
    const heard = record(source.pipe(emitEach(lettersOf), take(2)));
    source.next('abc');
    expect(heard.values).toEqual(['a', 'b']);
    expect(source.observed).toBe(false);
  });
});
