import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { FeePolicy } from './fees.js';
import type { Ledger } from './ledger.js';
import type { Match } from './matching.js';
import { EngineRejection, type EngineEvent, type EngineOrder, type Listing } from './model.js';
import { FEES_ACCOUNT, type Settlement } from './settlement.js';

/** The asset that a side pays with. */
const paid = (listing: Listing, side: Side): string =>
  side === 'buy' ? listing.quote : listing.base;

/** A market purchase costs what it finds, and what it does not find costs nothing. */
const costOf = (order: EngineOrder, { quoteAmount }: Match): Decimal => {
  if (order.side === 'sell') return order.amount;
  return order.type === 'market' ? quoteAmount : order.amount.multipliedBy(order.price);
};

/** What is locked for an amount of the order that is not filled. */
const lockedFor = ({ side, type, price }: EngineOrder, amount: Decimal): Decimal => {
  if (side === 'sell') return amount;
  return type === 'market' ? ZERO : amount.multipliedBy(price);
};

/** Whether it may cost less than is locked for it: what rests trades at its own price. */
const isBetterThanLocked = ({ side, type }: EngineOrder, isMaker: boolean): boolean =>
  side === 'buy' && type !== 'market' && !isMaker;

/** Spot trading: each side pays in full. */
export const createSpotSettlement = (ledger: Ledger, fees: FeePolicy): Settlement => ({
  check: (listing, order, match) => {
    const { free } = ledger.balance(order.accountId, paid(listing, order.side));
    const cost = costOf(order, match);
    if (cost.gt(free)) throw new EngineRejection('insufficient_balance');
    return cost;
  },
  lock: (listing, order, cost) => ledger.lock(order.accountId, paid(listing, order.side), cost),
  release: (listing, order, amount) =>
    ledger.unlock(order.accountId, paid(listing, order.side), lockedFor(order, amount)),
  settle: (listing, order, { fill, isMaker }) => {
    const { accountId, side } = order;
    const { amount, quoteAmount } = fill;
    const cost = side === 'buy' ? quoteAmount : amount;
    const asset = paid(listing, side === 'buy' ? 'sell' : 'buy');
    const income = { asset, amount: side === 'buy' ? amount : quoteAmount };
    ledger.takeLocked(accountId, paid(listing, side), cost);
    if (isBetterThanLocked(order, isMaker)) {
      ledger.unlock(accountId, paid(listing, side), lockedFor(order, amount).minus(cost));
    }
    ledger.addFree(accountId, asset, income.amount);
    const fee = fees({ listing, accountId, side, isMaker, income });
    ledger.takeFree(accountId, fee.asset, fee.amount);
    ledger.addFree(FEES_ACCOUNT, fee.asset, fee.amount);
    return { fee };
  },
  takeChanges: (time) =>
    Array.from(ledger.takeChanges(), ([accountId, balances]): EngineEvent => ({
      type: 'balances',
      accountId,
      balances,
      time,
    })),
});
