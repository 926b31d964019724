import { ignoreElements, merge, tap, type Observable } from 'rxjs';
import type { Connector } from '../connector/connector.js';
import type { PerpetualConnector } from '../connector/perpetual-connector.js';
import type { Balances } from '../core/balance.js';
import type { ConnectorError } from '../core/errors.js';
import type { FundingPayment } from '../core/funding.js';
import type { Positions } from '../core/position.js';
import type { Fill } from '../orders/fill.js';
import type { InFlightOrder } from '../orders/in-flight-order.js';

/** What a client has seen on the public streams of its connector, and nothing else. */
export interface Books {
  readonly orders: ReadonlyMap<string, InFlightOrder>;
  readonly fills: readonly Fill[];
  readonly errors: readonly ConnectorError[];
  /** The first balances seen. */
  readonly opening: () => Balances;
  readonly balances: () => Balances;
  /** Keeps the books while subscribed. */
  readonly kept$: Observable<never>;
}

/** What a client has seen of an exchange of perpetuals. */
export interface PerpetualBooks extends Books {
  readonly payments: readonly FundingPayment[];
  readonly positions: () => Positions;
}

/** Keeps a client's own books from the connector's streams. */
export const keepBooks = (exchange: Connector): Books => {
  const orders = new Map<string, InFlightOrder>();
  const fills: Fill[] = [];
  const errors: ConnectorError[] = [];
  let opening: Balances | undefined;
  let balances: Balances = new Map();
  const kept$ = merge(
    exchange.orderUpdates$.pipe(tap((order) => orders.set(order.clientOrderId, order))),
    exchange.fills$.pipe(tap((fill) => fills.push(fill))),
    exchange.errors$.pipe(tap((error) => errors.push(error))),
    exchange.balances$.pipe(
      tap((latest) => {
        opening ??= latest;
        balances = latest;
      }),
    ),
  ).pipe(ignoreElements());
  return {
    orders,
    fills,
    errors,
    opening: () => opening ?? new Map(),
    balances: () => balances,
    kept$,
  };
};

/** The same with positions and funding. */
export const keepPerpetualBooks = (exchange: PerpetualConnector): PerpetualBooks => {
  const books = keepBooks(exchange);
  const payments: FundingPayment[] = [];
  let positions: Positions = new Map();
  const kept$ = merge(
    books.kept$,
    exchange.fundingPayments$.pipe(tap((payment) => payments.push(payment))),
    exchange.positions$.pipe(tap((latest) => (positions = latest))),
  ).pipe(ignoreElements());
  return { ...books, payments, positions: () => positions, kept$ };
};
