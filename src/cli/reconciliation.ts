import { ZERO, type Decimal } from '../core/decimal.js';
import type { Venue } from '../emulator/index.js';
import type { Fill } from '../orders/fill.js';
import type { Books } from './books.js';

/** One thing that the client's books and the exchange's own say differently. */
export interface Difference {
  readonly what: string;
  readonly client: string;
  readonly exchange: string;
}

/** The exchange's own account of the client. */
export type Truth = Pick<Venue, 'orders' | 'trades' | 'balances'>;

/** How much came to an asset, or went. */
export type Change = readonly [asset: string, amount: Decimal];

type Entries = ReadonlyMap<string, string>;

/** What one side says otherwise than the other, or not at all. */
export const compare = (client: Entries, exchange: Entries): readonly Difference[] =>
  [...new Set([...client.keys(), ...exchange.keys()])].flatMap((what) => {
    const [ours, theirs] = [client.get(what) ?? 'nothing', exchange.get(what) ?? 'nothing'];
    return ours === theirs ? [] : [{ what, client: ours, exchange: theirs }];
  });

/** Several values as one, to the last digit. */
export const text = (...values: readonly (string | Decimal)[]): string =>
  values.map((value) => (typeof value === 'string' ? value : value.toFixed())).join(' ');

const stateNames: Readonly<Record<string, string>> = {
  new: 'open',
  partially_filled: 'partially_filled',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'canceled',
  expired_in_match: 'canceled',
};

const orders = (books: Books, venue: Truth): readonly Difference[] =>
  compare(
    new Map(
      [...books.orders.values()]
        .filter(({ state }) => state !== 'failed')
        .map((order) => [
          `order ${order.clientOrderId}`,
          text(order.state, order.side, order.executedAmount, order.executedQuote),
        ]),
    ),
    new Map(
      venue
        .orders()
        .map((order) => [
          `order ${order.clientOrderId}`,
          text(
            stateNames[order.status] ?? order.status,
            order.side,
            order.executedAmount,
            order.executedQuote,
          ),
        ]),
    ),
  );

const execution = ({
  side,
  amount,
  price,
  fee,
  realizedPnl,
}: Pick<Fill, 'side' | 'amount' | 'price' | 'fee' | 'realizedPnl'>): string => {
  const gain = realizedPnl === undefined ? [] : ['realized', realizedPnl];
  return text(side, amount, '@', price, 'fee', fee.amount, fee.asset, ...gain);
};

const fills = (books: Books, venue: Truth): readonly Difference[] => [
  ...compare(
    new Map(
      books.fills.map((fill) => [
        `fill ${fill.tradeId} of ${fill.exchangeOrderId}`,
        execution(fill),
      ]),
    ),
    new Map(
      venue
        .trades()
        .map((trade) => [`fill ${trade.tradeId} of ${trade.orderId}`, execution(trade)]),
    ),
  ),
  ...compare(
    new Map([['number of fills', `${books.fills.length}`]]),
    new Map([['number of fills', `${venue.trades().length}`]]),
  ),
];

/** What fills bring to balances, and take. */
const tradeChanges = ({ fills }: Books): readonly Change[] =>
  fills.flatMap(({ pair, side, amount, quoteAmount, fee }): readonly Change[] => {
    const [base = '', quote = ''] = pair.split('-');
    return [
      [base, side === 'buy' ? amount : amount.negated()],
      [quote, side === 'buy' ? quoteAmount.negated() : quoteAmount],
      [fee.asset, fee.amount.negated()],
    ];
  });

/** What changes alone make of the balances that there were at first. */
const expectedTotals = (books: Books, changes: readonly Change[]): ReadonlyMap<string, Decimal> => {
  const totals = new Map([...books.opening()].map(([asset, { total }]) => [asset, total]));
  for (const [asset, amount] of changes) {
    totals.set(asset, (totals.get(asset) ?? ZERO).plus(amount));
  }
  return totals;
};

const balances = (
  books: Books,
  venue: Truth,
  changes: readonly Change[],
): readonly Difference[] => {
  const held = [...venue.balances()].filter(([, { free, locked }]) => !free.plus(locked).isZero());
  const known = [...books.balances()].filter(([, { total }]) => !total.isZero());
  const told = compare(
    new Map(
      known.map(([asset, { total, available }]) => [`balance of ${asset}`, text(total, available)]),
    ),
    new Map(
      held.map(([asset, { free, locked }]) => [
        `balance of ${asset}`,
        text(free.plus(locked), free),
      ]),
    ),
  );
  const computed = compare(
    new Map(
      [...expectedTotals(books, changes)].map(([asset, total]) => [`sum of ${asset}`, text(total)]),
    ),
    new Map(
      [...venue.balances()].map(([asset, { free, locked }]) => [
        `sum of ${asset}`,
        text(free.plus(locked)),
      ]),
    ),
  );
  return [...told, ...computed];
};

/**
 * Compares the client's books with the exchange's own, to the last digit: each order's end, each fill
 * with its fee, each balance, and each balance as the changes alone explain it, which are those of the fills
 * unless they are told.
 */
export const reconcile = (
  books: Books,
  venue: Truth,
  changes: readonly Change[] = tradeChanges(books),
): readonly Difference[] => [
  ...orders(books, venue),
  ...fills(books, venue),
  ...balances(books, venue, changes),
];
