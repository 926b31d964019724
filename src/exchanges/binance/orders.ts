import * as kit from '../../exchange.js';
import { orderOf, ordersBy, orderTable, tradeTable } from '../binance-shared/orders.js';

const ImmediateFill = kit.message('ImmediateFill', {
  ids: { tradeId: 'tradeId' },
  texts: { feeAsset: 'commissionAsset' },
  decimals: { price: 'price', amount: 'qty', feeAmount: 'commission' },
});

/**
 * The answer to a new order with `newOrderRespType=FULL`: the order and its immediate fills.
 *
 * @see Binance Spot API, rest-api.md, "New order"
 */
const PlacedOrder = kit.message('PlacedOrder', {
  ...orderTable,
  ints: { time: 'transactTime', sentAt: 'transactTime' },
  lists: { fills: ['fills', ImmediateFill] },
});

const AccountTrade = kit.message('AccountTrade', {
  ...tradeTable,
  codecs: { liquidity: ['isMaker', kit.either('maker', 'taker')] },
});

/** What an order's type is called. */
export const typeWords = { limit: 'LIMIT', limit_maker: 'LIMIT_MAKER', market: 'MARKET' } as const;

const placing = { weight: 1, requests: 1, orders10s: 1, ordersDay: 1 };

/**
 * Placing, cancelling and asking after orders.
 *
 * @see Binance Spot API, rest-api.md, "Trading endpoints", "Account trade list"
 */
export const orders = ordersBy({
  calls: {
    place: kit.accountCall('POST /api/v3/order', placing),
    cancel: kit.accountCall('DELETE /api/v3/order', { weight: 1, requests: 1 }),
    status: kit.accountCall('GET /api/v3/order', { weight: 4, requests: 1 }),
    fills: kit.accountCall('GET /api/v3/myTrades', { weight: 5, requests: 1 }),
    open: kit.accountCall('GET /api/v3/openOrders', { weight: 80, requests: 1 }),
  },
  params: ({ type, timeInForce = 'GTC' }) => ({
    type: typeWords[type],
    ...(type === 'limit' && { timeInForce }),
    newOrderRespType: 'FULL',
  }),
  placed: kit.reading(PlacedOrder, (order, { rule }) => [
    orderOf(order, rule),
    ...order.fills.map((fill) => kit.tradeUpdate(rule, { liquidity: 'taker', ...order, ...fill })),
  ]),
  ownTrades: kit.listOf(AccountTrade),
  /** A filter, a precision, a symbol that is gone: errors.md */
  ruleViolations: new Set([-1013, -1111, -1121]),
  /** @see Binance Spot API, fix-api.md: the charset that every one of the exchange's interfaces takes */
  clientOrderId: { maxLength: 36, charset: /^[\w-]*$/ },
});
