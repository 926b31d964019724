import { defer, lastValueFrom, merge, repeat, retry, take } from 'rxjs';
import { BID, CANCEL, PLACE, steps } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const placed = (venue: VirtualVenue): number => venue.network.requests(PLACE).length;
const canceled = (venue: VirtualVenue): number => venue.network.requests(CANCEL).length;

describe('one call is one order at most', () => {
  it('and none before somebody subscribes', () => {
    const venue = createVirtualVenue();
    void venue.exchange.buy(BID);
    void venue.exchange.sell(BID);
    venue.advance(60_000);
    expect(venue.network.requests()).toEqual([]);
    expect(venue.network.attempts()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });

  it('however many subscribe, at whatever time', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    const early = Array.from({ length: 5 }, () => record(order$));
    venue.advance(15);
    const during = Array.from({ length: 5 }, () => record(order$));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    const after = record(order$);
    for (const story of [...early, ...during, after])
      expect(steps(story.values)).toEqual(['pending_create 0', 'open 0', 'filled 0.01']);
    expect(placed(venue)).toBe(1);
    expect(venue.orders()).toHaveLength(1);
  });

  it('however often it is repeated', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    const story = record(defer(() => order$).pipe(repeat(3)));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    const once = ['pending_create 0', 'open 0', 'filled 0.01'];
    expect(steps(story.values)).toEqual([...once, ...once, ...once]);
    expect(story.state()).toBe('completed');
    expect(venue.orders()).toHaveLength(1);
  });

  it('however often it is retried', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '59000', '0.01');
    const order$ = venue.exchange.buy({ ...BID, type: 'limit_maker' });
    const story = record(order$.pipe(retry(3)));
    venue.advance(60_000);
    expect(story.values.filter(({ state }) => state === 'failed')).toHaveLength(4);
    expect(story.state()).toBe('errored');
    expect(placed(venue)).toBe(1);
  });

  it('but each call is an order of its own', () => {
    const venue = createVirtualVenue();
    record(merge(venue.exchange.buy(BID), venue.exchange.buy(BID)));
    venue.advance(1_000);
    expect(venue.orders()).toHaveLength(2);
    expect(new Set(venue.orders().map(({ clientOrderId }) => clientOrderId)).size).toBe(2);
  });

  it('also where a subscriber leaves while it is told', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    const hasty = record(order$.pipe(take(1)));
    venue.advance(1_000);
    expect(steps(hasty.values)).toEqual(['pending_create 0']);
    expect(steps(record(order$).values)).toEqual(['pending_create 0', 'open 0']);
    expect(placed(venue)).toBe(1);
  });

  it('also with promises', async () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '1');
    const order$ = venue.exchange.buy(BID);
    const ends = Promise.all([lastValueFrom(order$), lastValueFrom(order$)]);
    venue.advance(1_000);
    expect(steps(await ends)).toEqual(['filled 0.01', 'filled 0.01']);
    expect(placed(venue)).toBe(1);
  });
});

describe('unsubscribing', () => {
  it.each([0, 5, 25, 45, 65, 500])('does not cancel, %d ms after subscribing', (ms) => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    const story = record(order$);
    venue.advance(ms);
    story.stop();
    venue.advance(60_000);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
    expect(canceled(venue)).toBe(0);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(steps(record(order$).values)).toEqual(['pending_create 0', 'open 0', 'filled 0.01']);
  });
});

describe('unsubscribing with cancelOnUnsubscribe', () => {
  const place = (venue: VirtualVenue) => venue.exchange.buy(BID, { cancelOnUnsubscribe: true });

  it('cancels when the last one leaves', () => {
    const venue = createVirtualVenue();
    const order$ = place(venue);
    const [one, other] = [record(order$), record(order$)];
    venue.advance(1_000);
    one.stop();
    venue.advance(1_000);
    expect(canceled(venue)).toBe(0);
    other.stop();
    venue.advance(1_000);
    expect(canceled(venue)).toBe(1);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(steps(record(order$).values)).toEqual([
      'pending_create 0',
      'open 0',
      'pending_cancel 0',
      'canceled 0',
    ]);
  });

  it('sends nothing at all where the trading rules are not loaded yet', () => {
    const venue = createVirtualVenue();
    const story = record(place(venue));
    venue.advance(15);
    story.stop();
    venue.advance(60_000);
    expect(placed(venue)).toBe(0);
    expect(canceled(venue)).toBe(0);
    expect(venue.network.sockets()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });

  it.each([25, 35, 45, 55])('cancels an order without acknowledgement, %d ms after', (ms) => {
    const venue = createVirtualVenue();
    const order$ = place(venue);
    const story = record(order$);
    venue.advance(ms);
    expect(steps(story.values)).toEqual(['pending_create 0']);
    story.stop();
    venue.advance(1_000);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(canceled(venue)).toBe(1);
    expect(record(order$).last()).toMatchObject({ state: 'canceled' });
  });

  it('cancels an order whose outcome was unknown, as soon as it shows up', () => {
    const venue = createVirtualVenue();
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: 3_000,
      answer: 'broken connection',
    });
    const story = record(place(venue));
    venue.advance(100);
    story.stop();
    venue.advance(20_000);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(placed(venue)).toBe(1);
  });

  it('does not rest until the order is canceled, however long nobody answers', () => {
    const venue = createVirtualVenue();
    const story = record(place(venue));
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    const healed = venue.network.requestFaults.add(() => true, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    story.stop();
    venue.advance(600_000);
    expect(canceled(venue)).toBeLessThan(150);
    healed();
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(errors.values.length).toBeGreaterThan(0);
    expect(venue.pending()).toBe(0);
  });

  it('tells errors$ where the exchange refuses to cancel', () => {
    const venue = createVirtualVenue();
    const story = record(place(venue));
    const errors = record(venue.exchange.errors$);
    venue.advance(1_000);
    const msg = 'Order was not canceled due to cancel restrictions.';
    venue.network.requestFaults.add(({ name }) => name === CANCEL, {
      requestDelay: Infinity,
      answer: { status: 400, headers: {}, body: JSON.stringify({ code: -2011, msg }) },
    });
    story.stop();
    venue.advance(60_000);
    expect(errors.values).toMatchObject([{ kind: 'invalid_order', request: CANCEL }]);
    expect(canceled(venue)).toBe(1);
  });

  it('asks for nothing where the order is over', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '1');
    const story = record(place(venue));
    venue.advance(1_000);
    expect(story.state()).toBe('completed');
    story.stop();
    venue.advance(1_000);
    expect(canceled(venue)).toBe(0);
  });

  it('takes part in the market again with each switch, without an order left over', () => {
    const venue = createVirtualVenue();
    for (let turn = 0; turn < 20; turn += 1) {
      const story = record(place(venue));
      venue.advance(turn * 5);
      story.stop();
    }
    venue.advance(60_000);
    expect(venue.orders().filter(({ status }) => status === 'new')).toEqual([]);
    expect(venue.pending()).toBe(0);
  });
});
