import fc from 'fast-check';
import { sum, ZERO, type Decimal } from '../../src/core/decimal.js';
import type { OrderState } from '../../src/core/order.js';
import type { OrderChange } from '../../src/orders/client-order-tracker.js';
import type { Fill } from '../../src/orders/fill.js';
import { isDone, type InFlightOrder } from '../../src/orders/in-flight-order.js';
import { follow, inFull, inPart, inSequence, type Delivery } from './deliveries.js';
import { evidenceOf, intent, T0 } from './evidence-of.js';
import { orderHistory, type OrderHistory, type OrderNames } from './order-history.js';
import { transitions } from './transitions.js';

const names: OrderNames = { pair: 'BTC-USDT', clientOrderId: 'rx-1', exchangeOrderId: '1001' };
const full = inFull(orderHistory(names));
const fullOrPart = fc.oneof(full, inPart(orderHistory(names)));

const followDelivery = ({ histories, arrivals }: Delivery) =>
  follow(
    histories.map((history) => history.intent),
    arrivals,
  );

const byTradeId = (a: Fill, b: Fill): number => a.tradeId.localeCompare(b.tradeId);

/** All of an order but the sequence of its fills, in text. */
const plain = (order: InFlightOrder | undefined): unknown => {
  if (order === undefined) throw new Error('The order was lost.');
  const fills = [...order.fills].sort(byTradeId);
  return JSON.parse(JSON.stringify({ ...order, fills, error: order.error?.message }));
};

const reported = (changes: readonly OrderChange[]): readonly string[] =>
  changes.flatMap(({ fill }) => (fill === undefined ? [] : [fill.tradeId])).sort();

const total = (
  fills: readonly Pick<Fill, 'amount' | 'quoteAmount'>[],
  of: 'amount' | 'quoteAmount',
) => sum(fills.map((fill) => fill[of]));

const mayFollow = (from: OrderState, to: OrderState): boolean =>
  from === to || transitions[from][to] !== undefined;

/** What may come of an order that was over: see the promise on final states. */
const mayComeBack = (before: InFlightOrder, order: InFlightOrder): boolean =>
  before.state === 'canceled'
    ? order.state === 'filled' && order.amount?.eq(order.executedAmount) === true
    : before.reason === 'lost' || before.reason === 'not_placed';

const isLeft = (before: InFlightOrder, order: InFlightOrder): boolean =>
  isDone(before) && before.state !== order.state;

const seen = (order: InFlightOrder): string => JSON.stringify({ ...order, updatedAt: 0 });

/** What is wrong with a change of an order. */
const crimesOf = (before: InFlightOrder, { order, fill }: OrderChange): readonly string[] => {
  const grown: Decimal = order.executedAmount.minus(before.executedAmount);
  const crimes: readonly (readonly [what: string, committed: boolean])[] = [
    [`${before.state} -> ${order.state}`, !mayFollow(before.state, order.state)],
    [`executed grew by ${grown.toFixed()}`, !grown.eq(fill?.amount ?? ZERO)],
    ['fills do not add up', !total(order.fills, 'amount').eq(order.executedAmount)],
    ['an end was taken back', isLeft(before, order) && !mayComeBack(before, order)],
    ['nothing changed', seen(before) === seen(order)],
  ];
  return crimes.flatMap(([what, committed]) => (committed ? [what] : []));
};

/** What is wrong with the changes of one order, told one after the other. */
const allCrimes = (changes: readonly OrderChange[]): readonly string[] =>
  changes.slice(1).flatMap((change, index) => crimesOf(changes[index]!.order, change));

const runs = { numRuns: 500 };

