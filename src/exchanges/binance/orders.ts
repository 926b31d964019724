import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, fields, Int } from '../../core/codecs.js';
import type {
  NewOrder,
  OrderEndpoints,
  OrderEvidence,
  OrderReference,
  Params,
} from '../../core/contract.js';
import type { OrderUpdate, SelfTradePrevention, TradeUpdate } from '../../core/order.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { RECV_WINDOW } from './auth.js';
import { OrderStatus, standing } from './order-status.js';

const orderFields = {
  symbol: t.string,
  orderId: Int,
  clientOrderId: t.string,
  executedQty: DecimalFromString,
  status: OrderStatus,
};

const OrderAnswer = t.intersection(
  [
    t.type(orderFields),
    t.partial({ time: Int, transactTime: Int, updateTime: Int, origClientOrderId: t.string }),
  ],
  'OrderAnswer',
);
type OrderAnswer = t.TypeOf<typeof OrderAnswer>;

const ImmediateFill = fields({
  price: DecimalFromString,
  qty: DecimalFromString,
  commission: DecimalFromString,
  commissionAsset: t.string,
  tradeId: Int,
});

/**
 * The answer to a new order with `newOrderRespType=FULL`: the order and its immediate fills.
 *
 * @see Binance Spot API, rest-api.md, "New order"
 */
export const PlacedOrder = fields(
  { ...orderFields, transactTime: Int, fills: t.array(ImmediateFill) },
  'PlacedOrder',
);
type PlacedOrder = t.TypeOf<typeof PlacedOrder>;

/**
 * One own trade.
 *
 * @see Binance Spot API, rest-api.md, "Account trade list"
 */
export const AccountTrade = t.type(
  {
    id: Int,
    orderId: Int,
    price: DecimalFromString,
    qty: DecimalFromString,
    quoteQty: DecimalFromString,
    commission: DecimalFromString,
    commissionAsset: t.string,
    time: Int,
    isMaker: t.boolean,
  },
  'AccountTrade',
);
type AccountTrade = t.TypeOf<typeof AccountTrade>;

/** In the answer to a cancel `clientOrderId` is the cancel's own id, and the order's is `orig…`. */
const orderUpdate = ({ pair }: TradingRule, order: OrderAnswer): OrderUpdate => ({
  kind: 'order',
  pair,
  clientOrderId: order.origClientOrderId ?? order.clientOrderId,
  exchangeOrderId: `${order.orderId}`,
  ...standing(order.status, order.executedQty),
  executedAmount: order.executedQty,
  time: order.updateTime ?? order.transactTime ?? 0,
  ...(order.time === undefined ? {} : { createdAt: order.time }),
});

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

const tradeUpdate = ({ pair }: TradingRule, trade: AccountTrade): TradeUpdate => ({
  kind: 'trade',
  pair,
  tradeId: `${trade.id}`,
  exchangeOrderId: `${trade.orderId}`,
  price: trade.price,
  amount: trade.qty,
  quoteAmount: trade.quoteQty,
  fee: { asset: trade.commissionAsset, amount: trade.commission },
  liquidity: trade.isMaker ? 'maker' : 'taker',
  time: trade.time,
});

const types = { limit: 'LIMIT', limit_maker: 'LIMIT_MAKER', market: 'MARKET' } as const;

/**
 * How an order keeps from trading with its own account.
 *
 * @see Binance Spot API, enums.md, "STP Modes"
 */
export const selfTradeWords = {
  none: 'NONE',
  expire_taker: 'EXPIRE_TAKER',
  expire_maker: 'EXPIRE_MAKER',
  expire_both: 'EXPIRE_BOTH',
  decrement: 'DECREMENT',
  transfer: 'TRANSFER',
} as const satisfies Readonly<Record<SelfTradePrevention, string>>;

