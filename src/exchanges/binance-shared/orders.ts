import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { RECV_WINDOW } from './auth.js';

/**
 * An order's status in the exchange's words: those of spot, and of futures the two of orders with which it
 * liquidates.
 *
 * @see Binance Spot API, enums.md, "Order status"; USDⓈ-M Futures API, common definitions, "Order status"
 */
export const OrderStatus = kit.words('OrderStatus', {
  open: ['NEW', 'PENDING_NEW', 'NEW_INSURANCE', 'NEW_ADL', 'PARTIALLY_FILLED', 'PENDING_CANCEL'],
  filled: 'FILLED',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  self_trade_prevented: 'EXPIRED_IN_MATCH',
  rejected: 'REJECTED',
});

/** What a message tells of an order that says where it stands. */
interface OrderState extends Pick<kit.OrderFacts, 'executedAmount' | 'time' | 'createdAt'> {
  readonly timeInForce?: string;
  /** The order's whole amount. */
  readonly size?: kit.Decimal;
  /** The exchange's number of it, where it tells one; 0 is none. */
  readonly expiryReason?: string;
  /** Whether it may only make a position smaller: such an order expires with its position. */
  readonly isReducing?: boolean;
}

/**
 * Where an order stands. A post-only order that would have traded at once ends before it began: within a second, and
 * for no other reason, as that it closes a position which is gone; where no reason is told, that may be the one.
 * Orders with which the exchange liquidates have a status of their own that does not say whether they are over.
 *
 * @see USDⓈ-M Futures API, common definitions, "Time in force": `GTX`, which spot does not have; user data streams,
 * "Event: Order Update", "Expiry Reason", of which COIN-M Futures have one more
 */
const standing = (word: kit.StandingWord, order: OrderState): kit.Standing => {
  const { executedAmount, size, time, createdAt = time } = order;
  const isUntouched = word === 'expired' && order.timeInForce === 'GTX' && executedAmount.isZero();
  const reason = order.expiryReason ?? (order.isReducing ? 'untold' : '0');
  const wasCrossing = isUntouched && time - createdAt <= 1_000 && ['0', '11'].includes(reason);
  const isOver = word === 'open' && size?.eq(executedAmount);
  return kit.standingOf(wasCrossing ? 'rejected' : isOver ? 'filled' : word, executedAmount);
};

/** What each answer about an order has. */
export const orderTable = {
  texts: { symbol: 'symbol', clientOrderId: 'clientOrderId' },
  ids: { exchangeOrderId: 'orderId' },
  decimals: { executedAmount: 'executedQty' },
  codecs: { status: ['status', OrderStatus] },
} as const;

/**
 * An order, as queries and cancels are answered. To a cancel on spot `clientOrderId` is the cancel's own id, and the
 * order's is `orig…`.
 */
export const OrderAnswer = kit.message('OrderAnswer', {
  ...orderTable,
  optional: {
    texts: { originalId: 'origClientOrderId', timeInForce: 'timeInForce' },
    flags: { isReducing: 'reduceOnly' },
    ints: { createdAt: 'time', sentAt: 'transactTime', changedAt: 'updateTime' },
  },
});

/** What an answer says of an order. */
export const orderOf = (order: kit.Told<typeof OrderAnswer>, rule: kit.TradingRule) => {
  const clientOrderId = order.originalId ?? order.clientOrderId;
  const told = { time: order.changedAt ?? order.sentAt ?? 0, ...order, clientOrderId };
  return kit.orderUpdate(rule, told, standing(order.status, told));
};

/** What an event of the account's stream proves of an order. */
export const evidenceOf = (
  report: kit.OrderReport & OrderState & { readonly status: string },
  rules: kit.TradingRules,
  isFill: boolean,
): t.Validation<readonly kit.OrderEvidence[]> => {
  const word = OrderStatus.read(report.status);
  const evidence = kit.orderEvidence(report, rules, isFill, word && standing(word, report));
  return evidence ? t.success(evidence) : kit.notKnown('X', report.status, OrderStatus);
};

/** What each of the account's own trades has. */
export const tradeTable = {
  ids: { tradeId: 'id', exchangeOrderId: 'orderId' },
  ints: { time: 'time' },
  texts: { feeAsset: 'commissionAsset' },
  decimals: { price: 'price', amount: 'qty', quoteAmount: 'quoteQty', feeAmount: 'commission' },
} as const;

/**
 * What a new order says. For its side, and how it keeps from trading with its own account, the exchange has this
 * library's words, in capitals.
 *
 * @see Binance Spot API, enums.md, "Order side", "STP Modes"
 */
const newOrder = (order: kit.NewOrder, own: kit.Params): kit.Params =>
  kit.paramsOf({
    symbol: order.rule.symbol,
    side: order.side.toUpperCase(),
    ...own,
    quantity: order.amount?.toFixed(),
    quoteOrderQty: order.quoteAmount?.toFixed(),
    price: order.price?.toFixed(),
    selfTradePreventionMode: order.selfTradePrevention?.toUpperCase(),
    newClientOrderId: order.clientOrderId,
  });

const reference = ({ rule, clientOrderId, exchangeOrderId }: kit.OrderReference): kit.Params => ({
  symbol: rule.symbol,
  ...(exchangeOrderId === undefined
    ? { origClientOrderId: clientOrderId }
    : { orderId: exchangeOrderId }),
});

/** In what the orders of spot and of futures differ. */
export interface OrderTerms extends Pick<kit.OrderEndpoints, 'ruleViolations' | 'clientOrderId'> {
  readonly calls: Readonly<Record<'place' | 'cancel' | 'status' | 'fills' | 'open', kit.Call>>;
  /** What a new order says besides: its type and how long it is good. */
  readonly params: (order: kit.NewOrder) => kit.Params;
  /** How a placement is answered. */
  readonly placed: kit.OrderEndpoints['place']['decode'];
  /** The account's own trades. */
  readonly ownTrades: t.Decoder<unknown, readonly kit.FillFacts[]>;
}

/** The most that a list of own trades gives at once. */
const TRADES_PER_ANSWER = 1_000;

/** Placing, cancelling and asking after orders. */
export const ordersBy = (terms: OrderTerms): kit.OrderEndpoints => {
  const { calls, params, placed, ownTrades, ...rest } = terms;
  const about = {
    params: reference,
    decode: kit.reading(OrderAnswer, (order, { rule }: kit.OrderReference) => [
      orderOf(order, rule),
    ]),
  };
  return {
    ...rest,
    place: {
      ...calls.place,
      priority: 'place',
      params: (order) => newOrder(order, params(order)),
      decode: placed,
    },
    cancel: { ...calls.cancel, ...about, priority: 'cancel' },
    status: { ...calls.status, ...about },
    fills: {
      ...calls.fills,
      // Without `fromId` the latest would come, with it those from there on.
      params: ({ rule, exchangeOrderId = '', after }) => ({
        symbol: rule.symbol,
        orderId: exchangeOrderId,
        fromId: after === undefined ? '0' : `${Number(after) + 1}`,
        limit: `${TRADES_PER_ANSWER}`,
      }),
      decode: kit.reading(ownTrades, (fills, { rule }) =>
        fills.map((fill) => kit.tradeUpdate(rule, fill)),
      ),
    },
    fillsPerAnswer: TRADES_PER_ANSWER,
    open: {
      ...calls.open,
      decode: kit.reading(kit.listOf(OrderAnswer), (orders, { rules }) =>
        kit.ofKnownMarkets(orders, rules, orderOf),
      ),
    },
    validity: RECV_WINDOW,
  };
};
