import * as t from 'io-ts';
import { DecimalFromString, reading } from '../../core/codecs.js';
import type { PositionSide } from '../../core/position.js';
import { accountQuestion } from '../binance-shared/calls.js';
import { newOrderParams, OrderAnswer, ordersBy, orderUpdate } from '../binance-shared/orders.js';
import { ruleViolations } from './failures.js';

/** Which position of a market, in the exchange's words. */
export const sideWords = { net: 'BOTH', long: 'LONG', short: 'SHORT' } as const satisfies Readonly<
  Record<PositionSide, string>
>;

/** A limit order is post-only by how long it is good. */
const types = {
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
  place: {
    ...accountQuestion,
    method: 'POST',
    path: '/fapi/v1/order',
    priority: 'place',
    weights: { orders10s: 1, ordersMinute: 1 },
    params: (order) =>
      newOrderParams(order, {
        ...types[order.type],
        ...(order.timeInForce && { timeInForce: order.timeInForce }),
        ...(order.positionSide && { positionSide: sideWords[order.positionSide] }),
        // In hedge mode the position side says it, and the exchange refuses both.
        ...(order.reduceOnly && (order.positionSide ?? 'net') === 'net' && { reduceOnly: 'true' }),
      }),
    decode: reading(OrderAnswer, (order, { rule }) => [orderUpdate(rule, order)]),
  },
  openPath: '/fapi/v1/openOrders',
  tradesPath: '/fapi/v1/userTrades',
  weights: {
    cancel: { weight: 1 },
    status: { weight: 1 },
    fills: { weight: 5 },
    open: { weight: 40 },
  },
  ownTrade: t.type({ maker: t.boolean, realizedPnl: DecimalFromString }),
  tradeFacts: ({ maker, realizedPnl }) => ({ liquidity: maker ? 'maker' : 'taker', realizedPnl }),
  ruleViolations,
  clientOrderId: { maxLength: 36, charset: /^[\w.:/-]*$/ },
});
