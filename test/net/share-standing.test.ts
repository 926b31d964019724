import { defer, Observable, Subject } from 'rxjs';
import { shareStanding } from '../../src/net/share-standing.js';
import { record } from '../support/recording.js';

/** Of the capital letters the latest stands, until a dot. */
const latestCapital = (standing: readonly string[], value: string): readonly string[] => {
  if (value === '.') return [];
  return value === value.toUpperCase() ? [value] : standing;
};

const start = () => {
  const source = new Subject<string>();
  let subscriptions = 0;
  const counted = new Observable<string>((subscriber) => {
    subscriptions += 1;
    return source.subscribe(subscriber);
  });
  const shared$ = counted.pipe(shareStanding(latestCapital));
  const give = (values: string): void => Array.from(values).forEach((value) => source.next(value));
  return { shared$, give, source, subscriptions: () => subscriptions };
};

describe('what still stands', () => {
  it('is told first to whoever comes later, of one subscription', () => {
    const { shared$, give, subscriptions } = start();
    const first = record(shared$);
    give('aBcDe');
    const second = record(shared$);
    give('f');
    expect(first.values.join('')).toBe('aBcDef');
    expect(second.values.join('')).toBe('Df');
    expect(subscriptions()).toBe(1);
  });

  it('is nothing once it was taken back', () => {
    const { shared$, give } = start();
    record(shared$);
    give('aB.c');
    expect(record(shared$).values).toEqual([]);
  });

  it('is nothing after the last subscriber left', () => {
    const { shared$, give, source } = start();
    const first = record(shared$);
    give('B');
    first.stop();
    expect(source.observed).toBe(false);
    expect(record(shared$).values).toEqual([]);
  });

  it.each([
    ['an error', (source: Subject<string>) => source.error(new Error('broken'))],
    ['its end', (source: Subject<string>) => source.complete()],
  ])('is nothing after %s', (_, end) => {
    let source = new Subject<string>();
    const shared$ = defer(() => source).pipe(shareStanding(latestCapital));
    record(shared$);
    source.next('B');
    end(source);
    source = new Subject();
    expect(record(shared$).values).toEqual([]);
  });

  it('is not told where what a subscriber did at it came to news that replace it', () => {
    const source = new Subject<string>();
    const shared$ = source.pipe(shareStanding((standing, value) => [...standing.slice(-1), value]));
    record(shared$);
    source.next('a');
    source.next('b');
    const heard: string[] = [];
    shared$.subscribe((value) => {
      heard.push(value);
      if (value === 'a') ['c', 'd'].forEach((news) => source.next(news));
    });
    expect(heard).toEqual(['a', 'c', 'd']);
  });
});
