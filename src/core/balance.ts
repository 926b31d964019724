import type { Decimal } from './decimal.js';

/** What an account holds of one asset. */
export interface Balance {
  /** Free and locked together. */
  readonly total: Decimal;
  /** What an order could use now. */
  readonly available: Decimal;
}

/** Balances by asset. */
export type Balances = ReadonlyMap<string, Balance>;

/** What the exchange says of balances, from a socket or a REST answer. */
export interface BalanceUpdate {
  readonly kind: 'balances';
  readonly balances: Balances;
  /** The exchange's time of the statement, in ms since the epoch. */
  readonly time: number;
}

/**
 * The totals of assets that changed, from the socket of an exchange that does not tell there what of them is
 * available; see the mode `asked`.
 */
export interface BalanceTotals {
  readonly kind: 'totals';
  readonly totals: ReadonlyMap<string, Decimal>;
  /** The exchange's time of the statement, in ms since the epoch. */
  readonly time: number;
}

/**
 * How balances are known between two answers to the question for them.
 *
 * - `events`: the exchange tells of every change
 * - `estimated`: they are reckoned from what became of the orders
 * - `asked`: the exchange tells of totals at most, and REST is asked whenever something has happened
 */
export type BalanceMode = 'events' | 'estimated' | 'asked';

/** What is held of some assets, as a message tells it. */
export const balanceUpdate = (
  holdings: readonly (Balance & { readonly asset: string })[],
  time: number,
): BalanceUpdate => ({
  kind: 'balances',
  balances: new Map(holdings.map(({ asset, total, available }) => [asset, { total, available }])),
  time,
});
