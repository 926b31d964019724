import * as t from 'io-ts';
import { decimals, fields, Int, reading } from '../../core/codecs.js';
import type { TradeUpdate } from '../../core/order.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { accountQuestion } from '../binance-shared/calls.js';
import { newOrderParams, orderFields, ordersBy, orderUpdate } from '../binance-shared/orders.js';

const ImmediateFill = fields({
  ...decimals('price', 'qty', 'commission'),
  commissionAsset: t.string,
  tradeId: Int,
});

/**
 * The answer to a new order with `newOrderRespType=FULL`: the order and its immediate fills.
 *
 * @see Binance Spot API, rest-api.md, "New order"
 */
const PlacedOrder = fields(
  { ...orderFields, transactTime: Int, fills: t.array(ImmediateFill) },
  'PlacedOrder',
);
type PlacedOrder = t.TypeOf<typeof PlacedOrder>;

const immediateFills = ({ pair }: TradingRule, order: PlacedOrder): readonly TradeUpdate[] =>
  order.fills.map((fill) => ({
    kind: 'trade',
    pair,
    tradeId: `${fill.tradeId}`,
    exchangeOrderId: `${order.orderId}`,
    price: fill.price,
    amount: fill.qty,
    quoteAmount: fill.price.times(fill.qty),
    fee: { asset: fill.commissionAsset, amount: fill.commission },
    liquidity: 'taker',
    time: order.transactTime,
  }));

const types = { limit: 'LIMIT', limit_maker: 'LIMIT_MAKER', market: 'MARKET' } as const;

/**
 * Placing, cancelling and asking after orders.
 *
 * @see Binance Spot API, rest-api.md, "Trading endpoints", "Account trade list"
 */
export const orders = ordersBy({
  place: {
    ...accountQuestion,
    method: 'POST',
    path: '/api/v3/order',
    priority: 'place',
    weights: { weight: 1, requests: 1, orders10s: 1, ordersDay: 1 },
    params: (order) => ({
      ...newOrderParams(order, {
        type: types[order.type],
        ...(order.type === 'limit' && { timeInForce: order.timeInForce ?? 'GTC' }),
      }),
      newOrderRespType: 'FULL',
    }),
    decode: reading(PlacedOrder, (order, { rule }) => [
      orderUpdate(rule, order),
      ...immediateFills(rule, order),
    ]),
  },
  openPath: '/api/v3/openOrders',
  tradesPath: '/api/v3/myTrades',
  weights: {
    cancel: { weight: 1, requests: 1 },
    status: { weight: 4, requests: 1 },
    fills: { weight: 5, requests: 1 },
    open: { weight: 80, requests: 1 },
  },
  ownTrade: t.type({ isMaker: t.boolean }),
  tradeFacts: ({ isMaker }) => ({ liquidity: isMaker ? 'maker' : 'taker' }),
  /** A filter, a precision, a symbol that is gone: errors.md */
  ruleViolations: new Set([-1013, -1111, -1121]),
  /** @see Binance Spot API, fix-api.md: the charset that every one of the exchange's interfaces takes */
  clientOrderId: { maxLength: 36, charset: /^[\w-]*$/ },
});