const newOrderParams = (order: NewOrder): Params => {
  const { rule, side, type, timeInForce, amount, quoteAmount, price, selfTradePrevention } = order;
  const params: Record<string, string> = {
    symbol: rule.symbol,
    side: side === 'buy' ? 'BUY' : 'SELL',
    type: types[type],
  };
  if (type === 'limit') params.timeInForce = timeInForce ?? 'GTC';
  if (amount !== undefined) params.quantity = amount.toFixed();
  if (quoteAmount !== undefined) params.quoteOrderQty = quoteAmount.toFixed();
  if (price !== undefined) params.price = price.toFixed();
  if (selfTradePrevention !== undefined)
    params.selfTradePreventionMode = selfTradeWords[selfTradePrevention];
  params.newClientOrderId = order.clientOrderId;
  params.newOrderRespType = 'FULL';
  return params;
};

const reference = ({ rule, clientOrderId, exchangeOrderId }: OrderReference): Params => ({
  symbol: rule.symbol,
  ...(exchangeOrderId === undefined
    ? { origClientOrderId: clientOrderId }
    : { orderId: exchangeOrderId }),
});

const decodeOrder = (body: unknown, { rule }: OrderReference): t.Validation<OrderEvidence[]> =>
  map((order: OrderAnswer) => [orderUpdate(rule, order)])(OrderAnswer.decode(body));

const path = '/api/v3/order';

/** The most that "Account trade list" gives at once. */
const TRADES_PER_ANSWER = 1_000;

/** Placing, cancelling and asking after orders. */
export const orders: OrderEndpoints = {
  place: {
    method: 'POST',
    path,
    signed: true,
    priority: 'place',
    weights: { weight: 1, requests: 1, orders10s: 1, ordersDay: 1 },
    params: newOrderParams,
    decode: (body, { rule }) =>
      map((order: PlacedOrder) => [orderUpdate(rule, order), ...immediateFills(rule, order)])(
        PlacedOrder.decode(body),
      ),
  },
  cancel: {
    method: 'DELETE',
    path,
    signed: true,
    priority: 'cancel',
    weights: { weight: 1, requests: 1 },
    params: reference,
    decode: decodeOrder,
  },
  status: {
    method: 'GET',
    path,
    signed: true,
    priority: 'query',
    weights: { weight: 4, requests: 1 },
    params: reference,
    decode: decodeOrder,
  },
  fills: {
    method: 'GET',
    path: '/api/v3/myTrades',
    signed: true,
    priority: 'query',
    weights: { weight: 5, requests: 1 },
    // Without `fromId` the latest would come, with it those from there on.
    params: ({ rule, exchangeOrderId = '', after }) => ({
      symbol: rule.symbol,
      orderId: exchangeOrderId,
      fromId: after === undefined ? '0' : `${Number(after) + 1}`,
      limit: `${TRADES_PER_ANSWER}`,
    }),
    decode: (body, { rule }) =>
      map((trades: AccountTrade[]) => trades.map((trade) => tradeUpdate(rule, trade)))(
        t.array(AccountTrade).decode(body),
      ),
  },
  fillsPerAnswer: TRADES_PER_ANSWER,
  open: {
    method: 'GET',
    path: '/api/v3/openOrders',
    signed: true,
    priority: 'query',
    weights: { weight: 80, requests: 1 },
    params: () => ({}),
    decode: (body, { rules }) =>
      map((open: OrderAnswer[]) =>
        open.flatMap((order) => {
          const rule = rules.bySymbol.get(order.symbol);
          return rule === undefined ? [] : [orderUpdate(rule, order)];
        }),
      )(t.array(OrderAnswer).decode(body)),
  },
  validity: RECV_WINDOW,
  /** A filter, a precision, a symbol that is gone: errors.md */
  ruleViolations: new Set([-1013, -1111, -1121]),
  /** @see Binance Spot API, fix-api.md: the charset that every one of the exchange's interfaces takes */
  clientOrderId: { maxLength: 36, charset: /^[\w-]*$/ },
};