describe('whatever the sequence, the repetitions and the batches', () => {
  it('the same evidence makes the same order', () => {
    fc.assert(
      fc.property(fullOrPart, (delivery) => {
        const { tracker } = followDelivery(delivery);
        const inOrder = followDelivery({ ...delivery, arrivals: inSequence(delivery.told) });
        expect(plain(tracker.order('rx-1'))).toEqual(plain(inOrder.tracker.order('rx-1')));
        expect([...tracker.lostOrders]).toEqual([...inOrder.tracker.lostOrders]);
      }),
      runs,
    );
  });

  it('all of the evidence makes the order that is true', () => {
    fc.assert(
      fc.property(full, (delivery) => {
        const { state, reason, fills } = delivery.histories[0]!;
        const { tracker } = followDelivery(delivery);
        const order = tracker.order('rx-1')!;
        expect([order.state, order.reason]).toEqual([state, reason]);
        expect(order.executedAmount).toEqual(total(fills, 'amount'));
        expect(order.executedQuote).toEqual(total(fills, 'quoteAmount'));
        expect(order.fillsComplete).toBe(true);
        expect(order.fills.toSorted(byTradeId)).toEqual(
          fills.map((fill) => ({ ...fill, kind: undefined, clientOrderId: 'rx-1', side: 'buy' })),
        );
        expect(tracker.inFlightOrders.has('rx-1')).toBe(reason === undefined);
      }),
      runs,
    );
  });

  it('each fill is reported once, and none before the order is known by the exchange’s id', () => {
    fc.assert(
      fc.property(fullOrPart, (delivery) => {
        const { told } = delivery;
        const isBound = told.some(({ kind }) => kind === 'order');
        const fills = told.flatMap((item) => (item.kind === 'trade' ? [item.tradeId] : []));
        expect(reported(followDelivery(delivery).changes)).toEqual(
          isBound ? [...new Set(fills)].sort() : [],
        );
      }),
      runs,
    );
  });

  it('no state goes back but as the table says, and what was executed never shrinks', () => {
    fc.assert(
      fc.property(fullOrPart, (delivery) => {
        expect(allCrimes(followDelivery(delivery).changes)).toEqual([]);
      }),
      runs,
    );
  });

  it('what is told again changes nothing', () => {
    fc.assert(
      fc.property(full, (delivery) => {
        const { tracker } = followDelivery(delivery);
        const again = delivery.told.flatMap((evidence) => tracker.learn(evidence, T0 + 20_000));
        expect(again).toEqual([]);
      }),
      runs,
    );
  });

  it.each<[what: string, other: OrderNames]>([
    ['another order of the pair', { ...names, clientOrderId: 'rx-2', exchangeOrderId: '1002' }],
    // The trade ids are the same too: both are unique within a pair only.
    [
      'an order of another pair with the same exchange id',
      { pair: 'ETH-USDT', clientOrderId: 'rx-2', exchangeOrderId: '1001' },
    ],
  ])('an order is not touched by %s', (_, other) => {
    fc.assert(
      fc.property(inFull(orderHistory(names), orderHistory(other)), (delivery) => {
        const { tracker } = followDelivery(delivery);
        for (const { intent: order, evidence } of delivery.histories) {
          const alone = follow([order], inSequence(evidence)).tracker;
          const id = order.clientOrderId;
          expect(plain(tracker.order(id))).toEqual(plain(alone.order(id)));
        }
      }),
      runs,
    );
  });
});

/** All sequences of the items. */
function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}

describe('every sequence of', () => {
  const of = evidenceOf(intent());
  it.each([
    [
      'two fills, each from two sources',
      [
        of.fill('1', 1),
        of.fill('2', 1),
        of.fill('1', 1),
        of.fill('2', 1),
        of.open(1),
        of.filled(2),
      ],
    ],
    [
      'three fills, each from two sources, and the end that the exchange tells',
      [
        of.fill('1', 1),
        of.fill('2', 1),
        of.fill('3', 1),
        of.fill('1', 1),
        of.fill('2', 1),
        of.fill('3', 1),
        of.filled(3),
      ],
    ],
    [
      'a fill that races a cancel',
      [
        of.open(),
        of.cancelRequested(),
        of.cancelAnswered(),
        of.ended('canceled', 1),
        of.open(1),
        of.fill('1', 1),
      ],
    ],
    [
      'a late acknowledgement',
      [of.notPlaced(), of.open(), of.fill('1', 1), of.fill('2', 1), of.filled(2), of.open(1)],
    ],
    [
      'two verdicts that an order is lost, and a fill',
      [of.open(), of.lost(1, T0 + 9), of.lost(2, T0 + 9), of.open(1), of.fill('1', 1)],
    ],
    [
      'an order given up and its fills',
      [of.open(), of.fillsUnavailable(), of.fill('1', 1), of.fill('2', 1), of.ended('expired', 2)],
    ],
  ])('%s ends in one order, told lawfully', (_, evidence) => {
    const ends = new Set<string>();
    for (const sequence of permutations(evidence)) {
      const { tracker, changes } = follow([intent()], inSequence(sequence));
      const crimes = allCrimes(changes);
      if (crimes.length > 0) throw new Error(`${JSON.stringify(sequence)}: ${crimes.join()}`);
      ends.add(JSON.stringify([plain(tracker.order('rx-1')), reported(changes)]));
    }
    expect(ends.size).toBe(1);
  });
});

describe('the histories of these tests', () => {
  it('end in every state but the first', () => {
    const sample = fc.sample(orderHistory(names), { numRuns: 1_000, seed: 1 });
    const states = Object.keys(transitions).filter((state) => state !== 'pending_create');
    expect(new Set(sample.map(({ state }: OrderHistory) => state))).toEqual(new Set(states));
  });

  it('take every step of the table', () => {
    const taken = new Set(
      fc.sample(fullOrPart, { numRuns: 5_000, seed: 1 }).flatMap((delivery) => {
        const states = followDelivery(delivery).changes.map(({ order }) => order.state);
        return states.slice(1).map((state, index) => `${states[index]!} -> ${state}`);
      }),
    );
    const table = Object.entries(transitions).flatMap(([from, row]) =>
      Object.keys(row).map((to) => `${from} -> ${to}`),
    );
    expect(table.filter((step) => !taken.has(step))).toEqual([]);
  });
});
