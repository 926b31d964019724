import type { Balances } from '../../src/core/balance.js';
import type { Gapped } from '../../src/core/gapped.js';
import type { OrderUpdate } from '../../src/core/order.js';
import type { Fill } from '../../src/orders/fill.js';
import type { InFlightOrder } from '../../src/orders/in-flight-order.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import {
  ACCOUNT,
  BID,
  FILLS,
  OPEN_ORDERS,
  STATUS,
  USER_STREAM,
  byHand,
} from '../support/orders.js';
import { record, type Recording } from '../support/recording.js';

/** Each event in a word; data that were got afterwards with a plus. */
const words = <T>(events: Recording<Gapped<T>>, word: (value: T) => string): readonly string[] =>
  events.values.map((event) => {
    if (event.kind === 'gap') return 'gap';
    if (event.kind === 'resumed') return event.recovered;
    return `${event.backfilled ? '+' : ''}${word(event.value)}`;
  });

const tradeId = (fill: Fill): string => `fill ${fill.amount.toFixed()}`;
const step = (order: InFlightOrder): string => `${order.state} ${order.executedAmount.toFixed()}`;

/** An open order that is not quite new. */
const open = () => {
  const venue = createVirtualVenue();
  const { withGaps } = venue.exchange;
  const fills = record(withGaps.fills$);
  const updates = record(withGaps.orderUpdates$);
  const live = record(withGaps.inFlightOrders$);
  venue.advance(5_000);
  const story = record(venue.exchange.buy(BID));
  venue.advance(10_000);
  return { venue, fills, updates, live, story };
};

const down = ({ network }: VirtualVenue): void => {
  network.refuseSockets(true);
  network.disconnect(USER_STREAM);
};

