import type { RestAnswer } from '../../src/core/contract.js';
import { BID, CANCEL, PLACE, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const answer = (status: number, code: number, msg: string): RestAnswer => ({
  status,
  headers: {},
  body: JSON.stringify({ code, msg }),
});

const muteUserStream = ({ network }: VirtualVenue): (() => void) =>
  network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });

const cancels = (venue: VirtualVenue): number => venue.network.requests(CANCEL).length;

/** An order that the exchange holds. */
const open = () => {
  const venue = createVirtualVenue();
  const story = record(venue.exchange.buy(BID));
  venue.advance(2_000);
  const id = story.last()!.clientOrderId;
  return { venue, story, id, cancel: () => record(venue.exchange.cancel(id)) };
};

describe('an order whose trading rules are still loading', () => {
  it('is canceled with all the others, and is never sent', () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    venue.advance(5);
    const results = record(venue.exchange.cancelAll());
    venue.advance(60_000);
    expect(results.last()).toMatchObject([{ outcome: 'failed', order: { reason: 'not_placed' } }]);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
    expect(venue.network.requests(PLACE)).toEqual([]);
  });
});

describe('a cancel', () => {
  it('emits what it came to, once, and completes', () => {
    const { venue, story, id, cancel } = open();
    const result = cancel();
    expect(story.last()!.state).toBe('pending_cancel');
    venue.advance(1_000);
    expect(result.values).toEqual([
      { clientOrderId: id, outcome: 'canceled', order: story.last() },
    ]);
    expect(result.state()).toBe('completed');
    expect(story.last()).toMatchObject({ state: 'canceled', reason: 'canceled' });
    expect(cancels(venue)).toBe(1);
  });

  it('is not sent before somebody subscribes', () => {
    const { venue, id } = open();
    void venue.exchange.cancel(id);
    venue.advance(1_000);
    expect(cancels(venue)).toBe(0);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
  });

  it('that several ask for at once is one request, and all hear its result', () => {
    const { venue, cancel } = open();
    const results = [cancel(), cancel()];
    venue.advance(5);
    results.push(cancel());
    venue.advance(1_000);
    expect(results.map(({ values }) => values.map(({ outcome }) => outcome))).toEqual([
      ['canceled'],
      ['canceled'],
      ['canceled'],
    ]);
    expect(cancels(venue)).toBe(1);
  });

  it('of an order that is over says how it ended, and asks nobody', () => {
    const { venue, cancel } = open();
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    const result = cancel();
    expect(result.values).toMatchObject([{ outcome: 'filled', order: { state: 'filled' } }]);
    expect(cancels(venue)).toBe(0);
  });

  it('of an order that nobody knows finds none', () => {
    const venue = createVirtualVenue();
    const result = record(venue.exchange.cancel('rx-unheard-of'));
    expect(result.values).toEqual([{ clientOrderId: 'rx-unheard-of', outcome: 'not_found' }]);
    expect(result.state()).toBe('completed');
    expect(venue.network.requests()).toEqual([]);
  });

  it('that nobody waits for any more leaves the order as it is', () => {
    const { venue, story, cancel } = open();
    venue.network.requestFaults.add(({ name }) => name === CANCEL, { requestDelay: Infinity });
    const result = cancel();
    venue.advance(100);
    result.stop();
    venue.advance(60_000);
    expect(story.last()!.state).toBe('open');
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
  });
});

