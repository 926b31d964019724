import { ZERO, type Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { FeePolicy } from './fees.js';
import type { Ledger } from './ledger.js';
import type { Fill, Match } from './matching.js';
import { EngineRejection, type AccountTrade, type EngineOrder, type Listing } from './model.js';

/** The account that collects the fees. */
export const FEES_ACCOUNT = 'fees';

/** What an exchange does with its accounts' money around a match. */
export interface Settlement {
  /** Throws an {@link EngineRejection} where the account cannot afford the order. */
  readonly check: (listing: Listing, order: EngineOrder, match: Match) => void;
  /** Sets aside what the order may cost at most. */
  readonly lock: (listing: Listing, order: EngineOrder, match: Match) => void;
  /** Gives back what {@link lock} holds for this amount of the order. */
  readonly release: (listing: Listing, order: EngineOrder, amount: Decimal) => void;
  /** Carries out one side of a fill from what is locked, and tells its fee. */
  readonly settle: (
    listing: Listing,
    order: EngineOrder,
    fill: Fill & { readonly isMaker: boolean },
  ) => AccountTrade['fee'];
}

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

/** Spot trading: each side pays in full. */
export const createSpotSettlement = (ledger: Ledger, fees: FeePolicy): Settlement => ({
  check: (listing, order, match) => {
    const { free } = ledger.balance(order.accountId, paid(listing, order.side));
    if (costOf(order, match).gt(free)) throw new EngineRejection('insufficient_balance');
  },
  lock: (listing, order, match) =>
    ledger.lock(order.accountId, paid(listing, order.side), costOf(order, match)),
  release: (listing, order, amount) =>
    ledger.lock(order.accountId, paid(listing, order.side), lockedFor(order, amount).negated()),
  settle: (listing, order, { amount, quoteAmount, isMaker }) => {
    const { accountId, side, type } = order;
    const [cost, income] = side === 'buy' ? [quoteAmount, amount] : [amount, quoteAmount];
    const received = paid(listing, side === 'buy' ? 'sell' : 'buy');
    const spare = type === 'market' ? ZERO : lockedFor(order, amount).minus(cost);
    ledger.addLocked(accountId, paid(listing, side), cost.negated());
    ledger.lock(accountId, paid(listing, side), spare.negated());
    ledger.addFree(accountId, received, income);
    const fee = fees({
      listing,
      accountId,
      side,
      isMaker,
      income: { asset: received, amount: income },
    });
    ledger.addFree(accountId, fee.asset, fee.amount.negated());
    ledger.addFree(FEES_ACCOUNT, fee.asset, fee.amount);
    return fee;
  },
});
