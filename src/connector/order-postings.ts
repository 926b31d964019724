import { fillChanges, lockChange, releaseChange } from '../account/fill-changes.js';
import { orderLock, type AssetAmount } from '../account/order-lock.js';
import type { Change, Moment, Postings } from '../account/postings.js';
import { Decimal, ZERO } from '../core/decimal.js';
import { assetsOf } from '../core/trading-pair.js';
import type { OrderChange } from '../orders/client-order-tracker.js';
import type { Fill } from '../orders/fill.js';
import { isDone, type InFlightOrder } from '../orders/in-flight-order.js';

/** Where what becomes of orders is entered. */
export interface OrderLedger {
  readonly postings: Postings;
  /** When the evidence happened; nothing where it is none of the exchange's. */
  readonly momentOf: (change: OrderChange) => Moment | undefined;
  /** The exchange's time of what it last stated of an asset. */
  readonly statedAt: (asset: string) => number;
  /** What of its lock an order that is over has spent. */
  readonly spentBy: (order: InFlightOrder, locked: Decimal) => Decimal;
  /** It happened in the ms that was stated: only another answer can tell whether that includes it. */
  readonly doubt: () => void;
}

/** Enters what a change of an order does to the balances; tells whether it does anything. */
export type FollowOrder = (change: OrderChange) => boolean;

/** When the exchange took the order: what is first heard of it may be what became of it later. */
const takenAt = ({ evidence }: OrderChange, { time }: Moment): number =>
  evidence?.kind === 'order' ? Math.min(evidence.createdAt ?? time, time) : time;

/**
 * The exchange knows of the order: a statement that was later includes its lock already. Tells whether that
 * changes what there is.
 */
const acknowledge = (ledger: OrderLedger, change: OrderChange, moment: Moment): boolean => {
  const { postings, statedAt, doubt } = ledger;
  const { clientOrderId: key } = change.order;
  const asset = postings.get(key)?.asset;
  if (asset === undefined) return false;
  const time = takenAt(change, moment);
  const isStated = time < statedAt(asset);
  if (time === statedAt(asset)) doubt();
  if (isStated) postings.remove(key);
  else postings.happened(key, { ...moment, time });
  return isStated;
};

/**
 * For an exchange that tells of balances: an order's lock counts until a statement includes it, and what
 * comes of the order is left to the statements. One that is over keeps aside what it spent.
 */
export const reservedOrders =
  (ledger: OrderLedger): FollowOrder =>
  (change) => {
    const { postings } = ledger;
    const { clientOrderId, state } = change.order;
    const reserved = postings.get(clientOrderId);
    if (reserved === undefined) return false;
    const { asset } = reserved;
    const moment = ledger.momentOf(change);
    const isStated = moment !== undefined && acknowledge(ledger, change, moment);
    if (!isDone(change.order)) return isStated;
    const amount = ledger.spentBy(change.order, reserved.available.negated());
    if (state === 'failed' || amount.isZero()) postings.remove(clientOrderId);
    else postings.replace(clientOrderId, lockChange({ asset, amount }));
    return true;
  };

/** What an order that was not reserved for locked before a fill of it. */
const lockBefore = (
  { pair, side, amount, price, executedAmount }: InFlightOrder,
  fill?: Fill,
): AssetAmount => {
  const rest = amount?.minus(executedAmount).plus(fill?.amount ?? 0);
  const lock = orderLock(assetsOf(pair), { side, amount: rest, price });
  return lock ?? { asset: assetsOf(pair).quote, amount: ZERO };
};

/** What of an order's lock was held for a fill of it. */
const heldFor = ({ side, price }: InFlightOrder, fill: Fill, lock: AssetAmount): Decimal => {
  if (side === 'sell') return Decimal.min(fill.amount, lock.amount);
  return Decimal.min(price?.times(fill.amount) ?? fill.quoteAmount, lock.amount);
};

/** What a match that was prevented had set free before is not known, nor what a fill that is missing cost. */
const isReckoned = ({ reason, fillsComplete }: InFlightOrder): boolean =>
  reason !== 'self_trade_prevented' && fillsComplete;

/** When the order ended: its end may have been told before its last fill, and its fills in any sequence. */
const endOf = ({ order, endedAt }: OrderChange, moment: Moment): number =>
  order.fills.reduce((last, { time }) => Math.max(last, time), endedAt ?? moment.time);

/**
 * For an exchange that tells of no balances between its answers to a question for them: what orders lock,
 * their fills with their fees, and what their ends set free are entered until an answer includes them. What comes
 * of an order that was over is not reckoned a second time, but asked for.
 */
export const estimatedOrders = (ledger: OrderLedger): FollowOrder => {
  const { postings, statedAt, doubt } = ledger;
  const locks = new Map<string, AssetAmount>();

  /** What was stated since, or at the same time, is taken to be in the statement. */
  const enter = (key: string, change: Change, moment: Moment): void => {
    if (moment.time === statedAt(change.asset)) doubt();
    if (moment.time > statedAt(change.asset)) postings.put(key, change, moment);
  };

  const enterFill = (order: InFlightOrder, fill: Fill, moment: Moment): void => {
    const { clientOrderId } = order;
    const lock = locks.get(clientOrderId) ?? lockBefore(order, fill);
    const held = heldFor(order, fill, lock);
    fillChanges(fill, held).forEach((change, index) =>
      enter(`${clientOrderId} ${fill.tradeId} ${index}`, change, moment),
    );
    locks.set(clientOrderId, { ...lock, amount: lock.amount.minus(held) });
  };

  const enterEnd = (change: OrderChange, moment: Moment): void => {
    const { clientOrderId } = change.order;
    const lock = locks.get(clientOrderId) ?? lockBefore(change.order);
    locks.delete(clientOrderId);
    const time = endOf(change, moment);
    if (!isReckoned(change.order)) doubt();
    else if (!lock.amount.isZero())
      enter(`${clientOrderId} end`, releaseChange(lock), { ...moment, time });
  };

  /** What this side knows by itself: that an order was not placed, or that nothing more is to be had of it. */
  const conclude = (order: InFlightOrder): boolean => {
    const { clientOrderId, exchangeOrderId } = order;
    if (!isDone(order)) return false;
    locks.delete(clientOrderId);
    if (exchangeOrderId !== undefined) doubt();
    else postings.remove(clientOrderId);
    return true;
  };

  return (change) => {
    const { order, fill, evidence } = change;
    const { clientOrderId } = order;
    const moment = ledger.momentOf(change);
    if (evidence === undefined) return false;
    if (change.wasOver === true) {
      doubt();
      return false;
    }
    if (moment === undefined) return conclude(order);
    const reserved = postings.get(clientOrderId);
    if (reserved !== undefined && !locks.has(clientOrderId))
      locks.set(clientOrderId, {
        asset: reserved.asset,
        amount: reserved.available.negated(),
      });
    acknowledge(ledger, change, moment);
    if (fill !== undefined) enterFill(order, fill, moment);
    if (isDone(order)) enterEnd(change, moment);
    return true;
  };
};
