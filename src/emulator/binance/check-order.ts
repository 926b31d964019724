import { sum, ZERO, type Decimal } from '../../core/decimal.js';
import type { Listing } from '../engine/listing.js';
import type { PlaceRequest } from '../engine/model.js';
import { restOf } from '../engine/order-state.js';
import { refusal } from './api-error.js';
import { judgingPrice } from './average-price.js';
import type { AccountBackend } from './backend.js';
import { brokenFilter } from './filters.js';
import { mayTrade } from './permissions.js';

/** What the account has of the base asset, with what its open purchases would add. */
const positionOf = ({ engine, account }: AccountBackend, { base }: Listing): Decimal => {
  const { accountId } = account;
  const { free, locked } = engine.balances(accountId).get(base) ?? { free: ZERO, locked: ZERO };
  const purchases = engine
    .openOrders(accountId)
    .filter(({ side, symbol }) => side === 'buy' && engine.listings.get(symbol)?.base === base);
  return sum([free, locked, ...purchases.map(restOf)]);
};

const failure = (name: string) => refusal(-1013, `Filter failure: ${name}`);

/**
 * Throws where the account may not trade here, or where the order breaks a filter of the market or of
 * the exchange.
 *
 * Source: Binance Spot API, filters.md; errors.md, Messages and Filter failures.
 */
export const checkOrder = (
  backend: AccountBackend,
  listing: Listing,
  request: PlaceRequest,
): void => {
  const { engine, account, maxOpenOrders } = backend;
  const { symbol } = listing;
  if (!mayTrade(account.permissions, listing)) {
    throw refusal(-2010, 'This symbol is not permitted for this account.');
  }
  const broken = brokenFilter(listing, {
    ...request,
    reference: judgingPrice(backend, listing),
    openOrders: engine.openOrders(account.accountId, symbol).length,
    position: positionOf(backend, listing),
  });
  if (broken) throw failure(broken);
  if (maxOpenOrders !== undefined && engine.openOrders(account.accountId).length >= maxOpenOrders) {
    throw failure('EXCHANGE_MAX_NUM_ORDERS');
  }
  const numbers = [request.price, request.amount, request.quoteAmount];
  if (numbers.some((number) => number?.isZero())) {
    throw refusal(-1013, 'Price * QTY is zero or less.');
  }
};
