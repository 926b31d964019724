import { refusal } from '../binance/api-error.js';
import type { SignedMethod } from '../binance/method.js';
import { optional, required } from '../binance/params.js';
import { decimal, integer } from '../binance/readers.js';
import type { Modification } from '../engine/margin/model.js';
import type { EngineOrder, Listing } from '../engine/model.js';
import { isOpen } from '../engine/order-state.js';
import type { FuturesAccountBackend, FuturesBackend } from './backend.js';
import { brokenRule } from './filters.js';
import { readSide } from './new-order.js';
import { ackJson } from './order-json.js';
import { listingOf, namedOrder, ORDER_NAMES } from './order-methods.js';
import { orRefuse } from './rejections.js';

/** Fewer than 10,000. */
const MOST_CHANGES = 9_999;

/** The order as it is asked for keeps the rules of its market, and may still be changed. */
const checkRules = (
  { engine, account }: FuturesAccountBackend,
  listing: Listing,
  request: EngineOrder,
): void => {
  const { markPrice } = engine.terms(listing.symbol);
  // It takes its own place among the open orders.
  const broken = brokenRule({ listing, request, markPrice, openOrders: 0, isModified: true });
  if (broken) throw broken;
  const most = listing.restrictions?.maxAmends ?? MOST_CHANGES;
  if (engine.amendments(account.accountId, request.orderId).length >= most) {
    throw refusal(-5026, 'Exceed maximum modify order limit.');
  }
};

/**
 * Gives an open order another price and amount. An order of the other side than is sent is not the one that is
 * meant; how the exchange refuses that is not documented.
 *
 * Source: Binance USD-M Futures API, Modify Order (TRADE); Error Codes.
 */
export const modifyOrder: SignedMethod<FuturesBackend> = {
  security: 'TRADE',
  params: [...ORDER_NAMES, 'side', 'quantity', 'price', 'modifyId'],
  weight: 0,
  effect: 'replace',
  orders: 1,
  run: (backend, sent) => {
    const order = namedOrder(backend, sent);
    const side = required(sent, 'side', readSide);
    const change: Modification = {
      amount: required(sent, 'quantity', decimal),
      price: required(sent, 'price', decimal),
      modifyId: optional(sent, 'modifyId', integer),
    };
    if (!order || !isOpen(order) || order.side !== side) {
      throw refusal(-2013, 'Order does not exist.');
    }
    const listing = listingOf(backend, order);
    checkRules(backend, listing, { ...order, ...change });
    const { engine, account } = backend;
    return ackJson(
      listing,
      orRefuse(() => engine.modify(account.accountId, order.orderId, change), {
        market_closed: [
          -5024,
          'Symbol is not in trading status. Order amendment is not permitted.',
        ],
      }),
    );
  },
};
