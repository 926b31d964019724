import type { Decimal } from '../../core/decimal.js';
import type { Engine } from './model.js';
import type { Level } from './order-book.js';
import type { EngineState } from './state.js';

type Queries = Omit<
  Engine,
  'deposit' | 'transfer' | 'changeListing' | 'place' | 'cancel' | 'amend' | 'listen'
>;

type Levels = readonly (readonly [price: Decimal, amount: Decimal])[];

const top = (levels: readonly Level[], limit: number): Levels =>
  levels.slice(0, limit).map(({ price, amount }) => [price, amount]);

const ofSymbol =
  (symbol: string | undefined) =>
  (item: { readonly symbol: string }): boolean =>
    symbol === undefined || item.symbol === symbol;

/** What can be asked of an exchange. */
export const createQueries = ({ ledger, listings, marketOf, historyOf }: EngineState): Queries => ({
  listings,
  order: (accountId, symbol, by) => {
    const history = historyOf(accountId);
    const orderId = 'orderId' in by ? by.orderId : history.orderIdOf(symbol, by.clientOrderId);
    const order = orderId === undefined ? undefined : history.order(orderId);
    return order?.symbol === symbol ? order : undefined;
  },
  openOrders: (accountId, symbol) => historyOf(accountId).openOrders(symbol),
  orders: (accountId) => historyOf(accountId).orders(),
  trades: (accountId, symbol) => historyOf(accountId).trades().filter(ofSymbol(symbol)),
  preventedMatches: (accountId, symbol) =>
    historyOf(accountId).preventedMatches().filter(ofSymbol(symbol)),
  amendments: (accountId, orderId) =>
    historyOf(accountId)
      .amendments()
      .filter(({ order }) => order.orderId === orderId),
  balances: (accountId) => ledger.balances(accountId),
  depth: (symbol, limit) => {
    const { book, updateId } = marketOf(symbol);
    return {
      updateId,
      bids: top(book.levels('buy'), limit),
      asks: top(book.levels('sell'), limit),
    };
  },
  lastPrice: (symbol) => marketOf(symbol).lastPrice,
});
