import { ZERO } from '../../core/decimal.js';
import type { Amendment, EngineOrder } from '../engine/model.js';
import { refusal } from './api-error.js';
import { judgingPrice } from './average-price.js';
import type { AccountBackend } from './backend.js';
import { maxAmendsOf } from './account-filters.js';
import { brokenFilter } from './filters.js';
import { requiredMarket } from './markets.js';
import type { SignedMethod } from './method.js';
import { namedOrder } from './named-order.js';
import { selfTradeWords, sideWords, statusWords, typeWords } from './order-json.js';
import { optional, required } from './params.js';
import { clientId, decimal, integer, limitUpTo } from './readers.js';
import { orRefuse, rejection, rejectionCodes } from './rejections.js';
import { decimalText } from './text.js';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1000;

/** The spelling is not that of other answers. */
const amendedJson = ({ order, executionId, previousClientOrderId }: Amendment) => ({
  transactTime: order.updatedAt,
  executionId,
  amendedOrder: {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: -1,
    origClientOrderId: previousClientOrderId,
    clientOrderId: order.clientOrderId,
    price: decimalText(order.price),
    qty: decimalText(order.amount),
    executedQty: decimalText(order.executedAmount),
    preventedQty: decimalText(order.preventedAmount),
    quoteOrderQty: decimalText(order.quoteAmount),
    cumulativeQuoteQty: decimalText(order.executedQuote),
    status: statusWords[order.status],
    timeInForce: order.timeInForce,
    type: typeWords[order.type],
    side: sideWords[order.side],
    workingTime: order.createdAt,
    selfTradePreventionMode: selfTradeWords[order.selfTrade],
  },
});

/** The order stays within the filters; how many others are open does not matter. */
const checkFilters = (backend: AccountBackend, order: EngineOrder): void => {
  const { engine, account } = backend;
  const listing = engine.listings.get(order.symbol);
  if (!listing) return;
  const broken = brokenFilter(listing, {
    ...order,
    quoteAmount: undefined,
    reference: judgingPrice(backend, listing),
    openOrders: 0,
    position: ZERO,
  });
  if (broken) throw refusal(-1013, `Filter failure: ${broken}`);
  const amends = engine.amendments(account.accountId, order.orderId).length;
  if (amends >= maxAmendsOf(listing)) {
    throw refusal(rejectionCodes.amend, 'Filter failure: MAX_NUM_ORDER_AMENDS');
  }
};

/**
 * Reduces an order, which keeps its priority.
 *
 * Source: Binance Spot API, rest-api.md, Order Amend Keep Priority (TRADE).
 */
export const amendOrder: SignedMethod = {
  security: 'TRADE',
  params: ['symbol', 'orderId', 'origClientOrderId', 'newClientOrderId', 'newQty'],
  weight: 4,
  run: (backend, sent) => {
    const { engine, account, makeClientId } = backend;
    const order = namedOrder(backend, sent);
    const amount = required(sent, 'newQty', decimal);
    const clientOrderId = optional(sent, 'newClientOrderId', clientId) ?? makeClientId();
    if (!order) throw rejection('amend', 'unknown_order');
    checkFilters(backend, { ...order, amount });
    const change = { amount, clientOrderId };
    return amendedJson(
      orRefuse('amend', () => engine.amend(account.accountId, order.orderId, change)),
    );
  },
};

/** What was changed of an order. Source: Binance Spot API, rest-api.md, Query Order Amendments (USER_DATA). */
export const orderAmendments: SignedMethod = {
  security: 'USER_DATA',
  params: ['symbol', 'orderId', 'fromExecutionId', 'limit'],
  weight: 4,
  run: (backend, sent) => {
    const { engine, account } = backend;
    const { symbol } = requiredMarket(backend, sent);
    const orderId = required(sent, 'orderId', integer);
    const from = optional(sent, 'fromExecutionId', integer) ?? 0;
    const limit = optional(sent, 'limit', limitUpTo(MAX_LIMIT)) ?? DEFAULT_LIMIT;
    return engine
      .amendments(account.accountId, orderId)
      .filter(({ order, executionId }) => order.symbol === symbol && executionId >= from)
      .slice(0, limit)
      .map(({ order, executionId, previousClientOrderId, previousAmount }) => ({
        symbol,
        orderId,
        executionId,
        origClientOrderId: previousClientOrderId,
        newClientOrderId: order.clientOrderId,
        origQty: decimalText(previousAmount),
        newQty: decimalText(order.amount),
        time: order.updatedAt,
      }));
  },
};
