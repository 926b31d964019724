import { ClientOrderTracker } from '../../src/orders/client-order-tracker.js';
import type { InFlightOrder } from '../../src/orders/in-flight-order.js';
import { OrderDoubts } from '../../src/orders/order-doubts.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { ConnectorError } from '../../src/core/errors.js';
import { Decimal } from '../../src/core/decimal.js';

const ID = 'an order';
const LONG = 120_000;

const update = (executed = '0'): Evidence => ({
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: ID,
  exchangeOrderId: '1',
  status: 'open',
  executedAmount: new Decimal(executed),
  time: 1,
});

/** An order as the evidence makes it. */
const order = (...evidence: readonly Evidence[]): InFlightOrder => {
  const tracker = new ClientOrderTracker();
  tracker.track({
    clientOrderId: ID,
    pair: 'BTC-USDT',
    side: 'buy',
    type: 'limit',
    amount: new Decimal(1),
    price: new Decimal(1),
    createdAt: 0,
  });
  for (const item of evidence) tracker.learn(item, 0);
  return tracker.order(ID)!;
};

const open = order(update());
const incomplete = order(update('0.5'));
const lost = order(update(), {
  kind: 'lost',
  clientOrderId: ID,
  verdict: 1,
  asOf: 1,
  error: new ConnectorError('lost', 'It is lost.'),
});

describe('an order of which nothing speaks against what is known', () => {
  it('is due when it was silent for as long as the stream is trusted', () => {
    expect(new OrderDoubts().dueAt(open, 1_000, LONG)).toBe(121_000);
    expect(new OrderDoubts().dueAt(open, 1_000, 5_000)).toBe(6_000);
  });
});

/** Doubts, and what was told each time nothing was left of them. */
const world = () => {
  const settled: string[] = [];
  const doubts = new OrderDoubts((recovered) => settled.push(recovered));
  return { doubts, settled };
};

describe('an order of which events may have been missed', () => {
  it('is due at once, until the exchange has shown it; if it was heard of since, 5 s after that', () => {
    const { doubts, settled } = world();
    doubts.distrust([ID], 500);
    expect(settled).toEqual([]);
    expect(doubts.dueAt(open, 400, LONG)).toBe(500);
    expect(doubts.dueAt(open, 1_000, LONG)).toBe(6_000);
    doubts.shown(open);
    expect(settled).toEqual(['complete']);
    expect(doubts.dueAt(open, 1_000, LONG)).toBe(121_000);
  });

  it('is asked after every 5 s, however old the last evidence is', () => {
    const { doubts } = world();
    doubts.distrust([ID], 500);
    doubts.asked(ID, 50_000);
    expect(doubts.dueAt(open, 0, LONG)).toBe(55_000);
  });

  it('is not settled while another is not, and at once where there is none', () => {
    const { doubts, settled } = world();
    doubts.distrust([ID, 'another'], 500);
    doubts.shown(open);
    expect(settled).toEqual([]);
    const none = world();
    none.doubts.distrust([], 500);
    expect(none.settled).toEqual(['complete']);
  });

  it('is not settled while fills are missing that the exchange may still produce', () => {
    const { doubts, settled } = world();
    doubts.distrust([ID], 500);
    expect([1, 2, 3].map(() => doubts.shown(incomplete))).toEqual([false, false, true]);
    expect(settled).toEqual([]);
    doubts.givenUp(incomplete);
    expect(settled).toEqual(['partial']);
    doubts.begin();
    doubts.distrust([], 500);
    expect(settled).toEqual(['partial', 'complete']);
  });

  it.each([
    ['complete', order({ ...update(), status: 'ended', reason: 'canceled' } as Evidence)],
    ['partial', lost],
  ])('is settled by its end: %s', (recovered, ended) => {
    const { doubts, settled } = world();
    doubts.distrust([ID], 500);
    doubts.heed(ended, 0);
    expect(settled).toEqual([recovered]);
  });
});

describe('an order whose fills are missing', () => {
  it('is due 5 s after that was seen, whatever else is heard of it', () => {
    const doubts = new OrderDoubts();
    doubts.heed(incomplete, 10_000);
    doubts.heed(incomplete, 14_000);
    expect(doubts.misses(incomplete)).toBe(true);
    expect(doubts.dueAt(incomplete, 14_000, LONG)).toBe(15_000);
  });

  it('is due at once where nothing is on its way', () => {
    const doubts = new OrderDoubts();
    doubts.heed(incomplete, 10_000);
    doubts.hurry(incomplete);
    expect(doubts.dueAt(incomplete, 10_000, LONG)).toBe(-Infinity);
  });

  it('is given up after three answers, once, and begins anew after it was complete', () => {
    const doubts = new OrderDoubts();
    doubts.heed(incomplete, 0);
    expect([1, 2, 3, 4].map(() => doubts.shown(incomplete))).toEqual([false, false, true, false]);
    expect(doubts.dueAt(incomplete, 0, LONG)).toBe(LONG);
    doubts.heed(open, 1);
    doubts.heed(incomplete, 2);
    expect(doubts.dueAt(incomplete, 2, LONG)).toBe(5_002);
  });
});

describe('an order that the exchange says it does not have', () => {
  it('is absent after the fourth time in a row, and due every 5 s until then', () => {
    const doubts = new OrderDoubts();
    doubts.asked(ID, 1_000);
    expect([1, 2, 3].map(() => doubts.absent(ID))).toEqual([false, false, false]);
    expect(doubts.dueAt(open, 0, LONG)).toBe(6_000);
    doubts.shown(open);
    expect([1, 2, 3, 4].map(() => doubts.absent(ID))).toEqual([false, false, false, true]);
  });
});

describe('an order that was lost', () => {
  it('is told of when it is alive again, once', () => {
    const doubts = new OrderDoubts();
    expect([lost, lost, open, open].map((one) => doubts.heed(one, 0))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});
