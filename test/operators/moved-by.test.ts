import fc from 'fast-check';
import { from } from 'rxjs';
import { movedBy } from 'rxchange/operators';
import { record } from '../support/recording.js';
import { marbles, topAt } from './support.js';

describe('a price that is let through when it moved', () => {
  it.each([
    ['by an amount', { absolute: 1 }, 'a-b-c-d-e|', 'a---c---e|'],
    ['by a fraction', { relative: 0.02 }, 'a-c-e-f|', 'a-----f|'],
    ['either way', { absolute: 1 }, 'c-a-c-a#', 'c-a-c-a#'],
    ['is a number', { absolute: 1 }, 'n-a-n-c|', '--a---c|'],
  ] as const)('%s', (_, move, source, sees) => {
    const prices = { a: 100, b: 100.9, c: 101, d: 101.5, e: 99.9, f: 97.9, n: NaN };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold(source, prices).pipe(movedBy(move))).toBe(sees, prices);
    });
  });

  it('is read out of a live object at once', () => {
    const book = topAt(99, 101);
    marbles(({ cold, expectObservable, flush }) => {
      const source$ = cold('a-b-c|', { a: 100, b: 100, c: 110 });
      const moved$ = source$.pipe(movedBy({ absolute: 5 }, (price) => price + book.spread - 2));
      expectObservable(moved$).toBe('a---c|', { a: 100, c: 110 });
      flush();
    });
  });

  it('begins anew with each subscription', () => {
    const moved$ = from([100, 100]).pipe(movedBy({ absolute: 1 }));
    expect([record(moved$).values, record(moved$).values]).toEqual([[100], [100]]);
  });

  it('leaves no price further from the last one than the move', () => {
    const prices = fc.array(fc.double({ min: 1, max: 200, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(prices, fc.double({ min: 0.001, max: 50, noNaN: true }), (all, absolute) => {
        let last = NaN;
        const source$ = from(all);
        const told = new Set<number>();
        source$.pipe(movedBy({ absolute })).subscribe((price) => {
          expect(Math.abs(price - last) < absolute).toBe(false);
          last = price;
          told.add(price);
        });
        for (const price of all)
          expect([...told].some((near) => Math.abs(near - price) < absolute)).toBe(true);
      }),
    );
  });

  it('moves', () => {
    expect(() => movedBy({ relative: 0 })).toThrow(RangeError);
  });
});
