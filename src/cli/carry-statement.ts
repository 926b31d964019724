import { sum, ZERO, type Decimal } from '../core/decimal.js';
import type { FundingInfo } from '../core/funding.js';
import { assetsOf, type TradingPair } from '../core/trading-pair.js';
import type { Fill } from '../orders/fill.js';
import type { Books, PerpetualBooks } from './books.js';
import { realizedOf } from './perpetual-reconciliation.js';
import type { Difference } from './reconciliation.js';
import { line, tradingLines, verdictLines } from './statement.js';

/** What a client has seen in both markets. */
export interface CarryBooks {
  readonly spot: Books;
  readonly perpetual: PerpetualBooks;
}

const gained = (books: Books, asset: string): Decimal =>
  (books.balances().get(asset)?.total ?? ZERO).minus(books.opening().get(asset)?.total ?? ZERO);

const paid = ({ payments }: PerpetualBooks): Decimal => sum(payments.map(({ amount }) => amount));

const traded = ({ fills }: { readonly fills: readonly Fill[] }): string =>
  sum(fills.map(({ amount }) => amount)).toFixed();

/** One line on the funding rate, both legs and what funding brought. */
export const carryLine = (
  { spot, perpetual }: CarryBooks,
  { pair, rate, markPrice }: FundingInfo,
  seconds: number,
): string => {
  const { base, quote } = assetsOf(pair);
  const position = perpetual.positions().get(pair)?.amount ?? ZERO;
  return [
    `${seconds} s`.padStart(5),
    `mark ${markPrice.toFixed()}`,
    `funding ${rate.times(100).toFixed(4)} %`.padStart(17),
    `perpetual ${position.toFixed()}, spot ${gained(spot, base).toFixed()} ${base}`.padEnd(36),
    `${spot.orders.size + perpetual.orders.size} orders`,
    `${spot.fills.length + perpetual.fills.length} fills`,
    `${perpetual.payments.length} payments, ${paid(perpetual).toFixed(4)} ${quote}`,
  ].join(' | ');
};

/** What was done in both markets, what it cost and brought, and whether the exchanges agree. */
export const carryStatement = (
  { spot, perpetual }: CarryBooks,
  pair: TradingPair,
  differences: readonly Difference[],
): string => {
  const { base, quote } = assetsOf(pair);
  return [
    '',
    `Closing statement for ${pair}: the spot market`,
    ...tradingLines(spot),
    line('traded', `${traded(spot)} ${base}`),
    line('gain', `${gained(spot, quote).toFixed()} ${quote}`),
    '',
    `Closing statement for ${pair}: the perpetual`,
    ...tradingLines(perpetual),
    line('traded', `${traded(perpetual)} ${base}`),
    line('realized', `${realizedOf(perpetual.fills).toFixed()} ${quote}`),
    line('funding', `${perpetual.payments.length} payments, ${paid(perpetual).toFixed()} ${quote}`),
    line('gain', `${gained(perpetual, quote).toFixed()} ${quote}`),
    '',
    ...verdictLines(
      differences,
      'orders, fills, balances, positions, realized profit and funding payments',
    ),
  ].join('\n');
};
