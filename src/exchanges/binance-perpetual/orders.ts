import * as kit from '../../exchange.js';
import { OrderAnswer, orderOf, ordersBy, tradeTable } from '../binance-shared/orders.js';
import { PositionSide } from './perpetual.js';
import { ruleViolations } from './refusals.js';

const AccountTrade = kit.message('AccountTrade', {
  ...tradeTable,
  decimals: { ...tradeTable.decimals, realizedPnl: 'realizedPnl' },
  codecs: { liquidity: ['maker', kit.either('maker', 'taker')] },
});

/** What an order's type is called, and how long such an order is good; by that a limit order is post-only. */
export const typeWords = {
  limit: { type: 'LIMIT', timeInForce: 'GTC' },
  limit_maker: { type: 'LIMIT', timeInForce: 'GTX' },
  market: { type: 'MARKET' },
} as const;

/**
 * Placing, cancelling and asking after orders. Whatever trades at once is told by the account's stream, and a
 * placement is answered as soon as it is accepted.
 *
 * @see USDⓈ-M Futures API, "New Order", "Cancel Order", "Query Order", "Account Trade List"
 */
export const orders = ordersBy({
  calls: {
    place: kit.accountCall('POST /fapi/v1/order', { orders10s: 1, ordersMinute: 1 }),
    cancel: kit.accountCall('DELETE /fapi/v1/order', { weight: 1 }),
    status: kit.accountCall('GET /fapi/v1/order', { weight: 1 }),
    fills: kit.accountCall('GET /fapi/v1/userTrades', { weight: 5 }),
    open: kit.accountCall('GET /fapi/v1/openOrders', { weight: 40 }),
  },
  params: ({ type, timeInForce, positionSide, reduceOnly }) => ({
    ...typeWords[type],
    ...(timeInForce && { timeInForce }),
    ...(positionSide && { positionSide: PositionSide.encode(positionSide) }),
    // In hedge mode the position side says it, and the exchange refuses both.
    ...(reduceOnly && (positionSide ?? 'net') === 'net' && { reduceOnly: 'true' }),
  }),
  placed: kit.reading(OrderAnswer, (order, { rule }) => [orderOf(order, rule)]),
  ownTrades: kit.listOf(AccountTrade),
  ruleViolations,
  clientOrderId: { maxLength: 36, charset: /^[\w.:/-]*$/ },
});
