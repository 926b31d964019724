import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, FILLS, OPEN_ORDERS, PLACE, STATUS, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const asked = ({ network }: VirtualVenue, name: string): number => network.requests(name).length;

/** So many open orders, which nobody has told of for a while. */
const open = (count: number) => {
  const venue = createVirtualVenue({ balances: { USDT: '1000000' } });
  const live = record(venue.exchange.inFlightOrders$);
  venue.advance(5_000);
  const stories = Array.from({ length: count }, () => record(venue.exchange.buy(BID)));
  venue.advance(10_000);
  return { venue, stories, live };
};

const cut = ({ network }: VirtualVenue): void => {
  network.refuseSockets(true);
  network.disconnect();
};
const mend = ({ network }: VirtualVenue): void => network.refuseSockets(false);

describe('after a gap of the account’s stream', () => {
  it('one list of open orders settles all that it shows', () => {
    const { venue } = open(8);
    venue.network.disconnect(USER_STREAM);
    venue.advance(30_000);
    expect(asked(venue, OPEN_ORDERS)).toBe(1);
    expect(asked(venue, STATUS)).toBe(8);
  });

  it('orders that it does not show are asked after one by one, and their fills', () => {
    const { venue, stories } = open(8);
    venue.network.disconnect(USER_STREAM);
    venue.rival('sell', '60000', '0.025');
    const before = asked(venue, STATUS);
    venue.advance(4_000);
    expect(stories.map((story) => story.last()!.executedAmount.toFixed())).toEqual([
      ...['0.01', '0.01', '0.005'],
      ...['0', '0', '0', '0', '0'],
    ]);
    expect(asked(venue, STATUS) - before).toBeLessThanOrEqual(8 + 2);
  });

  it('an order is asked after at once, however new it is: what was missed is not on its way', () => {
    const { venue } = open(0);
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.network.disconnect(USER_STREAM);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(story.last()!.state).toBe('filled');
  });

  it('an order that was heard of since is not asked after within 5 s', () => {
    const { venue } = open(0);
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, {
      answer: { status: 200, headers: {}, body: '[]' },
    });
    venue.network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: 2_000 });
    venue.network.frameFaults.add(({ text }) => text.includes('executionReport'), { copies: 0 });
    record(venue.exchange.buy(BID));
    venue.network.disconnect(USER_STREAM);
    venue.advance(6_900);
    expect(asked(venue, STATUS)).toBe(0);
    venue.advance(1_000);
    expect(asked(venue, STATUS)).toBe(1);
  });

  it('a list that does not come is done without', () => {
    const { venue, stories } = open(3);
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, {
      answer: { status: 400, headers: {}, body: '{"code":-1128,"msg":"No."}' },
    });
    venue.network.disconnect(USER_STREAM);
    venue.rival('sell', '60000', '0.03');
    venue.advance(4_000);
    for (const story of stories) expect(story.last()!.state).toBe('filled');
  });

  it('nothing is asked where no order is alive', () => {
    const { venue } = open(0);
    venue.network.disconnect(USER_STREAM);
    venue.advance(30_000);
    expect(asked(venue, OPEN_ORDERS)).toBe(0);
  });
});

describe('many orders while the account’s stream is down', () => {
  it('are asked after by lists, and at most ten of them one by one in 5 s', () => {
    const { venue, live } = open(30);
    cut(venue);
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.25');
    const times = (): readonly number[] => venue.network.requests(STATUS).map(({ at }) => at);
    venue.advance(30_000);
    const busiest = times().map((at) => times().filter((t) => t >= at && t < at + 4_900).length);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(10);
    expect(live.last()!.size).toBe(5);
    expect(asked(venue, OPEN_ORDERS)).toBeLessThanOrEqual(7);
  });

  it('all have their turn, the longest silent first', () => {
    const { venue } = open(30);
    venue.network.requestFaults.add(({ name }) => name === OPEN_ORDERS, {
      answer: { status: 200, headers: {}, body: '[]' },
    });
    cut(venue);
    venue.advance(14_000);
    const seen = venue.network.requests(STATUS).map(({ params }) => params.get('orderId'));
    expect(new Set(seen).size).toBe(30);
    expect(seen).toHaveLength(30);
  });
});

describe('an account’s stream that tells', () => {
  it('is believed for two minutes, and for 5 s once it was silent for a minute', () => {
    const { venue } = open(1);
    const before = asked(venue, STATUS);
    venue.advance(48_000);
    expect(asked(venue, STATUS)).toBe(before);
    venue.advance(62_000);
    expect(asked(venue, STATUS) - before).toBeGreaterThanOrEqual(11);
    record(venue.exchange.buy({ ...BID, price: '59000' }));
    venue.advance(1_000);
    const told = asked(venue, STATUS);
    venue.advance(50_000);
    expect(asked(venue, STATUS)).toBe(told);
  });
});

describe('an account’s stream that is mute', () => {
  it('is replaced as soon as REST shows what it should have told', () => {
    const { venue, stories } = open(1);
    const errors = record(venue.exchange.errors$);
    // It goes on to answer whether it is there.
    const mute = venue.network.frameFaults.add(({ text }) => text.includes('"event"'), {
      copies: 0,
    });
    venue.rival('sell', '60000', '0.004');
    venue.advance(45_000);
    mute();
    expect(stories[0]!.last()!.executedAmount.toFixed()).toBe('0');
    venue.advance(15_000);
    expect(stories[0]!.last()!.executedAmount.toFixed()).toBe('0.004');
    expect(errors.values.map(({ message }) => message).join()).toContain('is silent although');
    expect(venue.network.attempts()).toHaveLength(2);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
  });

  it('is not suspected for what it told, nor for what happened before it was up', () => {
    const { venue } = open(2);
    const errors = record(venue.exchange.errors$);
    venue.rival('sell', '60000', '0.004');
    venue.advance(130_000);
    cut(venue);
    venue.advance(2_000);
    venue.network.requestFaults.add(({ name }) => name === FILLS || name === OPEN_ORDERS, {
      answerDelay: 9_000,
    });
    venue.rival('sell', '60000', '0.004');
    venue.advance(500);
    mend(venue);
    venue.advance(60_000);
    expect(errors.values.map(({ message }) => message).join()).not.toContain('is silent although');
  });
});

describe('an order with more fills than one answer holds', () => {
  it('has them all, each once, in their order', () => {
    const { venue } = open(0);
    const fills = record(venue.exchange.fills$);
    const story = record(venue.exchange.buy({ ...BID, amount: '3' }));
    venue.advance(10_000);
    cut(venue);
    for (let count = 0; count < 2_500; count += 1) venue.rival('sell', '60000', '0.001');
    venue.advance(10_000);
    expect(fills.values.map(({ tradeId }) => tradeId)).toEqual(
      venue.trades().map(({ tradeId }) => `${tradeId}`),
    );
    expect(story.last()).toMatchObject({ state: 'partially_filled', fillsComplete: true });
    expect(asked(venue, FILLS)).toBe(3);
  });
});
