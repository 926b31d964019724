import { concat, NEVER, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { shareLatest } from '../../src/net/share-latest.js';

const NONE = '^-------------------!';

/** One cold source, two subscribers: what each sees, and when the source is subscribed to. */
const cases = [
  {
    name: 'never',
    source: '  ----------',
    first: { from: '^-----!', sees: '----------' },
    second: { from: '--^----!', sees: '---------' },
    subscribed: ['^------!'],
  },
  {
    name: 'empty: each subscriber starts it anew',
    source: '  |',
    first: { from: NONE, sees: '|' },
    second: { from: '--^---------!', sees: '--|' },
    subscribed: ['(^!)', '--(^!)'],
  },
  {
    name: 'single: the value is replayed while the source lasts',
    source: '  a-----|',
    first: { from: NONE, sees: 'a-----|' },
    second: { from: '--^---------!', sees: '--a---|' },
    subscribed: ['^-----!'],
  },
  {
    name: 'many: the second starts with the latest',
    source: '  a-b-c-d-|',
    first: { from: NONE, sees: 'a-b-c-d-|' },
    second: { from: '---^--------!', sees: '---bc-d-|' },
    subscribed: ['^-------!'],
  },
  {
    name: 'complete: nothing old is replayed',
    source: '  a-b|',
    first: { from: NONE, sees: 'a-b|' },
    second: { from: '-----^------!', sees: '-----a-b|' },
    subscribed: ['^--!', '-----^--!'],
  },
  {
    name: 'error: both see it, and nothing old is replayed',
    source: '  a-b#',
    first: { from: NONE, sees: 'a-b#' },
    second: { from: '-----^------!', sees: '-----a-b#' },
    subscribed: ['^--!', '-----^--!'],
  },
  {
    name: 'endless: it is left with the last subscriber',
    source: '  a-b-c-d-e-f-g',
    first: { from: '^-----!', sees: 'a-b-c' },
    second: { from: '-^-------!', sees: '-ab-c-d-e' },
    subscribed: ['^--------!'],
  },
  {
    name: 'early disposal: the next subscriber starts it anew',
    source: '  a-b-c-d-e-f-g',
    first: { from: '^-!', sees: 'a-' },
    second: { from: '-----^--!', sees: '-----a-b-' },
    subscribed: ['^-!', '-----^--!'],
  },
];

describe('shareLatest', () => {
  it.each(cases)('$name', ({ source, first, second, subscribed }) => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold(source);
        const shared$ = source$.pipe(shareLatest());
        expectObservable(shared$, first.from).toBe(first.sees);
        expectObservable(shared$, second.from).toBe(second.sees);
        expectSubscriptions(source$.subscriptions).toBe(subscribed);
      },
    );
  });

  it('gives all values of a synchronous source to the first, the latest to the second', () => {
    const shared$ = concat(of(1, 2, 3), NEVER).pipe(shareLatest());
    const first: number[] = [];
    const second: number[] = [];
    const subscription = shared$.subscribe((value) => first.push(value));
    subscription.add(shared$.subscribe((value) => second.push(value)));
    expect(first).toEqual([1, 2, 3]);
    expect(second).toEqual([3]);
    subscription.unsubscribe();
  });
});
