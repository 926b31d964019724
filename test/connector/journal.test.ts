import { EMPTY, of } from 'rxjs';
import type { Store } from '../../src/store/store.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID } from '../support/orders.js';
import { record } from '../support/recording.js';

/** A store of somebody else's that throws where it should error, from its second line on. */
const throwing = (): Store => {
  let appended = 0;
  return {
    load: () => of([]),
    append: () => {
      appended += 1;
      if (appended > 1) throw new Error('The disk is full.');
      return EMPTY;
    },
    compact: () => EMPTY,
  };
};

describe('a journal that cannot be written', () => {
  it('is told on errors$, and changes nothing about an order that was placed', () => {
    const venue = createVirtualVenue({ connector: { store: throwing() } });
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(2_000);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
    expect(story.last()!.state).toBe('open');
    expect(errors.values.map(({ message }) => message)).toContain('The disk is full.');
  });
});
