import fc from 'fast-check';
import { Decimal, sum, ZERO } from '../../src/core/decimal.js';
import type { EndReason, OrderState, OrderUpdate, TradeUpdate } from '../../src/core/order.js';
import type { Evidence, OrderIntent } from '../../src/orders/evidence.js';
import { evidenceOf, intent, T0, type EvidenceOfOrder } from './evidence-of.js';

/** What really became of one order, and all that is told of it. */
export interface OrderHistory {
  readonly intent: OrderIntent;
  /** Where it truly stands in the end, and why. */
  readonly state: OrderState;
  readonly reason: EndReason | undefined;
  readonly fills: readonly TradeUpdate[];
  /** In true sequence, from the socket; then again from REST, which is late and partly out of date. */
  readonly evidence: readonly Evidence[];
}

/** The names of one order. */
export type OrderNames = Pick<OrderIntent, 'pair' | 'clientOrderId'> & {
  readonly exchangeOrderId: string;
};

/** What the exchange does with an order that it takes; `rest` is what is never filled. */
interface Course {
  readonly ending: NonNullable<OrderUpdate['reason']> | 'filled' | undefined;
  readonly sizes: readonly Decimal[];
  readonly rest: Decimal;
}

const anAmount = fc.integer({ min: 1, max: 1e9 }).map((units) => new Decimal(units).shiftedBy(-8));
const someSizes = fc.array(anAmount, { minLength: 1, maxLength: 5 });
const nothing = fc.constant(ZERO);

const anyCourse: fc.Arbitrary<Course> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ending: fc.constantFrom(undefined, 'canceled', 'expired', 'self_trade_prevented'),
      sizes: fc.oneof(fc.constant([]), someSizes),
      rest: anAmount,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ ending: fc.constant('filled'), sizes: someSizes, rest: nothing }),
  },
  // A cancel or an expiry that came too late, and is told all the same.
  fc.record({ ending: fc.constantFrom('canceled', 'expired'), sizes: someSizes, rest: nothing }),
  fc.record({ ending: fc.constant('rejected'), sizes: fc.constant([]), rest: anAmount }),
);

/** What this side does, and hears. */
interface Conversation {
  /** `mistaken`: accepted, though it was once believed never to have arrived. */
  readonly placement: 'accepted' | 'mistaken' | 'refused' | 'not_placed';
  /** The cancels that were sent: whether each was answered. */
  readonly cancels: readonly boolean[];
  /** After how many events REST was asked, each time; counted around. */
  readonly asked: readonly number[];
  readonly givenUp: boolean;
  /** Whether REST calls whatever ended an order a cancel. */
  readonly isCoarse: boolean;
  /** Why each verdict that an order is lost was wrong. */
  readonly verdicts: readonly ('found' | 'overruled')[];
  /** Whether the exchange holds an order that rests no more, and tells no end of it. */
  readonly vanished: boolean;
}

const anyConversation: fc.Arbitrary<Conversation> = fc.record({
  placement: fc.oneof(
    { weight: 6, arbitrary: fc.constant('accepted') },
    { weight: 2, arbitrary: fc.constant('mistaken') },
    { weight: 1, arbitrary: fc.constantFrom('refused', 'not_placed') },
  ),
  cancels: fc.array(fc.boolean(), { maxLength: 2 }),
  asked: fc.array(fc.nat(), { maxLength: 3 }),
  givenUp: fc.boolean(),
  isCoarse: fc.boolean(),
  verdicts: fc.oneof(
    fc.constant([]),
    fc.array(fc.constantFrom('found', 'overruled'), { minLength: 1, maxLength: 2 }),
  ),
  vanished: fc.integer({ max: 3, min: 0 }).map((draw) => draw === 0),
});

