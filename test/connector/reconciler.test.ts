import type { Fill } from '../../src/orders/fill.js';
import { BID, FILLS, PLACE, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record, type Recording } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

const tradeIds = (fills: Recording<Fill>): readonly string[] =>
  fills.values.map(({ tradeId }) => tradeId);
const truth = (venue: VirtualVenue): readonly string[] =>
  venue.trades().map(({ tradeId }) => `${tradeId}`);

/** An open order, with the account's stream up. */
const open = () => {
  const venue = createVirtualVenue();
  const fills = record(venue.exchange.fills$);
  venue.advance(5_000);
  const story = record(venue.exchange.buy(BID));
  venue.advance(1_000);
  return { venue, fills, story };
};

const cut = ({ network }: VirtualVenue): void => {
  network.refuseSockets(true);
  network.disconnect();
};

describe('fills while the account stream is down', () => {
  it('are found by REST within seconds, each once', () => {
    const { venue, fills, story } = open();
    cut(venue);
    for (let part = 0; part < 3; part += 1) {
      venue.rival('sell', '60000', '0.002');
      venue.advance(6_000);
      expect(tradeIds(fills)).toEqual(truth(venue));
    }
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: true });
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    expect(story.last()!.state).toBe('filled');
    expect(tradeIds(fills)).toEqual(truth(venue));
  });

  it('are found when it comes back, where REST was down too', () => {
    const { venue, fills, story } = open();
    cut(venue);
    const healed = venue.network.requestFaults.add(() => true, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    venue.rival('sell', '60000', '0.003');
    venue.rival('sell', '60000', '0.007');
    venue.advance(600_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
    healed();
    venue.network.refuseSockets(false);
    venue.advance(60_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(tradeIds(fills)).toEqual(truth(venue));
  });

  it('are found of an order that was placed meanwhile', () => {
    const venue = createVirtualVenue();
    const fills = record(venue.exchange.fills$);
    venue.advance(5_000);
    cut(venue);
    venue.advance(60_000);
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(6_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(tradeIds(fills)).toEqual(truth(venue));
  });

  it('are found without a subscriber', () => {
    const { venue, fills, story } = open();
    fills.stop();
    story.stop();
    cut(venue);
    venue.rival('sell', '60000', '0.01');
    const later = record(venue.exchange.fills$);
    venue.advance(6_000);
    expect(tradeIds(later)).toEqual(truth(venue));
  });

  it('are asked for at a pace that the exchange bears', () => {
    const { venue } = open();
    cut(venue);
    const before = venue.network.requests(STATUS).length;
    venue.advance(600_000);
    expect(venue.network.requests(STATUS).length - before).toBeLessThanOrEqual(600 / 5 + 1);
    expect(venue.network.requests(FILLS)).toEqual([]);
  });
});

describe('an account stream that ends', () => {
  it.each([
    ['by an event', '{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1}}'],
    [
      'by a refusal of its clock',
      '{"id":1,"status":400,"error":{"code":-1021,"msg":"Timestamp for this request is outside."}}',
    ],
  ])('%s is replaced, and nothing is missed', (_, replacement) => {
    const { venue, fills, story } = open();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { replacement, times: 1 });
    venue.rival('sell', '60000', '0.002');
    venue.advance(5_000);
    venue.rival('sell', '60000', '0.008');
    venue.advance(5_000);
    expect(venue.network.attempts()).toEqual([USER_STREAM, USER_STREAM]);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(tradeIds(fills)).toEqual(truth(venue));
  });

  it('is replaced where its subscription is not accepted within 10 s', () => {
    const venue = createVirtualVenue();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    const fills = record(venue.exchange.fills$);
    record(venue.exchange.buy(BID));
    venue.advance(12_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(tradeIds(fills)).toEqual(truth(venue));
    expect(venue.network.attempts()).toHaveLength(2);
  });
});

describe('a frame that is lost while the account stream is up', () => {
  it('is missed at the next fill, whose sum shows the hole', () => {
    const { venue, fills, story } = open();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    expect(fills.values).toEqual([]);
    venue.rival('sell', '60000', '0.002');
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: false });
    venue.advance(5_000);
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: true });
    expect([...tradeIds(fills)].sort()).toEqual(truth(venue));
  });

  it('is not taken for an end: filled waits for the fills', () => {
    const { venue, fills, story } = open();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    venue.rival('sell', '60000', '0.006');
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: false });
    venue.advance(5_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect([...tradeIds(fills)].sort()).toEqual(truth(venue));
  });

  it('is found by the slow poll, where nothing else shows it', () => {
    const { venue, fills, story } = open();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    venue.rival('sell', '60000', '0.01');
    venue.advance(125_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect(tradeIds(fills)).toEqual(truth(venue));
  });

  it('is not given up while the exchange cannot be asked', () => {
    const { venue, fills, story } = open();
    const healed = venue.network.requestFaults.add(({ name }) => name === FILLS, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    venue.rival('sell', '60000', '0.006');
    venue.advance(120_000);
    expect(story.state()).toBe('going on');
    healed();
    venue.advance(60_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: true });
    expect([...tradeIds(fills)].sort()).toEqual(truth(venue));
  });

  it('is announced as lost where the exchange cannot produce it', () => {
    const { venue, fills, story } = open();
    venue.network.requestFaults.add(({ name }) => name === FILLS, {
      answer: { status: 200, headers: {}, body: '[]' },
    });
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    venue.rival('sell', '60000', '0.006');
    venue.advance(10_000);
    expect(story.state()).toBe('going on');
    venue.advance(10_000);
    expect(story.last()).toMatchObject({ state: 'filled', fillsComplete: false });
    expect(story.last()!.executedAmount.toFixed()).toBe('0.006');
    expect(fills.values).toHaveLength(1);
  });
});

describe('fills after the end of an order', () => {
  it('are told, once, and turn a cancel into a fill', () => {
    const { venue, fills, story } = open();
    const canceled = {
      symbol: 'BTCUSDT',
      orderId: venue.orders()[0]!.orderId,
      clientOrderId: 'of the cancel',
      origClientOrderId: story.last()!.clientOrderId,
      executedQty: '0.00000000',
      status: 'CANCELED',
      transactTime: venue.now(),
    };
    venue.network.requestFaults.add(({ name }) => name.startsWith('DELETE'), {
      requestDelay: Infinity,
      answer: { status: 200, headers: {}, body: JSON.stringify(canceled) },
    });
    record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(1_000);
    expect(story.last()!.state).toBe('canceled');
    const updates = record(venue.exchange.orderUpdates$);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(tradeIds(fills)).toEqual(truth(venue));
    expect(steps(updates.values)).toEqual(['filled 0.01']);
    expect(venue.network.requests(PLACE)).toHaveLength(1);
  });
});
