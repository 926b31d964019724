import * as t from 'io-ts';
import { DecimalFromString, decimals, Int, ints, reading, texts } from '../../core/codecs.js';
import type { Decimal } from '../../core/decimal.js';
import type {
  Endpoint,
  NewOrder,
  OrderEndpoints,
  OrderEvidence,
  OrderReference,
  Params,
} from '../../core/contract.js';
import type { OrderUpdate, SelfTradePrevention, TradeUpdate } from '../../core/order.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { RECV_WINDOW } from './auth.js';
import { accountQuestion } from './calls.js';
import { OrderStatus, standing, type Standing } from './order-status.js';

/** What each answer about an order has. */
export const orderFields = {
  ...texts('symbol', 'clientOrderId'),
  orderId: Int,
  executedQty: DecimalFromString,
  status: OrderStatus,
};

/** An order, as queries and cancels are answered. */
export const OrderAnswer = t.intersection(
  [
    t.type(orderFields),
    t.partial({
      ...ints('time', 'transactTime', 'updateTime'),
      ...texts('origClientOrderId', 'timeInForce'),
    }),
  ],
  'OrderAnswer',
);
type OrderAnswer = t.TypeOf<typeof OrderAnswer>;

/** What each of the account's own trades has. */
export const AccountTrade = t.type(
  {
    ...ints('id', 'orderId', 'time'),
    ...decimals('price', 'qty', 'quoteQty', 'commission'),
    commissionAsset: t.string,
  },
  'AccountTrade',
);
type AccountTrade = t.TypeOf<typeof AccountTrade>;

/**
 * A post-only order that would have traded at once ends before it began.
 *
 * @see USDⓈ-M Futures API, common definitions, "Time in force": `GTX`, which spot does not have
 */
export const withPostOnly = (said: Standing, timeInForce: string | undefined, amount: Decimal) =>
  said.reason === 'expired' && timeInForce === 'GTX' && amount.isZero()
    ? ({ status: 'ended', reason: 'rejected' } as const)
    : said;

/** In the answer to a cancel on spot `clientOrderId` is the cancel's own id, and the order's is `orig…`. */
export const orderUpdate = ({ pair }: TradingRule, order: OrderAnswer): OrderUpdate => ({
  kind: 'order',
  pair,
  clientOrderId: order.origClientOrderId ?? order.clientOrderId,
  exchangeOrderId: `${order.orderId}`,
  ...withPostOnly(standing(order.status, order.executedQty), order.timeInForce, order.executedQty),
  executedAmount: order.executedQty,
  time: order.updateTime ?? order.transactTime ?? 0,
  ...(order.time === undefined ? {} : { createdAt: order.time }),
});

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

/**
 * What a new order says.
 *
 * @param own - What it says in one kind of market: its type and how long it is good.
 */
export const newOrderParams = (order: NewOrder, own: Params): Params => {
  const { rule, side, amount, quoteAmount, price, selfTradePrevention } = order;
  return {
    symbol: rule.symbol,
    side: side === 'buy' ? 'BUY' : 'SELL',
    ...own,
    ...(amount && { quantity: amount.toFixed() }),
    ...(quoteAmount && { quoteOrderQty: quoteAmount.toFixed() }),
    ...(price && { price: price.toFixed() }),
    ...(selfTradePrevention && { selfTradePreventionMode: selfTradeWords[selfTradePrevention] }),
    newClientOrderId: order.clientOrderId,
  };
};

const reference = ({ rule, clientOrderId, exchangeOrderId }: OrderReference): Params => ({
  symbol: rule.symbol,
  ...(exchangeOrderId === undefined
    ? { origClientOrderId: clientOrderId }
    : { orderId: exchangeOrderId }),
});

type Weights = Endpoint<never, unknown>['weights'];

/** In what the orders of spot and of futures differ. */
export interface OrderTerms<Own> extends Pick<
  OrderEndpoints,
  'place' | 'ruleViolations' | 'clientOrderId'
> {
  readonly openPath: string;
  readonly tradesPath: string;
  readonly weights: Readonly<Record<'cancel' | 'status' | 'fills' | 'open', Weights>>;
  /** What one kind of market says of a trade besides. */
  readonly ownTrade: t.Type<Own, unknown>;
  readonly tradeFacts: (own: Own) => Pick<TradeUpdate, 'liquidity' | 'realizedPnl'>;
}

/** The most that a list of own trades gives at once. */
const TRADES_PER_ANSWER = 1_000;

/** Placing, cancelling and asking after orders. */
export const ordersBy = <Own>(terms: OrderTerms<Own>): OrderEndpoints => {
  const { place, openPath, tradesPath, weights, ownTrade, tradeFacts, ...rest } = terms;
  const tradeUpdate = ({ pair }: TradingRule, trade: AccountTrade & Own): TradeUpdate => ({
    kind: 'trade',
    pair,
    tradeId: `${trade.id}`,
    exchangeOrderId: `${trade.orderId}`,
    price: trade.price,
    amount: trade.qty,
    quoteAmount: trade.quoteQty,
    fee: { asset: trade.commissionAsset, amount: trade.commission },
    ...tradeFacts(trade),
    time: trade.time,
  });
  const about: Omit<Endpoint<OrderReference, readonly OrderEvidence[]>, 'weights'> = {
    ...accountQuestion,
    path: place.path,
    params: reference,
    decode: reading(OrderAnswer, (order, { rule }) => [orderUpdate(rule, order)]),
  };
  return {
    ...rest,
    place,
    cancel: { ...about, method: 'DELETE', priority: 'cancel', weights: weights.cancel },
    status: { ...about, weights: weights.status },
    fills: {
      ...accountQuestion,
      path: tradesPath,
      weights: weights.fills,
      // Without `fromId` the latest would come, with it those from there on.
      params: ({ rule, exchangeOrderId = '', after }) => ({
        symbol: rule.symbol,
        orderId: exchangeOrderId,
        fromId: after === undefined ? '0' : `${Number(after) + 1}`,
        limit: `${TRADES_PER_ANSWER}`,
      }),
      decode: reading(t.array(t.intersection([AccountTrade, ownTrade])), (trades, { rule }) =>
        trades.map((trade) => tradeUpdate(rule, trade)),
      ),
    },
    fillsPerAnswer: TRADES_PER_ANSWER,
    open: {
      ...accountQuestion,
      path: openPath,
      weights: weights.open,
      decode: reading(t.array(OrderAnswer), (open, { rules }) =>
        open.flatMap((order) => {
          const rule = rules.bySymbol.get(order.symbol);
          return rule === undefined ? [] : [orderUpdate(rule, order)];
        }),
      ),
    },
    validity: RECV_WINDOW,
  };
};
