import fc from 'fast-check';
import { createFunds } from '../../src/connector/funds.js';
import type { Balance, Balances } from '../../src/core/balance.js';
import { Decimal, sum, ZERO } from '../../src/core/decimal.js';
import { ClientOrderTracker } from '../../src/orders/client-order-tracker.js';
import type { Evidence } from '../../src/orders/evidence.js';
import { virtualTime } from '../../src/testing/virtual-time.js';
import { inFull, type Delivery } from '../orders/deliveries.js';
import { T0 } from '../orders/evidence-of.js';
import { orderHistory, type OrderHistory, type OrderNames } from '../orders/order-history.js';

const AT_FIRST = new Decimal(1_000_000);
const TAKEN_AT = T0 + 1;
const ENDED_AT = T0 + 99;

/** What cannot be reckoned is asked for, and no matter of these tests. */
const isReckoned = ({ reason, evidence }: OrderHistory): boolean =>
  reason !== 'self_trade_prevented' &&
  evidence.every(({ kind }) => kind !== 'lost' && kind !== 'fills_unavailable') &&
  (reason === 'not_placed' || evidence.every(({ kind }) => kind !== 'not_placed'));

const withTakenAt = (evidence: Evidence): Evidence =>
  evidence.kind === 'order' ? { ...evidence, createdAt: TAKEN_AT } : evidence;

const history = (names: OrderNames): fc.Arbitrary<OrderHistory> =>
  orderHistory(names)
    .filter(isReckoned)
    .map((one) => ({ ...one, evidence: one.evidence.map(withTakenAt) }));

const delivery = inFull(
  history({ pair: 'BTC-USDT', clientOrderId: 'rx-1', exchangeOrderId: '1001' }),
  history({ pair: 'BTC-USDT', clientOrderId: 'rx-2', exchangeOrderId: '1002' }),
);

/** What an order locks at a time, of its price of 100. */
const lockedAt = (time: number, { intent, fills, reason, evidence }: OrderHistory): Decimal => {
  const wasTaken = evidence.some(({ kind }) => kind === 'order') && time >= TAKEN_AT;
  if (!wasTaken || (reason !== undefined && time >= ENDED_AT)) return ZERO;
  const executed = sum(fills.filter((fill) => fill.time <= time).map(({ amount }) => amount));
  return intent.amount!.minus(executed).times(100);
};

/** What the account has at a time. */
const truth = (time: number, histories: readonly OrderHistory[]): Balances => {
  const fills = histories.flatMap((one) => one.fills).filter((fill) => fill.time <= time);
  const spent = sum(fills.flatMap(({ quoteAmount, fee }) => [quoteAmount, fee.amount]));
  const total = AT_FIRST.minus(spent);
  const locked = sum(histories.map((one) => lockedAt(time, one)));
  const got = sum(fills.map(({ amount }) => amount));
  return new Map<string, Balance>([
    ['USDT', { total, available: total.minus(locked) }],
    ['BTC', { total: got, available: got }],
  ]);
};

const text = (balances: Balances | undefined): unknown =>
  ['USDT', 'BTC'].map((asset) => {
    const { total, available } = balances?.get(asset) ?? { total: ZERO, available: ZERO };
    return `${available.toFixed()} of ${total.toFixed()} ${asset}`;
  });

/** Balances that are stated at first, once more as of `statedAt` after so many arrivals, and reckoned. */
const follow = (
  { histories, arrivals }: Delivery,
  { after, statedAt }: { readonly after: number; readonly statedAt: number },
): Balances | undefined => {
  const { scheduler, advance } = virtualTime(T0);
  const funds = createFunds({ scheduler, mode: 'estimated' });
  const tracker = new ClientOrderTracker();
  const state = (time: number): void =>
    funds.state({
      type: 'rest',
      requestedAt: T0,
      update: { kind: 'balances', balances: truth(time, histories), time },
    });
  funds.setFollowed(true);
  state(T0);
  for (const { intent } of histories) {
    funds.reserve(intent.clientOrderId, { asset: 'USDT', amount: intent.amount!.times(100) });
    funds.follow(tracker.track(intent));
  }
  arrivals.forEach(([evidence, ms], index) => {
    if (index === after) state(statedAt);
    advance(ms);
    tracker.learn(evidence, scheduler.now()).forEach(funds.follow);
  });
  if (after >= arrivals.length) state(statedAt);
  return funds.balances();
};

it('whatever the sequence, the repetitions and the batches, and whatever was stated when, the balances are true', () => {
  const statement = fc.record({
    after: fc.nat({ max: 40 }),
    // Between the ms in which something happened, so that the time of a statement decides.
    statedAt: fc.oneof(fc.nat({ max: 8 }), fc.constant(99)).map((ms) => T0 + ms + 0.5),
  });
  fc.assert(
    fc.property(delivery, statement, (told, stated) => {
      expect(text(follow(told, stated))).toEqual(text(truth(ENDED_AT + 1, told.histories)));
    }),
    { numRuns: 1_000 },
  );
});
