import { Decimal } from '../../src/core/decimal.js';
import { BID, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

/** An order of ours that somebody with the same account changes, at the exchange's own site for one. */
const changed = () => {
  const venue = createVirtualVenue();
  const errors = record(venue.exchange.errors$);
  const story = record(venue.exchange.buy(BID));
  venue.advance(1_000);
  const [order] = venue.orders();
  const orderId = order!.orderId;
  return {
    venue,
    errors,
    story,
    orderId,
    amend: (amount: string) => {
      venue.engine.amend('user', orderId, { amount: new Decimal(amount), clientOrderId: 'theirs' });
      venue.advance(1_000);
    },
  };
};

describe('an order that is amended under another client order id', () => {
  it('is told its fills, and when it is filled by what is left of it', () => {
    const { venue, errors, story, amend } = changed();
    amend('0.006');
    venue.rival('sell', '60000', '0.002');
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    expect(steps(story.values)).toEqual([
      'pending_create 0',
      'open 0',
      'partially_filled 0.002',
      'partially_filled 0.006',
      'filled 0.006',
    ]);
    expect(story.last()).toMatchObject({ fillsComplete: true });
    expect(errors.values).toEqual([]);
  });

  it('is canceled by us', () => {
    const { venue, story, amend } = changed();
    amend('0.006');
    const canceled = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(1_000);
    expect(canceled.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(story.last()).toMatchObject({ state: 'canceled' });
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('is canceled by them', () => {
    const { venue, story, orderId, amend } = changed();
    amend('0.006');
    venue.engine.cancel('user', orderId, 'their-cancel');
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'canceled', reason: 'canceled' });
  });

  it('is found by its number where the account stream tells nothing', () => {
    const { venue, story, amend } = changed();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { delay: Infinity });
    amend('0.006');
    venue.rival('sell', '60000', '0.006');
    venue.advance(150_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
  });
});

it('an order that somebody else cancels is canceled, whatever the cancel is called', () => {
  const { venue, story, orderId } = changed();
  venue.engine.cancel('user', orderId, 'web_1234567890');
  venue.advance(1_000);
  expect(steps(story.values)).toEqual(['pending_create 0', 'open 0', 'canceled 0']);
  expect(story.last()).toMatchObject({ reason: 'canceled' });
});

it('a fill that arrives unreadable is found all the same', () => {
  const { venue, story, errors } = changed();
  const garbled = ({ text }: { readonly text: string }) => text.includes('"x":"TRADE"');
  venue.network.frameFaults.add(garbled, {
    replacement: '{"subscriptionId":0,"event":{"e":"executionReport","x":"TRADE"}}',
  });
  venue.rival('sell', '60000', '0.01');
  venue.advance(150_000);
  expect(errors.values).toMatchObject([{ kind: 'decode' }]);
  expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
});
