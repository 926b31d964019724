import type { InFlightOrder } from '../../src/orders/in-flight-order.js';
import { OrderFailedError } from '../../src/orders/order-failed-error.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, CANCEL, FILLS, OPEN_ORDERS, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const absent = {
  answer: {
    status: 400,
    headers: {},
    body: JSON.stringify({ code: -2013, msg: 'Order does not exist.' }),
  },
};

/** The answer that shows a filled order with the same client order id. */
const another = ({ clientOrderId }: InFlightOrder): string =>
  JSON.stringify({
    symbol: 'BTCUSDT',
    orderId: 4_711,
    clientOrderId,
    executedQty: '0.01000000',
    status: 'FILLED',
    time: 1,
    updateTime: 2,
  });

const nothingOpen = { answer: { status: 200, headers: {}, body: '[]' } };

/** The exchange denies that it has the order, to whoever asks for its status or for what is open. */
const deny = ({ network }: VirtualVenue): (() => void) => {
  const stops = [
    network.requestFaults.add(({ name }) => name === STATUS, absent),
    network.requestFaults.add(({ name }) => name === OPEN_ORDERS, nothingOpen),
  ];
  return () => stops.forEach((stop) => stop());
};

/** An open order, and the moment at which REST is asked after it. */
const open = () => {
  const venue = createVirtualVenue();
  const fills = record(venue.exchange.fills$);
  const updates = record(venue.exchange.orderUpdates$);
  const live = record(venue.exchange.inFlightOrders$);
  venue.advance(2_000);
  const story = record(venue.exchange.buy(BID));
  venue.advance(1_000);
  const ask = (): void => {
    venue.network.disconnect(USER_STREAM);
    venue.advance(1_000);
  };
  return { venue, fills, updates, live, story, ask };
};

describe('an order that the exchange says it does not have', () => {
  it('is lost after the fourth time, at least 15 s after the first', () => {
    const { venue, story, live, ask } = open();
    deny(venue);
    ask();
    venue.advance(14_000);
    expect(story.last()!.state).toBe('open');
    expect(live.last()!.size).toBe(1);
    venue.advance(6_000);
    expect(story.last()).toMatchObject({ state: 'failed', reason: 'lost' });
    expect(story.error()).toBeInstanceOf(OrderFailedError);
    expect(story.error()).toMatchObject({ kind: 'lost' });
    expect(live.last()!.size).toBe(0);
  });

  it('is not lost where it was seen in between', () => {
    const { venue, story, ask } = open();
    for (let round = 0; round < 5; round += 1) {
      const stop = deny(venue);
      ask();
      venue.advance(9_000);
      stop();
      venue.advance(10_000);
    }
    expect(story.last()!.state).toBe('open');
  });

  it('is not lost by questions that were not answered', () => {
    const { venue, story, ask } = open();
    venue.network.requestFaults.add(({ name }) => name === STATUS, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    ask();
    venue.advance(600_000);
    expect(story.last()!.state).toBe('open');
  });

  it('is not lost where it is among the open orders', () => {
    const { venue, story, ask } = open();
    venue.network.requestFaults.add(({ name }) => name === STATUS, absent);
    for (let round = 0; round < 5; round += 1) {
      ask();
      venue.advance(9_000);
    }
    expect(story.last()!.state).toBe('open');
  });

  it('is not lost for being absent from the open orders: that is a reason to ask, and no proof', () => {
    const { venue, story, ask } = open();
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, nothingOpen);
    for (let round = 0; round < 5; round += 1) {
      ask();
      venue.advance(9_000);
    }
    expect(venue.network.requests(STATUS).length).toBeGreaterThanOrEqual(5);
    expect(story.last()!.state).toBe('open');
  });

  it('is not lost where its other id finds it', () => {
    const { venue, story, ask } = open();
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, nothingOpen);
    venue.network.requestFaults.add(
      ({ name, params }) => name === STATUS && params.has('orderId'),
      absent,
    );
    ask();
    venue.advance(60_000);
    expect(story.last()!.state).toBe('open');
  });

  it('is lost where its id finds another order, which is none of ours', () => {
    const { venue, story, fills, ask } = open();
    const stop = deny(venue);
    venue.network.requestFaults.add(
      ({ name, params }) => name === STATUS && !params.has('orderId'),
      { answer: { status: 200, headers: {}, body: another(story.last()!) } },
    );
    ask();
    venue.advance(20_000);
    expect(story.last()).toMatchObject({ state: 'failed', reason: 'lost' });
    expect(fills.values).toEqual([]);
    stop();
  });
});

describe('a lost order', () => {
  const lose = () => {
    const scene = open();
    const stop = deny(scene.venue);
    scene.ask();
    scene.venue.advance(20_000);
    expect(scene.story.last()!.state).toBe('failed');
    return { ...scene, stop };
  };

  it('that shows up is alive again, and canceled', () => {
    const { venue, updates, stop } = lose();
    expect(venue.network.requests(CANCEL)).toEqual([]);
    stop();
    venue.advance(10_000);
    expect(steps(updates.values).slice(-4)).toEqual([
      'failed 0',
      'open 0',
      'pending_cancel 0',
      'canceled 0',
    ]);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(updates.last()).toMatchObject({ state: 'canceled' });
  });

  it('that was filled meanwhile tells its fills, once', () => {
    const { venue, fills, updates } = lose();
    venue.rival('sell', '60000', '0.01');
    venue.advance(60_000);
    expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
    expect(updates.last()!.state).toBe('filled');
    expect(venue.network.requests(CANCEL)).toEqual([]);
  });

  it('tells late fills even where only REST has them', () => {
    const { venue, fills, stop } = lose();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    venue.rival('sell', '60000', '0.01');
    venue.advance(20_000);
    expect(fills.values).toEqual([]);
    stop();
    venue.advance(20_000);
    expect(fills.values).toHaveLength(venue.trades().length);
    expect(venue.network.requests(FILLS).length).toBeGreaterThan(0);
  });

  it('is asked after every 5 s for 10 min, then ever more seldom, up to 2 min', () => {
    const { venue } = lose();
    venue.advance(1_300_000);
    const asked = venue.network.requests(STATUS);
    const verdict = asked.findLastIndex(({ params }) => !params.has('orderId'));
    const times = asked.slice(verdict).map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => Math.round((at - times[index]!) / 1_000));
    expect(pauses.slice(0, 121)).toEqual(Array<number>(121).fill(5));
    expect(pauses.slice(121, 127)).toEqual([10, 20, 40, 80, 120, 120]);
  });

  it('is not asked after any more once it is over', () => {
    const { venue, stop } = lose();
    stop();
    venue.advance(20_000);
    const after = venue.network.requests(STATUS).length;
    venue.advance(600_000);
    expect(venue.network.requests(STATUS)).toHaveLength(after);
  });
});
