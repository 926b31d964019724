import { sum, ZERO, type Decimal } from '../core/decimal.js';
import { assetsOf } from '../core/trading-pair.js';
import type { PerpetualVenue } from '../emulator/index.js';
import type { Fill } from '../orders/fill.js';
import type { PerpetualBooks } from './books.js';
import {
  compare,
  reconcile,
  text,
  type Change,
  type Difference,
  type Truth,
} from './reconciliation.js';

/** The exchange's own account of a client that trades perpetuals. */
export interface PerpetualTruth
  extends Truth, Pick<PerpetualVenue, 'positions' | 'fundingPayments'> {
  /** What closing positions has won since the account began, without fees. */
  readonly realizedPnl: () => Decimal;
}

/** What an exchange of perpetuals knows of its user. */
export type PerpetualView = Omit<
  PerpetualVenue,
  'domain' | 'credentials' | 'accounts' | 'control' | 'close'
>;

/** The exchange's own account of its user, whose collateral is USDT. */
export const perpetualTruth = (venue: PerpetualView): PerpetualTruth => ({
  orders: venue.orders,
  trades: venue.trades,
  balances: () => {
    const { wallet, available } = venue.balance('USDT');
    return new Map([['USDT', { free: available, locked: wallet.minus(available) }]]);
  },
  positions: venue.positions,
  fundingPayments: venue.fundingPayments,
  realizedPnl: () => sum(venue.engine.positions(venue.accountId).map((one) => one.realizedPnl)),
});

/** What fills won by closing positions, without fees. */
export const realizedOf = (fills: readonly Fill[]): Decimal =>
  sum(fills.map(({ realizedPnl = ZERO }) => realizedPnl));

/** What fills and funding bring to the collateral, and take. */
const marginChanges = ({ fills, payments }: PerpetualBooks): readonly Change[] => [
  ...fills.flatMap(({ pair, realizedPnl = ZERO, fee }): readonly Change[] => {
    return [
      [assetsOf(pair).quote, realizedPnl],
      [fee.asset, fee.amount.negated()],
    ];
  }),
  ...payments.map(({ asset, amount }): Change => [asset, amount]),
];

/** A market's name without what the two sides write differently. */
const market = (name: string): string => name.replace('-', '');

const positions = (books: PerpetualBooks, venue: PerpetualTruth): readonly Difference[] =>
  compare(
    new Map(
      Array.from(books.positions().values(), ({ pair, side, amount, entryPrice }) => [
        `position ${market(pair)} ${side}`,
        text(amount, '@', entryPrice),
      ]),
    ),
    new Map(
      venue
        .positions()
        .map(({ symbol, side, amount, entryPrice }) => [
          `position ${symbol} ${side === 'both' ? 'net' : side}`,
          text(amount, '@', entryPrice),
        ]),
    ),
  );

/** A funding payment, as both sides tell it. */
interface Paid {
  readonly name: string;
  readonly time: number;
  readonly amount: Decimal;
}

/** Payments by market and time: in hedge mode two may be of one time. */
const byTime = (payments: readonly Paid[]): ReadonlyMap<string, string> => {
  const amounts = new Map<string, string[]>();
  for (const { name, time, amount } of payments) {
    const what = `funding of ${market(name)} at ${time}`;
    amounts.set(what, [...(amounts.get(what) ?? []), text(amount)]);
  }
  return new Map(Array.from(amounts, ([what, each]) => [what, each.sort().join(', ')]));
};

const funding = (books: PerpetualBooks, venue: PerpetualTruth): readonly Difference[] =>
  compare(
    byTime(books.payments.map(({ pair, time, amount }) => ({ name: pair, time, amount }))),
    byTime(
      venue
        .fundingPayments()
        .map(({ symbol, time, payment }) => ({ name: symbol, time, amount: payment })),
    ),
  );

const realized = ({ fills }: PerpetualBooks, venue: PerpetualTruth): readonly Difference[] =>
  compare(
    new Map([['realized profit', text(realizedOf(fills))]]),
    new Map([['realized profit', text(venue.realizedPnl())]]),
  );

/**
 * Compares the client's books with the exchange's own, to the last digit: orders, fills and balances as
 * {@link reconcile} does, positions, what was realized, and each funding payment.
 */
export const reconcilePerpetual = (
  books: PerpetualBooks,
  venue: PerpetualTruth,
): readonly Difference[] => [
  ...reconcile(books, venue, marginChanges(books)),
  ...positions(books, venue),
  ...realized(books, venue),
  ...funding(books, venue),
];
