import type { OrderUpdate } from '../../src/core/order.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, CANCEL, OPEN_ORDERS, PLACE, USER_STREAM, byHand } from '../support/orders.js';
import { record, type Recording } from '../support/recording.js';

const names = (orders: Recording<readonly OrderUpdate[]>): readonly string[] | undefined =>
  orders.last()?.map(({ clientOrderId }) => clientOrderId);

describe('externalOrders$', () => {
  it('lists those that are open, then follows them to their end', () => {
    const venue = createVirtualVenue();
    const first = byHand(venue, 'first');
    const orders = record(venue.exchange.externalOrders$);
    venue.advance(1_000);
    expect(orders.values.map((list) => list.length)).toEqual([1]);
    byHand(venue, 'second');
    venue.advance(100);
    expect(names(orders)).toEqual(['first', 'second']);
    venue.rival('sell', '50000', '0.005');
    venue.advance(100);
    expect(orders.last()![0]!.executedAmount.toFixed()).toBe('0.005');
    venue.engine.cancel('user', first, 'a cancel');
    venue.advance(100);
    expect(names(orders)).toEqual(['second']);
    expect(venue.network.requests(OPEN_ORDERS)).toHaveLength(1);
    expect(venue.network.requests(CANCEL)).toEqual([]);
  });

  it('has none of this connector’s, not even before the answer to a placement', () => {
    const venue = createVirtualVenue();
    const orders = record(venue.exchange.externalOrders$);
    venue.advance(1_000);
    venue.network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: 9_000 });
    const story = record(venue.exchange.buy(BID));
    venue.advance(500);
    venue.network.disconnect(USER_STREAM);
    venue.advance(5_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(60_000);
    expect(story.last()!.state).toBe('filled');
    for (const list of orders.values) expect(list).toEqual([]);
  });

  it('leaves them alone, whatever happens to our own', () => {
    const venue = createVirtualVenue();
    byHand(venue, 'theirs');
    record(venue.exchange.externalOrders$);
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.network.disconnect(USER_STREAM);
    venue.advance(5_000);
    record(venue.exchange.cancelAll());
    record(venue.exchange.cancel('theirs'));
    venue.advance(300_000);
    expect(venue.network.requests(CANCEL)).toHaveLength(1);
    expect(venue.orders().map(({ status }) => status)).toEqual(['new', 'canceled']);
  });

  it('has those of another connector, which has them as its own', () => {
    const venue = createVirtualVenue();
    const other = venue.join({ credentials: venue.credentials });
    const orders = record(venue.exchange.externalOrders$);
    const theirs = record(other.externalOrders$);
    venue.advance(1_000);
    const story = record(other.buy(BID));
    venue.advance(1_000);
    expect(names(orders)).toEqual([story.last()!.clientOrderId]);
    expect(theirs.last()).toEqual([]);
  });

  it('finds out after a gap what happened in it, by the list that orders need too', () => {
    const venue = createVirtualVenue();
    const orders = record(venue.exchange.externalOrders$);
    record(venue.exchange.buy(BID));
    const first = byHand(venue, 'first');
    venue.advance(10_000);
    venue.network.disconnect(USER_STREAM);
    venue.engine.cancel('user', first, 'a cancel');
    byHand(venue, 'second');
    venue.advance(5_000);
    expect(names(orders)).toEqual(['second']);
    expect(venue.network.requests(OPEN_ORDERS)).toHaveLength(2);
  });

  it('is not misled by a list that was on its way for long', () => {
    const venue = createVirtualVenue();
    const first = byHand(venue, 'first');
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, { answerDelay: 3_000 });
    const orders = record(venue.exchange.externalOrders$);
    venue.advance(1_000);
    venue.engine.cancel('user', first, 'a cancel');
    byHand(venue, 'second');
    venue.advance(5_000);
    expect(orders.values.map((list) => list.map(({ clientOrderId }) => clientOrderId))).toEqual([
      ['second'],
    ]);
  });

  it('repairs within two minutes what a lost frame made wrong', () => {
    const venue = createVirtualVenue();
    const orders = record(venue.exchange.externalOrders$);
    venue.advance(1_000);
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 2 });
    byHand(venue, 'unheard');
    venue.advance(120_000);
    expect(names(orders)).toEqual(['unheard']);
  });
});