describe('the account’s streams with their gaps', () => {
  it('tell no gap before the stream was up once', () => {
    const venue = createVirtualVenue();
    down(venue);
    const fills = record(venue.exchange.withGaps.fills$);
    venue.advance(30_000);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(fills.values).toEqual([]);
  });

  it('tell the gap, what was missed, and that nothing is missed any more, in this order', () => {
    const { venue, fills, updates, live } = open();
    venue.rival('sell', '60000', '0.001');
    venue.advance(1_000);
    const since = venue.now();
    down(venue);
    venue.rival('sell', '60000', '0.002');
    venue.network.refuseSockets(false);
    venue.advance(5_000);
    venue.rival('sell', '60000', '0.003');
    venue.advance(1_000);
    expect(words(fills, tradeId)).toEqual([
      'fill 0.001',
      'gap',
      '+fill 0.002',
      'complete',
      'fill 0.003',
    ]);
    expect(words(updates, step).slice(2)).toEqual([
      'partially_filled 0.001',
      'gap',
      '+partially_filled 0.001',
      '+partially_filled 0.003',
      'complete',
      'partially_filled 0.006',
    ]);
    expect(words(live, (orders) => `${orders.size}`).slice(-5)).toEqual([
      'gap',
      '+1',
      '+1',
      'complete',
      '1',
    ]);
    const [gap] = fills.values.filter((event) => event.kind === 'gap');
    expect(gap).toMatchObject({ cause: { kind: 'network' } });
    expect(gap!.since).toBeLessThanOrEqual(since);
    expect(gap!.since).toBeGreaterThan(since - 2_000);
  });

  it('tell what REST finds while the stream is down, and one gap however often it fails', () => {
    const { venue, fills } = open();
    down(venue);
    venue.rival('sell', '60000', '0.002');
    venue.advance(20_000);
    venue.rival('sell', '60000', '0.002');
    venue.advance(20_000);
    expect(words(fills, tradeId)).toEqual(['gap', '+fill 0.002', '+fill 0.002']);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(words(fills, tradeId).slice(3)).toEqual(['complete']);
  });

  it('resume at once where no order is alive', () => {
    const venue = createVirtualVenue();
    const fills = record(venue.exchange.withGaps.fills$);
    venue.advance(5_000);
    venue.network.disconnect(USER_STREAM);
    venue.advance(5_000);
    expect(words(fills, tradeId)).toEqual(['gap', 'complete']);
  });

  it('do not resume before every order was shown, or is over', () => {
    const { venue, fills } = open();
    const heal = venue.network.requestFaults.add(
      ({ name }) => name === STATUS || name === OPEN_ORDERS,
      { requestDelay: Infinity, answer: 'broken connection' },
    );
    venue.network.disconnect(USER_STREAM);
    venue.advance(60_000);
    expect(words(fills, tradeId)).toEqual(['gap']);
    heal();
    venue.advance(30_000);
    expect(words(fills, tradeId)).toEqual(['gap', 'complete']);
  });

  it('do not resume while the stream is down again, whatever REST shows', () => {
    const { venue, fills } = open();
    const heal = venue.network.requestFaults.add(
      ({ name }) => name === STATUS || name === OPEN_ORDERS,
      { requestDelay: Infinity, answer: 'broken connection' },
    );
    venue.network.disconnect(USER_STREAM);
    venue.advance(5_000);
    down(venue);
    heal();
    venue.advance(30_000);
    expect(words(fills, tradeId)).toEqual(['gap']);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(words(fills, tradeId)).toEqual(['gap', 'complete']);
  });

  it('resume partially where the exchange does not produce fills that it counts', () => {
    const { venue, fills, updates } = open();
    venue.network.requestFaults.add(({ name }) => name === FILLS, {
      answer: { status: 200, headers: {}, body: '[]' },
    });
    down(venue);
    venue.rival('sell', '60000', '0.01');
    venue.network.refuseSockets(false);
    venue.advance(30_000);
    expect(words(fills, tradeId)).toEqual(['gap', 'partial']);
    expect(updates.values.at(-1)).toEqual({ kind: 'resumed', recovered: 'partial' });
    expect(updates.values.at(-2)).toMatchObject({ value: { state: 'filled' } });
  });

  it('resume partially where an order was lost', () => {
    const { venue, fills } = open();
    venue.network.requestFaults.add(({ name }) => name === STATUS, {
      answer: { status: 400, headers: {}, body: '{"code":-2013,"msg":"Order does not exist."}' },
    });
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, {
      answer: { status: 200, headers: {}, body: '[]' },
    });
    venue.network.disconnect(USER_STREAM);
    venue.advance(30_000);
    expect(words(fills, tradeId)).toEqual(['gap', 'partial']);
  });

  it('tell whoever comes during a gap of it first', () => {
    const { venue } = open();
    down(venue);
    venue.advance(1_000);
    const late = record(venue.exchange.withGaps.fills$);
    const lateLive = record(venue.exchange.withGaps.inFlightOrders$);
    venue.network.refuseSockets(false);
    venue.advance(30_000);
    expect(words(late, tradeId)).toEqual(['gap', 'complete']);
    expect(words(lateLive, ({ size }) => `${size}`).slice(0, 2)).toEqual(['gap', '1']);
  });

  it('say of a fill that was missed while the stream seemed well that it was got afterwards', () => {
    const { venue, fills } = open();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.002');
    venue.advance(5_500);
    expect(words(fills, tradeId).slice(0, 2)).toEqual(['fill 0.002', '+fill 0.004']);
  });

  it('tell the same data as those without', () => {
    const { venue, fills, updates } = open();
    const plain = record(venue.exchange.fills$);
    const plainUpdates = record(venue.exchange.orderUpdates$);
    down(venue);
    venue.rival('sell', '60000', '0.004');
    venue.network.refuseSockets(false);
    venue.advance(5_000);
    venue.rival('sell', '60000', '0.006');
    venue.advance(5_000);
    const dataOf = <T>({ values }: Recording<Gapped<T>>): readonly T[] =>
      values.flatMap((event) => (event.kind === 'data' ? [event.value] : []));
    expect(dataOf(fills)).toEqual(plain.values);
    expect(dataOf(updates).slice(2)).toEqual(plainUpdates.values);
  });
});

const free = (balances: Balances): string => balances.get('USDT')!.available.toFixed();