/** A cancel that nobody answered keeps an order pending. */
const standing = (
  { ending, sizes, rest }: Course,
  { cancels, vanished }: Conversation,
): Pick<OrderHistory, 'state' | 'reason'> => {
  if (rest.isZero()) return { state: 'filled', reason: 'filled' };
  if (ending === 'rejected') return { state: 'failed', reason: 'rejected' };
  if (ending !== undefined) return { state: 'canceled', reason: ending };
  if (vanished) return { state: 'failed', reason: 'lost' };
  if (cancels.includes(false)) return { state: 'pending_cancel', reason: undefined };
  return { state: sizes.length > 0 ? 'partially_filled' : 'open', reason: undefined };
};

/** The fills, and the exchange's account of the order after each event. */
const lifeOf = ({ sizes, ending }: Course, of: EvidenceOfOrder) => {
  const fills = sizes.map((amount, index) =>
    of.fill(`${500 + index}`, amount, { price: 100 + index / 8, time: T0 + index + 2 }),
  );
  const counted = fills.map((_, index) => sum(sizes.slice(0, index + 1)));
  const alive = [of.open(), ...counted.map((amount, index) => of.open(amount, T0 + index + 2))];
  const total = sum(sizes);
  const account: readonly OrderUpdate[] =
    ending === undefined
      ? alive
      : ending === 'filled'
        ? alive.with(-1, of.filled(total, T0 + sizes.length + 1))
        : [...alive, of.ended(ending, total, T0 + 99)];
  return { fills, account };
};

/** When nothing is told of an order any more. */
const SILENCE = T0 + 1_000;

/** The verdicts that were wrong, and one that is right where the order vanished. */
const verdictsOn = ({ verdicts, vanished }: Conversation, of: EvidenceOfOrder) => [
  ...verdicts.flatMap((why, verdict) =>
    why === 'overruled' ? [of.lost(verdict, T0)] : [of.lost(verdict, SILENCE), of.found(verdict)],
  ),
  ...(vanished ? [of.lost(verdicts.length, SILENCE)] : []),
];

const coarsely = <T extends OrderUpdate | TradeUpdate>(item: T): T =>
  item.kind === 'order' && item.status === 'ended' && item.reason !== 'rejected'
    ? { ...item, reason: 'canceled' }
    : { ...item };

const accepted = (course: Course, talk: Conversation, of: EvidenceOfOrder) => {
  const { fills, account } = lifeOf(course, of);
  const fromSocket = account.flatMap((update, events) => [
    update,
    ...(events === 0 ? [] : fills.slice(events - 1, events)),
  ]);
  const fromRest = talk.asked.flatMap((at) => {
    const events = at % account.length;
    return [account[events]!, ...fills.slice(0, events)];
  });
  return {
    ...standing(course, talk),
    fills,
    evidence: [
      ...(talk.placement === 'mistaken' ? [of.notPlaced()] : []),
      ...fromSocket,
      ...fromRest.map((item) => (talk.isCoarse ? coarsely(item) : { ...item })),
      ...(talk.givenUp ? [of.fillsUnavailable()] : []),
      ...(course.ending === undefined ? verdictsOn(talk, of) : []),
    ],
  };
};

const historyOf = (names: OrderNames, course: Course, talk: Conversation): OrderHistory => {
  const order = intent({ ...names, amount: sum([...course.sizes, course.rest]) });
  const of = evidenceOf(order, names.exchangeOrderId);
  const cancels = talk.cancels.flatMap((answered, attempt) => [
    of.cancelRequested(attempt),
    ...(answered ? [of.cancelAnswered(attempt)] : []),
  ]);
  const absent = { state: 'failed', fills: [] } as const;
  const outcome =
    talk.placement === 'refused'
      ? { ...absent, reason: 'rejected' as const, evidence: [of.refused()] }
      : talk.placement === 'not_placed'
        ? { ...absent, reason: 'not_placed' as const, evidence: [of.notPlaced()] }
        : accepted(course, talk, of);
  return { intent: order, ...outcome, evidence: [...cancels, ...outcome.evidence] };
};

/** Any true history of an order with these names. */
export const orderHistory = (names: OrderNames): fc.Arbitrary<OrderHistory> =>
  fc.tuple(anyCourse, anyConversation).map(([course, talk]) => historyOf(names, course, talk));
