import { cancelAfter, placeWhen } from 'rxchange/operators';
import { Subject, type Observable } from 'rxjs';
import type { InFlightOrder } from '../../src/orders/in-flight-order.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, steps } from '../support/orders.js';
import { record } from '../support/recording.js';
import { marbles } from './support.js';

const story = {
  p: { clientOrderId: 'x', state: 'pending_create' },
  o: { clientOrderId: 'x', state: 'open' },
  c: { clientOrderId: 'x', state: 'pending_cancel' },
  f: { clientOrderId: 'x', state: 'filled' },
};

describe('an order with a time', () => {
  it.each([
    ['is canceled when it has passed', 'po----------', '-----^-----!', 'po----------'],
    ['is left alone where it is done before', 'po-(f|)', [], 'po-(f|)'],
    ['is left alone where it failed before', 'p--#', [], 'p--#'],
    ['is not canceled any more once it is over', 'po-----(f|)', '-----^-!', 'po-----(f|)'],
    ['has its time from its first state on', '---po------', '--------^--!', '---po------'],
    ['may never be told', '-----------', [], '-----------'],
  ])('%s', (_, order, canceled, sees) => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const cancel$ = cold<{ outcome: string }>('----------------------');
      const ids: string[] = [];
      const cancel = (id: string) => {
        ids.push(id);
        return cancel$;
      };
      const order$ = cold(order, story).pipe(cancelAfter(5, { cancel }));
      expectObservable(order$, '^----------!').toBe(sees, story);
      expectSubscriptions(cancel$.subscriptions).toBe(canceled);
      expect(ids.every((id) => id === 'x')).toBe(true);
    });
  });

  it.each([
    ['unknown', ['5ms -^-!', '5008ms ^-!', '10010ms ^-!']],
    ['refused', ['5ms -^-!']],
  ])('whose cancel came to %s is canceled again only if that is not certain', (outcome, all) => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const cancel$ = cold('--(u|)', { u: { outcome } });
      const order$ = cold('-p', story).pipe(cancelAfter(5, { cancel: () => cancel$ }));
      expectObservable(order$, '^ 12s !').toBe('-p', story);
      expectSubscriptions(cancel$.subscriptions).toBe(all);
    });
  });

  it('ends canceled on an exchange', () => {
    const venue = createVirtualVenue();
    const { exchange, scheduler } = venue;
    const order = record(exchange.buy(BID).pipe(cancelAfter(30_000, exchange, scheduler)));
    venue.advance(29_000);
    expect(steps(order.values)).toEqual(['pending_create 0', 'open 0']);
    venue.advance(2_000);
    expect(order.last()).toMatchObject({ state: 'canceled', reason: 'canceled' });
    expect(order.state()).toBe('completed');
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('is given some', () => {
    expect(() => cancelAfter(0, { cancel: () => new Subject() })).toThrow(RangeError);
  });
});

describe('an order under a condition', () => {
  const seen = { t: true, f: false };

  it.each([
    ['is placed at the first time that it holds', '-f--t-f-t--', '----po-(f|)'],
    ['is not placed where it never holds', '-f--f-|', '------|'],
    ['is not placed where the condition errors', '-f--#', '----#'],
    ['goes on when the condition is over', '-(t|)', '-po-(f|)'],
  ])('%s', (_, condition, sees) => {
    marbles(({ cold, expectObservable }) => {
      const order$ = cold('po-(f|)', story);
      const placed$ = placeWhen(cold(condition, seen), () => order$);
      expectObservable(placed$).toBe(sees, story);
    });
  });

  it('is one, however many subscribe and whatever is retried', () => {
    const venue = createVirtualVenue();
    const condition$ = new Subject<boolean>();
    const placed$ = placeWhen(condition$, () => venue.exchange.buy(BID));
    const [first, second] = [record(placed$), record(placed$)];
    condition$.next(false);
    venue.advance(1_000);
    expect(venue.orders()).toEqual([]);
    condition$.next(true);
    venue.advance(1_000);
    condition$.next(true);
    const later = record(placed$);
    venue.advance(1_000);
    expect(venue.orders()).toHaveLength(1);
    for (const heard of [first, second, later])
      expect(steps(heard.values)).toEqual(['pending_create 0', 'open 0']);
  });

  it('is not placed for who left before', () => {
    const condition$ = new Subject<boolean>();
    let placed = 0;
    const place = (): Observable<InFlightOrder> => {
      placed += 1;
      return new Subject();
    };
    record(placeWhen(condition$, place)).stop();
    condition$.next(true);
    expect(placed).toBe(0);
  });
});
