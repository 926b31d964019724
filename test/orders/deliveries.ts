import fc from 'fast-check';
import { ClientOrderTracker, type OrderChange } from '../../src/orders/client-order-tracker.js';
import type { Evidence, OrderIntent } from '../../src/orders/evidence.js';
import { T0 } from './evidence-of.js';
import type { OrderHistory } from './order-history.js';

/** A piece of evidence and how long after the one before it comes, in ms; 0 is in the same batch. */
type Arrival = readonly [evidence: Evidence, after: number];

/** Histories, what of them was told, and how it arrived: in any sequence, some of it twice. */
export interface Delivery {
  readonly histories: readonly OrderHistory[];
  readonly told: readonly Evidence[];
  readonly arrivals: readonly Arrival[];
}

/** Evidence that arrives at once, as it was told. */
export const inSequence = (told: readonly Evidence[]): readonly Arrival[] =>
  told.map((evidence) => [evidence, 0]);

const anyArrivals = (told: readonly Evidence[]): fc.Arbitrary<readonly Arrival[]> =>
  fc
    .subarray([...told])
    .chain((again) =>
      fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length }),
    )
    .chain((shuffled) => {
      const gaps = fc.constantFrom(0, 0, 1, 250);
      return fc.tuple(...shuffled.map((item) => fc.tuple(fc.constant(item), gaps)));
    });

const anyDelivery = (
  histories: readonly OrderHistory[],
  told: readonly Evidence[],
): fc.Arbitrary<Delivery> => anyArrivals(told).map((arrivals) => ({ histories, told, arrivals }));

/** All evidence of the histories arrives, somehow. */
export const inFull = (...histories: readonly fc.Arbitrary<OrderHistory>[]) =>
  fc.tuple(...histories).chain((all) =>
    anyDelivery(
      all,
      all.flatMap(({ evidence }) => evidence),
    ),
  );

/** Some of the evidence is never told. */
export const inPart = (history: fc.Arbitrary<OrderHistory>) =>
  history.chain((one) => fc.subarray([...one.evidence]).chain((told) => anyDelivery([one], told)));

/** A tracker that followed the orders, and every change that it told. */
export const follow = (intents: readonly OrderIntent[], arrivals: readonly Arrival[]) => {
  const tracker = new ClientOrderTracker();
  const changes: OrderChange[] = intents.map((intent) => tracker.track(intent));
  let now = T0;
  for (const [evidence, after] of arrivals) {
    now += after;
    changes.push(...tracker.learn(evidence, now).filter(({ isHidden }) => isHidden !== true));
  }
  return { tracker, changes };
};
