import { ZERO, type Decimal } from '../core/decimal.js';
import type { Fee, Side } from '../core/order.js';
import { assetsOf, type TradingPair } from '../core/trading-pair.js';
import type { AssetAmount } from './order-lock.js';
import type { Change } from './postings.js';

/** An execution of an order, as far as balances are concerned. */
export interface SettledFill {
  readonly pair: TradingPair;
  readonly side: Side;
  readonly amount: Decimal;
  readonly quoteAmount: Decimal;
  readonly fee: Fee;
}

/** What is locked from now on. */
export const lockChange = ({ asset, amount }: AssetAmount): Change => ({
  asset,
  available: amount.negated(),
  total: ZERO,
});

/** What is locked no more. */
export const releaseChange = ({ asset, amount }: AssetAmount): Change => ({
  asset,
  available: amount,
  total: ZERO,
});

/** What a fill changes: one side goes out, of what was locked for it; the other comes in; the fee goes. */
export const fillChanges = (
  { pair, side, amount, quoteAmount, fee }: SettledFill,
  released: Decimal,
): readonly Change[] => {
  const { base, quote } = assetsOf(pair);
  const [paid, cost, got, income] =
    side === 'buy' ? [quote, quoteAmount, base, amount] : [base, amount, quote, quoteAmount];
  return [
    { asset: paid, available: released.minus(cost), total: cost.negated() },
    { asset: got, available: income, total: income },
    { asset: fee.asset, available: fee.amount.negated(), total: fee.amount.negated() },
  ];
};
