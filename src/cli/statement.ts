import { ZERO } from '../core/decimal.js';
import type { Decimal } from '../core/decimal.js';
import type { OrderBook } from '../order-book/order-book.js';
import { feesOf } from '../orders/fill.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';
import type { TradingPair } from '../core/trading-pair.js';
import type { Books } from './books.js';
import type { Difference } from './reconciliation.js';

/** What the account is worth more than at first, in quote units, at the book's mid price. */
const profit = (books: Books, { pair, midPrice }: OrderBook): Decimal => {
  const [base = '', quote = ''] = pair.split('-');
  const gain = (asset: string): Decimal =>
    (books.balances().get(asset)?.total ?? ZERO).minus(books.opening().get(asset)?.total ?? ZERO);
  return gain(base).times(midPrice).plus(gain(quote));
};

const count = (orders: Iterable<InFlightOrder>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { state } of orders) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
};

const isLive = ({ state }: InFlightOrder): boolean =>
  state !== 'filled' && state !== 'canceled' && state !== 'failed';

/** One line on the market, the quotes, the account and its profit. */
export const liveLine = (books: Books, book: OrderBook, seconds: number): string => {
  const [base = '', quote = ''] = book.pair.split('-');
  const orders = [...books.orders.values()];
  const quotes = orders
    .filter(isLive)
    .map(({ side, price }) => `${side === 'buy' ? 'bid' : 'ask'} ${price?.toFixed() ?? ''}`)
    .sort()
    .reverse();
  const held = (asset: string): string =>
    `${
      books
        .balances()
        .get(asset)
        ?.total.toFixed(asset === quote ? 2 : 6) ?? '0'
    } ${asset}`;
  return [
    `${seconds} s`.padStart(5),
    `${book.bestBid.price} / ${book.bestAsk.price}`,
    (quotes.join(', ') || 'no quotes').padEnd(32),
    `${orders.length} orders, ${books.fills.length} fills`,
    `${held(base)}, ${held(quote)}`,
    `PnL ${profit(books, book).toFixed(2)} ${quote}`,
  ].join(' | ');
};

/** A line of a statement. */
export const line = (name: string, value: string): string => `  ${name.padEnd(16)} ${value}`;

/** Counts and amounts with their names. */
const list = (entries: Iterable<readonly [string, number | string]>): string =>
  [...entries].map(([name, value]) => `${value} ${name}`).join(', ') || 'none';

/** What was done, what it cost, and what was survived on the way. */
export const tradingLines = (books: Books): readonly string[] => {
  const orders = [...books.orders.values()];
  const fees = [...feesOf(books.fills)].map(([asset, fee]) => [asset, fee.toFixed()] as const);
  return [
    line('orders', `${orders.length}: ${list(count(orders))}`),
    line('fills', `${books.fills.length}`),
    line('fees', list(fees)),
    line('errors survived', `${books.errors.length}`),
    ...books.errors.map(({ kind, message }) => line('', `${kind}: ${message}`)),
  ];
};

/** Whether the exchange agrees with the client on certain things, and where it does not. */
export const verdictLines = (
  differences: readonly Difference[],
  things: string,
): readonly string[] => [
  ...differences.map(({ what, client, exchange }) =>
    line('DIFFERENCE', `${what}: client ${client}, exchange ${exchange}`),
  ),
  line(
    'reconciliation',
    differences.length === 0
      ? `exact: ${things} agree with the exchange to the last digit`
      : `FAILED: ${differences.length} differences`,
  ),
];

/** What was done, what it cost, and whether the exchange agrees. */
export const closingStatement = (
  books: Books,
  pair: TradingPair,
  differences: readonly Difference[],
): string =>
  [
    '',
    `Closing statement for ${pair}`,
    ...tradingLines(books),
    ...verdictLines(differences, 'orders, fills and balances'),
  ].join('\n');
