import { Decimal } from '../../src/core/decimal.js';
import type { OrderState } from '../../src/core/order.js';
import { ClientOrderTracker } from '../../src/orders/client-order-tracker.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { evidenceOf, intent, T0 } from './evidence-of.js';
import { transitions, type Word } from './transitions.js';

/** An order for 3. */
const order = intent({ amount: new Decimal(3) });
const of = evidenceOf(order);

/** Everything that could be told of one order, which tells no lie. */
type World = Readonly<Partial<Record<Word, readonly Evidence[]>>>;

const cancels: World = {
  cancel_requested: [of.cancelRequested()],
  cancel_answered: [of.cancelAnswered()],
};
const fills: World = {
  open: [of.open(0), of.open(1)],
  trade: [of.fill('1', 1), of.fill('2', 2)],
  fills_unavailable: [of.fillsUnavailable()],
};
const mistaken: World = { not_placed: [of.notPlaced()] };
/** Verdicts that news overrule, and those that only the order itself does. */
const verdicts: World = { lost: [of.lost(1, T0), of.lost(2, T0 + 1)], found: [of.found(2)] };

const news: World = {
  cancel_requested: [of.cancelRequested()],
  open: [of.open(0), of.open(1, T0 + 2)],
  trade: [of.fill('1', 1), of.fill('2', 1, { time: T0 + 2 })],
  lost: [of.lost(1, T0 + 1)],
};

const worlds: readonly (readonly [what: string, World])[] = [
  ['filled', { ...cancels, ...fills, ...mistaken, filled: [of.filled(3)] }],
  ['filled at once', { ...cancels, ...mistaken, trade: [of.fill('1', 3)], filled: [of.filled(3)] }],
  ['canceled', { ...cancels, ...mistaken, open: [of.open()], ended: [of.ended('canceled')] }],
  [
    'partly filled, then canceled',
    {
      ...cancels,
      ...mistaken,
      ...fills,
      trade: [of.fill('1', 1), of.fill('2', 1)],
      ended: [of.ended('canceled', 2)],
    },
  ],
  [
    'filled, yet told as canceled',
    { ...cancels, ...fills, ...mistaken, ended: [of.ended('canceled', 3)] },
  ],
  [
    'expired',
    {
      ...cancels,
      ...fills,
      ...mistaken,
      trade: [of.fill('1', 1)],
      ended: [of.ended('expired', 1)],
    },
  ],
  ['rejected', { ...cancels, ...mistaken, open: [of.open()], rejected: [of.ended('rejected')] }],
  ['lost and found, while it rests', { ...cancels, ...fills, ...verdicts }],
  [
    'lost and found, canceled',
    {
      ...verdicts,
      ...fills,
      ended: [of.ended('canceled', 1)],
      cancel_requested: [of.cancelRequested()],
    },
  ],
  ['lost, and then there is news of it', { ...news, ended: [of.ended('canceled', 2, T0 + 2)] }],
  ['lost, and then news that it is filled', { ...news, filled: [of.filled(3, T0 + 2)] }],
  ['lost and found, filled', { ...verdicts, ...fills, filled: [of.filled(3)] }],
  ['refused', { ...cancels, ...mistaken, refused: [of.refused()] }],
  ['never placed', { ...cancels, ...mistaken }],
];

/** All sequences of exactly `length` of the items, with repetition. */
function* sequences<T>(items: readonly T[], length: number): Generator<readonly T[]> {
  if (length === 0) yield [];
  else
    for (const head of items)
      for (const tail of sequences(items, length - 1)) yield [head, ...tail];
}

const line = (from: string, to: string, by: string): string => `${from} -> ${to} by ${by}`;

/** The steps from one state to another that the evidence causes, told in this sequence. */
const steps = (sequence: readonly (readonly [Word, Evidence])[]): readonly string[] => {
  const tracker = new ClientOrderTracker();
  let state: OrderState = tracker.track(order).order.state;
  return sequence.flatMap(([word, evidence]) =>
    tracker.learn(evidence, T0).flatMap((change) => {
      const from = state;
      state = change.order.state;
      return from === state ? [] : [line(from, state, change.fill ? 'trade' : word)];
    }),
  );
};

const table = Object.entries(transitions).flatMap(([from, row]) =>
  Object.entries(row).flatMap(([to, words]) => words.map((by) => line(from, to, by))),
);

describe('the transition table', () => {
  it('is what evidence can cause, no more and no less, in every sequence of four pieces', () => {
    const seen = new Set<string>();
    for (const [, world] of worlds) {
      const letters = (Object.entries(world) as [Word, readonly Evidence[]][]).flatMap(
        ([word, choices]) => choices.map((evidence) => [word, evidence] as const),
      );
      for (const sequence of sequences(letters, 4))
        for (const step of steps(sequence)) seen.add(step);
    }
    expect([...seen].sort()).toEqual([...table].sort());
  });

  it('leads out of a final state in two ways only', () => {
    expect(transitions.filled).toEqual({});
    expect(transitions.canceled).toEqual({ filled: ['trade'] });
    const shown = new Set(Object.values(transitions.failed).flat());
    const ofItsEnd = ['ended', 'filled', 'fills_unavailable'];
    expect([...shown].sort()).toEqual([...ofItsEnd, 'found', 'open', 'trade']);
  });
});
