import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ClientOrderTracker, type OrderChange } from '../../src/orders/client-order-tracker.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { evidenceOf, intent, T0 } from './evidence-of.js';

const order = intent();
const of = evidenceOf(order);

/** The n-th order of many, and its evidence. */
const numbered = (n: number) => {
  const one = intent({ clientOrderId: `rx-${n}` });
  return { one, of: evidenceOf(one, `${1_000 + n}`) };
};

const told = (changes: readonly OrderChange[]): readonly string[] =>
  changes.map(({ order: { state }, fill }) => (fill ? `${state} by ${fill.tradeId}` : state));

const tracking = (): ClientOrderTracker => {
  const tracker = new ClientOrderTracker();
  tracker.track(order);
  return tracker;
};

describe('an order', () => {
  it('begins on its way, without anything of the exchange', () => {
    const tracker = new ClientOrderTracker();
    expect(tracker.order('rx-1')).toBeUndefined();
    const { order: begun, fill } = tracker.track(order);
    expect(fill).toBeUndefined();
    expect(begun).toMatchObject({ ...order, state: 'pending_create', fills: [], updatedAt: T0 });
    expect([begun.exchangeOrderId, begun.reason, begun.error, begun.averagePrice]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(tracker.order('rx-1')).toBe(begun);
  });

  it('is in flight until it is over; the view is live', () => {
    const tracker = new ClientOrderTracker();
    const { inFlightOrders } = tracker;
    expect(inFlightOrders.size).toBe(0);
    tracker.track(order);
    expect([...inFlightOrders.keys()]).toEqual(['rx-1']);
    tracker.learn(of.open(), T0);
    expect(inFlightOrders.get('rx-1')?.state).toBe('open');
    tracker.learn(of.ended('canceled'), T0);
    expect(inFlightOrders.size).toBe(0);
    expect(tracker.order('rx-1')?.state).toBe('canceled');
  });

  it('is followed until half a minute after its end, whether anything is told or not', () => {
    const tracker = tracking();
    tracker.learn(of.ended('canceled'), T0);
    expect(tracker.isFollowed('rx-1', T0 + 29_999)).toBe(true);
    expect(tracker.isFollowed('rx-1', T0 + 30_000)).toBe(false);
    expect(tracker.order('rx-1')).toBeUndefined();
  });

  it('that is forgotten leaves its id to another one, unless it is alive', () => {
    const tracker = tracking();
    tracker.forget('rx-1');
    expect(tracker.order('rx-1')?.state).toBe('pending_create');
    tracker.learn(of.ended('canceled'), T0);
    tracker.forget('rx-1');
    expect(tracker.order('rx-1')).toBeUndefined();
    expect(tracker.learn(of.open(), T0)).toEqual([]);
  });

  it('hears nothing that is told of another order with its id', () => {
    const tracker = tracking();
    const other = evidenceOf(order, '6');
    tracker.learn(of.open(), T0);
    const update = of.open(1);
    expect(tracker.knows(update)).toBe(true);
    expect(tracker.knows({ ...update, clientOrderId: 'amended elsewhere' })).toBe(true);
    expect(tracker.knows({ ...update, exchangeOrderId: '6' })).toBe(false);
    expect(tracker.knows({ ...update, exchangeOrderId: '6', clientOrderId: 'rx-2' })).toBe(false);
    expect(tracker.learn(other.filled(1), T0 + 1)).toEqual([]);
    expect(tracker.order('rx-1')).toMatchObject({ state: 'open', fillsComplete: true });
    expect(tracker.heardAt('rx-1')).toBe(T0);
  });

  it('is none that the exchange took before it was sent, where the strategy chose its id', () => {
    const tracker = new ClientOrderTracker();
    tracker.track({ ...order, isIdChosen: true });
    tracker.sent('rx-1', () => T0);
    const update = of.open();
    expect(tracker.learn({ ...update, createdAt: T0 - 1 }, T0)).toEqual([]);
    expect(tracker.order('rx-1')?.state).toBe('pending_create');
    expect(told(tracker.learn({ ...update, createdAt: T0 }, T0))).toEqual(['open']);
  });

  it('is the one that has its id, whenever that was taken, where the id was made here', () => {
    const tracker = tracking();
    tracker.sent('rx-1', () => T0);
    expect(told(tracker.learn({ ...of.open(), createdAt: T0 - 1 }, T0))).toEqual(['open']);
  });

  it('tells each fill with the order after it', () => {
    const tracker = tracking();
    tracker.learn(of.open(), T0);
    const [change] = tracker.learn(of.fill('7', '0.5', { price: 80 }), T0);
    expect(change?.fill).toMatchObject({ tradeId: '7', clientOrderId: 'rx-1', side: 'buy' });
    expect(change?.order.fills).toEqual([change?.fill]);
    expect(change?.order.averagePrice?.toFixed()).toBe('80');
  });

  it('that fails tells why, until the exchange shows it', () => {
    const tracker = tracking();
    const [failed] = tracker.learn(of.notPlaced(), T0);
    expect(failed?.order).toMatchObject({ state: 'failed', reason: 'not_placed' });
    expect(failed?.order.error?.message).toBe('Never came.');
    const [shown] = tracker.learn(of.open(), T0 + 5_000);
    expect(shown?.order).toMatchObject({ state: 'open', reason: undefined, error: undefined });
    expect(tracker.inFlightOrders.has('rx-1')).toBe(true);
  });

  it('that was refused counts as refused, whatever else is said of its absence', () => {
    const tracker = tracking();
    tracker.learn(of.notPlaced(), T0);
    expect(told(tracker.learn(of.refused(), T0))).toEqual(['failed']);
    expect(told(tracker.learn(of.notPlaced(), T0))).toEqual([]);
    expect(tracker.order('rx-1')).toMatchObject({ reason: 'rejected' });
    expect(tracker.order('rx-1')?.error?.kind).toBe('insufficient_funds');
  });

  it('does not tell a later time alone, but knows it', () => {
    const tracker = tracking();
    tracker.learn(of.open(0, T0 + 5), T0);
    expect(tracker.learn(of.open(0, T0 + 9), T0)).toEqual([]);
    expect(tracker.order('rx-1')?.updatedAt).toBe(T0 + 9);
  });

  it('tells that fills are missing, and that they came', () => {
    const tracker = tracking();
    tracker.learn(of.open(), T0);
    const [missing] = tracker.learn(of.filled(2), T0);
    expect(missing?.order).toMatchObject({ state: 'open', fillsComplete: false });
    const [complete] = tracker.learn(of.fill('1', 2), T0);
    expect(complete?.order).toMatchObject({ state: 'filled', fillsComplete: true });
  });

  it('whose fills the exchange cannot produce ends, and says so', () => {
    const tracker = tracking();
    tracker.learn(of.filled(2), T0);
    const [ended] = tracker.learn(of.fillsUnavailable(), T0);
    expect(ended?.order).toMatchObject({ state: 'filled', reason: 'filled', fillsComplete: false });
    const [late] = tracker.learn(of.fill('1', 2), T0);
    expect(late).toMatchObject({ fill: { tradeId: '1' }, order: { fillsComplete: true } });
  });
});

describe('evidence for an unknown order', () => {
  it.each<Evidence>([
    of.open(),
    of.filled(2),
    of.ended('canceled'),
    of.fill('1', 1),
    of.refused(),
    of.notPlaced(),
    of.cancelRequested(),
    of.cancelAnswered(),
    of.fillsUnavailable(),
  ])('changes nothing: $kind', (evidence) => {
    const tracker = new ClientOrderTracker();
    expect(tracker.learn(evidence, T0)).toEqual([]);
    expect([tracker.order('rx-1'), tracker.inFlightOrders.size]).toEqual([undefined, 0]);
  });
});

describe('a fill before the exchange’s id is known', () => {
  it('waits, and follows the acknowledgement; those of other orders stay away', () => {
    const tracker = tracking();
    const stranger = evidenceOf(order, '2002');
    const elsewhere = evidenceOf(intent({ pair: 'ETH-USDT' }));
    for (const trade of [
      of.fill('1', 1),
      stranger.fill('9', 1),
      elsewhere.fill('1', 2),
      of.fill('2', 1),
    ])
      expect(tracker.learn(trade, T0)).toEqual([]);
    expect(told(tracker.learn(of.open(), T0))).toEqual([
      'open',
      'partially_filled by 1',
      'filled by 2',
    ]);
  });

  it('is told once, though it waited twice', () => {
    const tracker = tracking();
    tracker.learn(of.fill('1', 1), T0);
    tracker.learn(of.fill('1', 1), T0);
    expect(told(tracker.learn(of.open(), T0))).toEqual(['open', 'partially_filled by 1']);
    expect(tracker.learn(of.fill('1', 1), T0)).toEqual([]);
  });

  it.each<[after: number, changes: readonly string[]]>([
    [29_999, ['open', 'partially_filled by 1']],
    [30_000, ['open']],
  ])('after %p ms gives %j', (after, changes) => {
    const tracker = tracking();
    tracker.learn(of.fill('1', 1), T0);
    expect(told(tracker.learn(of.open(1), T0 + after))).toEqual(changes);
  });

  it('that is told again waits anew, and does not keep others waiting', () => {
    const tracker = tracking();
    const { one, of: another } = numbered(2);
    tracker.track(one);
    tracker.learn(of.fill('1', 1), T0);
    tracker.learn(another.fill('2', 1), T0 + 1);
    tracker.learn(of.fill('1', 1), T0 + 20_000);
    expect(told(tracker.learn(another.open(), T0 + 40_000))).toEqual(['open']);
    expect(told(tracker.learn(of.open(), T0 + 40_000))).toEqual(['open', 'partially_filled by 1']);
  });
});

describe('a finished order', () => {
  const finished = (): ClientOrderTracker => {
    const tracker = tracking();
    tracker.learn(of.ended('canceled', 1), T0);
    tracker.learn(of.fill('1', 1), T0);
    return tracker;
  };

  it.each<[after: number, changes: readonly string[]]>([
    [29_999, ['filled by 2']],
    [30_000, []],
  ])('hears late evidence for 30 s: after %p ms, %j', (after, changes) => {
    const tracker = finished();
    expect(told(tracker.learn(of.fill('2', 1), T0 + after))).toEqual(changes);
    expect(tracker.order('rx-1') !== undefined).toBe(changes.length > 0);
  });

  it('is not kept longer for the evidence that came late', () => {
    const tracker = finished();
    tracker.learn(of.fill('2', 1), T0 + 29_000);
    tracker.learn(of.open(), T0 + 30_000);
    expect(tracker.order('rx-1')).toBeUndefined();
  });

  it('that is alive again is kept, and counts anew when it ends', () => {
    const tracker = tracking();
    tracker.learn(of.notPlaced(), T0);
    tracker.learn(of.open(), T0 + 10_000);
    tracker.learn(of.open(1), T0 + 90_000);
    expect(tracker.order('rx-1')?.state).toBe('open');
    tracker.learn(of.ended('canceled', 0), T0 + 95_000);
    tracker.learn(of.fill('1', 1), T0 + 100_000);
    tracker.learn(of.open(), T0 + 129_999);
    expect(tracker.order('rx-1')?.state).toBe('canceled');
    tracker.learn(of.open(), T0 + 130_000);
    expect(tracker.order('rx-1')).toBeUndefined();
  });

  it('that is alive again is not among the finished any more, and keeps none of them', () => {
    const tracker = tracking();
    tracker.learn(of.notPlaced(), T0);
    tracker.learn(of.open(), T0 + 1);
    for (let n = 2; n < 1_500; n += 1) {
      const { one, of: other } = numbered(n);
      tracker.track(one);
      tracker.learn(other.ended('canceled'), T0 + n);
    }
    expect(tracker.order('rx-1')?.state).toBe('open');
    tracker.learn(of.open(), T0 + 60_000);
    expect(tracker.order('rx-1499')).toBeUndefined();
    expect(tracker.order('rx-1')?.state).toBe('open');
  });

  it('makes room for the next after 1,000, the oldest first; orders in flight stay, however many', () => {
    const tracker = new ClientOrderTracker();
    const ids = Array.from({ length: 3_000 }, (_, n) => n);
    for (const n of ids) tracker.track(numbered(n).one);
    for (const n of ids.slice(0, 1_500)) tracker.learn(numbered(n).of.ended('canceled'), T0 + n);
    tracker.learn(numbered(2_000).of.open(), T0 + 1_500);
    const kept = ids.filter((n) => tracker.order(`rx-${n}`) !== undefined);
    expect(kept).toEqual(ids.slice(500));
    tracker.learn(numbered(2_000).of.open(), T0 + 3_600_000);
    expect(ids.filter((n) => tracker.order(`rx-${n}`) !== undefined)).toEqual(ids.slice(1_500));
    expect(tracker.inFlightOrders.size).toBe(1_500);
  });
});

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };

  it('does not grow with 100,000 orders, nor with the fills of strangers', () => {
    const tracker = new ClientOrderTracker();
    const live = numbered(-1);
    tracker.track(live.one);
    const run = (from: number, to: number): void => {
      for (let n = from; n < to; n += 1) {
        const now = T0 + n * 10;
        const { one, of: mine } = numbered(n);
        tracker.track(one);
        tracker.learn(mine.fill('1', 1), now);
        tracker.learn(mine.open(1), now);
        tracker.learn(n % 2 === 0 ? mine.fill('2', 1) : mine.ended('canceled', 1), now);
        if (n % 100 === 0) tracker.learn(evidenceOf(order, `stranger ${n}`).fill('1', 1), now);
      }
    };
    run(0, 10_000);
    const before = heap();
    run(10_000, 110_000);
    // A name and a number for each order would be some 10 MB.
    expect(heap() - before).toBeLessThan(1_000_000);
    expect([...tracker.inFlightOrders.keys()]).toEqual(['rx--1']);
  });
});
