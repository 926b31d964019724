import { Decimal } from '../../src/core/decimal.js';
import type { EndReason, OrderUpdate } from '../../src/core/order.js';
import { initialFacts, learn, type OrderFacts } from '../../src/orders/order-facts.js';
import { evidenceOf, intent, T0 } from './evidence-of.js';

const of = evidenceOf(intent());
const none = initialFacts(intent());

describe('learn', () => {
  it('never changes the facts that it is given', () => {
    const evidence = [
      of.open(1),
      of.fill('1', 1),
      of.refused(),
      of.notPlaced(),
      of.cancelRequested(),
      of.cancelAnswered(),
      of.fillsUnavailable(),
      of.ended('canceled', 1),
    ];
    const frozen = (facts: OrderFacts): string =>
      JSON.stringify({
        ...facts,
        fills: [...facts.fills],
        asked: [...facts.cancelsRequested],
        answered: [...facts.cancelsAnswered],
      });
    for (const first of evidence)
      for (const second of evidence) {
        const facts = learn(none, first);
        const before = frozen(facts);
        learn(facts, second);
        expect(frozen(facts)).toBe(before);
      }
    expect(none).toEqual(initialFacts(intent()));
  });

  it('counts a fill once, and keeps what was told first', () => {
    const facts = learn(none, of.fill('1', 1));
    expect(learn(facts, of.fill('1', 1))).toBe(facts);
    expect(learn(facts, { ...of.fill('1', 1), liquidity: 'taker' })).toBe(facts);
  });

  it('learns nothing from an update that counts what its fill has told', () => {
    const fill = of.fill('1', 1);
    const facts = learn(none, fill);
    expect(facts.reportedAmount).toEqual(facts.executedAmount);
    expect(learn(facts, of.open(1, fill.time))).toBe(facts);
    const more = learn(facts, of.open(2, fill.time));
    expect(learn(more, of.fill('2', '0.5')).reportedAmount).toEqual(new Decimal(2));
  });

  it('keeps the most that was counted, and the latest time', () => {
    const facts = [of.open(1, T0 + 9), of.open('0.5', T0 + 5)].reduce(learn, none);
    expect(facts).toMatchObject({ reportedAmount: new Decimal(1), updatedAt: T0 + 9 });
  });

  const ending = (reason: EndReason): OrderUpdate =>
    reason === 'filled' ? of.filled(2) : of.ended(reason as OrderUpdate['reason'], 2);
  const weakestFirst: readonly EndReason[] = [
    'rejected',
    'canceled',
    'expired',
    'self_trade_prevented',
    'filled',
  ];
  const pairs = weakestFirst.flatMap((stronger, rank) =>
    weakestFirst.slice(0, rank).map((weaker): [EndReason, EndReason] => [stronger, weaker]),
  );
  it.each(pairs)('%s says more than %s, whichever comes first', (stronger, weaker) => {
    for (const told of [
      [stronger, weaker],
      [weaker, stronger],
      [stronger, stronger],
    ] as const)
      expect(told.map(ending).reduce(learn, none).end).toBe(stronger);
  });

  it('does not let an order that is open again undo its ending', () => {
    expect([of.ended('expired'), of.open()].reduce(learn, none).end).toBe('expired');
  });
});