describe('balances$ with its gaps', () => {
  const start = () => {
    const venue = createVirtualVenue();
    const told = record(venue.exchange.withGaps.balances$);
    venue.advance(10_000);
    return { venue, told };
  };

  it('tells the gap, what REST brings in it, and its end', () => {
    const { venue, told } = start();
    byHand(venue, 'one');
    venue.advance(1_000);
    const since = venue.now();
    down(venue);
    venue.advance(7_000);
    byHand(venue, 'two');
    venue.advance(5_000);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    byHand(venue, 'three');
    venue.advance(1_000);
    const distinct = words(told, free).filter((word, index, all) => word !== all[index - 1]);
    expect(distinct).toEqual(['100000', '99500', 'gap', '+99500', '+99000', 'complete', '98500']);
    const [gap] = told.values.filter((event) => event.kind === 'gap');
    expect(gap).toMatchObject({ cause: { kind: 'network' } });
    expect(gap!.since).toBeLessThanOrEqual(since);
    expect(gap!.since).toBeGreaterThan(since - 2_000);
  });

  it('does not wait for an answer that was asked for before the stream was back', () => {
    const { venue, told } = start();
    venue.network.requestFaults.add(({ name }) => name === ACCOUNT, {
      answerDelay: 4_000,
      times: 1,
    });
    venue.network.disconnect(USER_STREAM);
    venue.advance(50);
    byHand(venue, 'missed');
    venue.advance(10_000);
    expect(words(told, free)).toEqual(['100000', 'gap', '+99500', 'complete']);
  });

  it('tells no gap before the balances were whole once', () => {
    const venue = createVirtualVenue();
    down(venue);
    const told = record(venue.exchange.withGaps.balances$);
    venue.advance(30_000);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(new Set(words(told, free))).toEqual(new Set(['100000']));
  });

  it('tells whoever comes during a gap of it first, then what is known', () => {
    const { venue } = start();
    down(venue);
    venue.advance(1_000);
    const late = record(venue.exchange.withGaps.balances$);
    const plain = record(venue.exchange.balances$);
    expect(words(late, free).slice(0, 2)).toEqual(['gap', '+100000']);
    expect(plain.values.map(free)).toEqual(['100000']);
  });

  it('is the same without the markers', () => {
    const { venue, told } = start();
    const plain = record(venue.exchange.balances$);
    record(venue.exchange.buy(BID));
    down(venue);
    venue.advance(20_000);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    const data = told.values.flatMap((event) => (event.kind === 'data' ? [event.value] : []));
    expect(data).toEqual(plain.values);
  });

  it('is not ready in a gap', () => {
    const { venue } = start();
    const status = record(venue.exchange.status$);
    expect(status.last()).toMatchObject({ parts: { balances: { ready: true } } });
    down(venue);
    venue.advance(20_000);
    expect(status.last()).toMatchObject({ parts: { balances: { ready: false } } });
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(status.last()).toMatchObject({ parts: { balances: { ready: true } } });
  });
});

describe('externalOrders$ with its gaps', () => {
  const names = (orders: readonly OrderUpdate[]): string =>
    orders.map(({ clientOrderId }) => clientOrderId).join(' ');

  it('tells the gap, and its end with the next list', () => {
    const venue = createVirtualVenue();
    const told = record(venue.exchange.withGaps.externalOrders$);
    venue.advance(10_000);
    byHand(venue, 'one');
    venue.advance(1_000);
    down(venue);
    byHand(venue, 'two');
    venue.advance(1_000);
    const late = record(venue.exchange.withGaps.externalOrders$);
    expect(words(late, names)).toEqual(['gap', 'one']);
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    byHand(venue, 'three');
    venue.advance(1_000);
    expect(words(told, names)).toEqual(['', 'one', 'gap', '+one two', 'complete', 'one two three']);
  });

  it('does not take a list for the end that was asked for before the stream was back', () => {
    const { venue } = open();
    const told = record(venue.exchange.withGaps.externalOrders$);
    venue.advance(1_000);
    const heal = venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, {
      answerDelay: 5_000,
    });
    venue.advance(120_000);
    const listed = venue.network.requests(OPEN_ORDERS).length;
    venue.network.disconnect(USER_STREAM);
    heal();
    byHand(venue, 'missed');
    venue.advance(2_000);
    expect(words(told, names)).toEqual(['', 'gap', '+missed', 'complete']);
    expect(venue.network.requests(OPEN_ORDERS)).toHaveLength(listed + 1);
  });
});

describe('status$', () => {
  it('is not ready after a gap before every order was asked after', () => {
    const { venue } = open();
    const status = record(venue.exchange.status$);
    const heal = venue.network.requestFaults.add(
      ({ name }) => name === STATUS || name === OPEN_ORDERS,
      { requestDelay: Infinity, answer: 'broken connection' },
    );
    venue.network.disconnect(USER_STREAM);
    venue.advance(10_000);
    expect(status.last()).toMatchObject({
      ready: false,
      parts: { orders: { ready: false }, userStream: { ready: true } },
    });
    heal();
    venue.advance(60_000);
    expect(status.last()).toMatchObject({ ready: true, parts: { orders: { ready: true } } });
  });
});
