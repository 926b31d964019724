import { ZERO, type Decimal } from '../../../core/decimal.js';
import type { FeePolicy } from '../fees.js';
import type { Ledger } from '../ledger.js';
import type { EngineEvent, EngineOrder, Listing } from '../model.js';
import { restOf } from '../order-state.js';
import { FEES_ACCOUNT, type Settlement } from '../settlement.js';
import { maxNotionalOf } from './brackets.js';
import type { MarginBook } from './margin-book.js';
import { MarginRejection, type AccountReason } from './model.js';
import type { Reckoning } from './reckoning.js';

/** What a margin settlement works on. */
export interface MarginSettlementOptions {
  readonly ledger: Ledger;
  readonly fees: FeePolicy;
  readonly book: MarginBook;
  readonly reckoning: Reckoning;
  /** Accounts of many traders: what one of them may have at most does not bound them. */
  readonly crowds: ReadonlySet<string>;
}

/** Whether an order can only make a position smaller. */
export const isReducing = ({
  side,
  positionSide,
  reduceOnly = false,
}: Pick<EngineOrder, 'side' | 'positionSide' | 'reduceOnly'>): boolean =>
  reduceOnly ||
  (positionSide === 'long' && side === 'sell') ||
  (positionSide === 'short' && side === 'buy');

/** What margin is set aside for while it is open; market orders never are. */
export const openingValue = (order: EngineOrder, amount: Decimal): Decimal =>
  order.type === 'market' || isReducing(order) ? ZERO : amount.multipliedBy(order.price);

/** The changes of wallets and positions since the last call, as events. */
export const accountEvents = (
  { ledger, book, reckoning }: Pick<MarginSettlementOptions, 'ledger' | 'book' | 'reckoning'>,
  cause: {
    readonly reason: AccountReason;
    readonly time: number;
    readonly changeOf?: (accountId: string) => Decimal;
  },
): readonly EngineEvent[] => {
  const { reason, time, changeOf = () => ZERO } = cause;
  const wallets = ledger.takeChanges();
  const places = book.takeChanges();
  return [...new Set([...wallets.keys(), ...places.keys()])].map((accountId) => ({
    type: 'account',
    reason,
    accountId,
    wallets: new Map(
      Array.from(wallets.get(accountId) ?? [], ([asset, { free }]) => [asset, free]),
    ),
    change: changeOf(accountId),
    positions: (places.get(accountId) ?? []).map(([symbol, side]) =>
      reckoning.position(accountId, symbol, side),
    ),
    time,
  }));
};

/** Throws where the account may not have, or cannot afford, orders of a side that are worth so much more. */
export const checkMargin = (
  { book, reckoning, crowds }: Pick<MarginSettlementOptions, 'book' | 'reckoning' | 'crowds'>,
  listing: Listing,
  more: Pick<EngineOrder, 'accountId' | 'side'> & { readonly value: Decimal },
): void => {
  const { accountId } = more;
  const { symbol, quote } = listing;
  const before = reckoning.marketMargin(accountId, symbol);
  const after = reckoning.marketMargin(accountId, symbol, more);
  const most = maxNotionalOf(listing, book.stake(accountId, symbol).leverage);
  const isLarger = after.exposure.gt(before.exposure);
  if (isLarger && after.exposure.gt(most) && !crowds.has(accountId)) {
    throw new MarginRejection('position_too_large');
  }
  const margin = after.orderMargin.minus(before.orderMargin);
  if (margin.gt(ZERO) && margin.gt(reckoning.figures(accountId, quote).available)) {
    throw new MarginRejection('insufficient_margin');
  }
};

/** Trading on margin: trades change positions, and wallets only by what closing wins and by fees. */
export const createMarginSettlement = (options: MarginSettlementOptions): Settlement => {
  const { ledger, fees, book, reckoning } = options;
  return {
    check: (listing, order, match) => {
      const { accountId, side, type } = order;
      if (isReducing(order)) return ZERO;
      const value = type === 'market' ? match.quoteAmount : order.amount.multipliedBy(order.price);
      checkMargin(options, listing, { accountId, side, value });
      return ZERO;
    },
    lock: (_, order) => {
      book.addOpening(order.accountId, order, openingValue(order, restOf(order)));
    },
    release: (_, order, amount) => {
      book.addOpening(order.accountId, order, openingValue(order, amount).negated());
    },
    settle: (listing, order, { fill, isMaker, time }) => {
      const { accountId, side } = order;
      const { price, amount, quoteAmount } = fill;
      book.addOpening(accountId, order, openingValue(order, amount).negated());
      const signed = side === 'buy' ? amount : amount.negated();
      const realizedPnl = book.fill(accountId, order, { amount: signed, price, time });
      ledger.addFree(accountId, listing.quote, realizedPnl);
      const income = { asset: listing.quote, amount: quoteAmount };
      const fee = fees({ listing, accountId, side, isMaker, income });
      ledger.takeFree(accountId, fee.asset, fee.amount);
      ledger.addFree(FEES_ACCOUNT, fee.asset, fee.amount);
      return { fee, realizedPnl };
    },
    takeChanges: (time) => accountEvents({ ledger, book, reckoning }, { reason: 'order', time }),
  };
};
