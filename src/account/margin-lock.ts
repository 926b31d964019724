import type { TradingRule } from '../core/trading-rule.js';
import { orderLock, type AssetAmount, type LockTerms } from './order-lock.js';

/**
 * The margin that an order which opens a position takes: its value divided by the leverage, in units of the
 * collateral. `undefined` where that cannot be told without a price, and in a market without positions.
 */
export const marginLock = (
  { base, quote, collateral }: Pick<TradingRule, 'base' | 'quote' | 'collateral'>,
  terms: LockTerms,
  leverage: number,
): AssetAmount | undefined => {
  const asset = collateral?.[terms.side];
  if (asset === undefined) return undefined;
  // A buy's lock is its value in quote units, a sell's its amount in base units.
  const value = orderLock({ base, quote }, { ...terms, side: asset === base ? 'sell' : 'buy' });
  return value === undefined ? undefined : { asset, amount: value.amount.div(leverage) };
};
