import { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { Ledger } from './ledger.js';
import type { Fill, Match } from './matching.js';
import { EngineRejection, type AccountTrade, type EngineOrder, type Listing } from './model.js';

/** The account that collects the fees. */
export const FEES_ACCOUNT = 'fees';

/**
 * Fees are cut to eight decimals, the precision of all of Binance's assets (`baseCommissionPrecision`
 * and `quoteCommissionPrecision` of `GET /api/v3/exchangeInfo`), so that what a fill tells of its
 * fee is exactly what the balance lost.
 */
const FEE_DECIMALS = 8;

/** What an exchange does with its accounts' money around a match. */
export interface Settlement {
  /** Throws an {@link EngineRejection} where the account cannot afford the order. */
  readonly check: (listing: Listing, order: EngineOrder, match: Match) => void;
  /** Sets aside what the order's open rest may cost. */
  readonly lock: (listing: Listing, order: EngineOrder) => void;
  /** Gives back what {@link lock} holds for the order's open rest. */
  readonly unlock: (listing: Listing, order: EngineOrder) => void;
  /** Carries out one side of a fill, a maker's from what is locked, and tells its fee. */
  readonly settle: (
    listing: Listing,
    order: EngineOrder,
    fill: Fill & { readonly isMaker: boolean },
  ) => AccountTrade['fee'];
}

/** The asset that a side pays with. */
const paid = (listing: Listing, side: Side): string =>
  side === 'buy' ? listing.quote : listing.base;

const affordable = (order: EngineOrder, { quoteAmount }: Match): Decimal => {
  if (order.side === 'sell') return order.amount;
  return order.type === 'market' ? quoteAmount : order.amount.multipliedBy(order.price);
};

const openCost = ({ side, amount, executedAmount, price }: EngineOrder): Decimal => {
  const rest = amount.minus(executedAmount);
  return side === 'buy' ? rest.multipliedBy(price) : rest;
};

/** Spot trading: each side pays in full, and its fee is taken from what it receives. */
export const createSpotSettlement = (ledger: Ledger): Settlement => ({
  check: (listing, order, match) => {
    const { free } = ledger.balance(order.accountId, paid(listing, order.side));
    if (affordable(order, match).gt(free)) throw new EngineRejection('insufficient_balance');
  },
  lock: (listing, order) =>
    ledger.lock(order.accountId, paid(listing, order.side), openCost(order)),
  unlock: (listing, order) =>
    ledger.lock(order.accountId, paid(listing, order.side), openCost(order).negated()),
  settle: (listing, { accountId, side }, { amount, quoteAmount, isMaker }) => {
    const [cost, income] = side === 'buy' ? [quoteAmount, amount] : [amount, quoteAmount];
    const received = paid(listing, side === 'buy' ? 'sell' : 'buy');
    const fee = income
      .multipliedBy(isMaker ? listing.makerFee : listing.takerFee)
      .decimalPlaces(FEE_DECIMALS, Decimal.ROUND_DOWN);
    if (isMaker) ledger.addLocked(accountId, paid(listing, side), cost.negated());
    else ledger.addFree(accountId, paid(listing, side), cost.negated());
    ledger.addFree(accountId, received, income.minus(fee));
    ledger.addFree(FEES_ACCOUNT, received, fee);
    return { asset: received, amount: fee };
  },
});