describe('a cancel before the acknowledgement', () => {
  it('is sent as soon as the order shows up', () => {
    const venue = createVirtualVenue();
    muteUserStream(venue);
    venue.network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: 3_000 });
    const story = record(venue.exchange.buy(BID));
    venue.advance(100);
    const result = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(2_000);
    expect(cancels(venue)).toBe(0);
    expect(story.last()!.state).toBe('pending_cancel');
    venue.advance(2_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(cancels(venue)).toBe(1);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('waits until it is certain whether there is an order: there is', () => {
    const venue = createVirtualVenue();
    muteUserStream(venue);
    venue.network.requestFaults.add(({ name }) => name === PLACE, { answer: 'broken connection' });
    const story = record(venue.exchange.buy(BID));
    venue.advance(100);
    const result = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(30_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('waits until it is certain whether there is an order: there is none', () => {
    const venue = createVirtualVenue();
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    const story = record(venue.exchange.buy(BID));
    venue.advance(100);
    const result = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(30_000);
    expect(result.values).toMatchObject([{ outcome: 'failed', order: { reason: 'not_placed' } }]);
    expect(cancels(venue)).toBe(0);
  });

  it('comes to failed where the exchange refuses the order', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '59000', '1');
    const story = record(venue.exchange.buy({ ...BID, type: 'limit_maker' }));
    venue.advance(45);
    const result = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(1_000);
    expect(result.values).toMatchObject([{ outcome: 'failed', order: { reason: 'rejected' } }]);
    expect(cancels(venue)).toBe(0);
  });
});

describe('a cancel that comes too late', () => {
  it.each([true, false])('comes to filled (account stream: %s)', (streamed) => {
    const { venue, story, cancel } = open();
    if (!streamed) muteUserStream(venue);
    const result = cancel();
    venue.advance(5);
    venue.rival('sell', '60000', '0.01');
    venue.advance(30_000);
    expect(result.values).toMatchObject([{ outcome: 'filled' }]);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(cancels(venue)).toBe(1);
  });

  it('comes to canceled where somebody else canceled, unheard', () => {
    const { venue, story, cancel } = open();
    muteUserStream(venue);
    venue.engine.cancel('user', venue.orders()[0]!.orderId, 'by-hand');
    const result = cancel();
    venue.advance(30_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(story.last()).toMatchObject({ state: 'canceled' });
    expect(cancels(venue)).toBe(1);
    expect(venue.network.requests(STATUS).length).toBeGreaterThan(0);
  });

  it('loses no fill that came before it', () => {
    const { venue, story, cancel } = open();
    muteUserStream(venue);
    const fills = record(venue.exchange.fills$);
    venue.rival('sell', '60000', '0.004');
    const result = cancel();
    venue.advance(30_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(story.last()).toMatchObject({ state: 'canceled', fillsComplete: true });
    expect(fills.values.map(({ amount }) => amount.toFixed())).toEqual(['0.004']);
  });
});

describe('a cancel without a sound answer', () => {
  it.each([true, false])('that took effect comes to canceled (account stream: %s)', (streamed) => {
    const { venue, cancel } = open();
    if (!streamed) muteUserStream(venue);
    venue.network.requestFaults.add(({ name }) => name === CANCEL, { answerDelay: Infinity });
    const result = cancel();
    venue.advance(streamed ? 100 : 30_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(cancels(venue)).toBe(1);
  });

  it('that had no effect is sent again', () => {
    const { venue, cancel } = open();
    venue.network.requestFaults.add(({ name }) => name === CANCEL, {
      requestDelay: Infinity,
      answer: 'broken connection',
      times: 2,
    });
    const result = cancel();
    venue.advance(30_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(cancels(venue)).toBe(3);
  });

  it('that met a rate limit is sent again', () => {
    const { venue, cancel } = open();
    venue.network.requestFaults.add(({ name }) => name === CANCEL, {
      requestDelay: Infinity,
      answer: { ...answer(429, -1003, 'Too much.'), headers: { 'retry-after': '5' } },
      times: 1,
    });
    const result = cancel();
    venue.advance(4_900);
    expect(cancels(venue)).toBe(1);
    venue.advance(5_000);
    expect(result.values).toMatchObject([{ outcome: 'canceled' }]);
  });

  it('is unknown, after a bounded number of attempts, where nobody answers at all', () => {
    const { venue, story, cancel } = open();
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    venue.network.requestFaults.add(() => true, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    const result = cancel();
    venue.advance(600_000);
    expect(result.values).toMatchObject([{ outcome: 'unknown', error: { kind: 'network' } }]);
    expect(cancels(venue)).toBeLessThanOrEqual(6);
    expect(story.last()!.state).toBe('open');
    expect(story.state()).toBe('going on');
  });
});

describe('a cancel that is refused', () => {
  it.each([
    [answer(400, -2011, 'Order was not canceled due to cancel restrictions.'), 'invalid_order'],
    [answer(401, -2015, 'Invalid API-key, IP, or permissions for action.'), 'authentication'],
  ])('leaves the order open: %j', (refusal, kind) => {
    const { venue, story, cancel } = open();
    const healed = venue.network.requestFaults.add(({ name }) => name === CANCEL, {
      requestDelay: Infinity,
      answer: refusal,
    });
    const result = cancel();
    venue.advance(60_000);
    expect(result.values).toMatchObject([{ outcome: 'refused', error: { kind } }]);
    expect(cancels(venue)).toBe(1);
    expect(steps(story.values).slice(-2)).toEqual(['pending_cancel 0', 'open 0']);
    healed();
    const again = cancel();
    venue.advance(1_000);
    expect(again.values).toMatchObject([{ outcome: 'canceled' }]);
  });
});

describe('cancelAll', () => {
  it('has nothing to say where there are no orders', () => {
    const venue = createVirtualVenue();
    const results = record(venue.exchange.cancelAll());
    expect(results.values).toEqual([[]]);
    expect(results.state()).toBe('completed');
    expect(venue.network.requests()).toEqual([]);
  });

  it('answers once for each order, within its timeout', () => {
    const venue = createVirtualVenue();
    const stories = ['60000', '60001', '60002', '60003'].map((price) =>
      record(venue.exchange.buy({ ...BID, price })),
    );
    venue.advance(2_000);
    const ids = stories.map((story) => story.last()!.clientOrderId);
    venue.rival('sell', '60003', '0.01');
    venue.advance(1_000);
    const [lost] = venue.orders();
    venue.network.requestFaults.add(
      ({ name, params }) => name === CANCEL && params.get('orderId') === `${lost!.orderId}`,
      { requestDelay: Infinity },
    );
    const results = record(venue.exchange.cancelAll({ timeout: 3_000 }));
    venue.rival('sell', '60002', '0.01');
    venue.advance(2_990);
    expect(results.values).toEqual([]);
    venue.advance(10);
    expect(results.state()).toBe('completed');
    const outcomes = results.values[0]!.map(({ clientOrderId, outcome }) => [
      ids.indexOf(clientOrderId),
      outcome,
    ]);
    expect(outcomes).toEqual([
      [0, 'unknown'],
      [1, 'canceled'],
      [2, 'filled'],
    ]);
  });
});
