import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, fields, Int } from '../../core/codecs.js';
import type { Balance, BalanceUpdate } from '../../core/balance.js';
import type { UserStreamEvent, UserStreamSource } from '../../core/contract.js';
import type { OrderUpdate, TradeUpdate } from '../../core/order.js';
import type { TradingRule, TradingRules } from '../../core/trading-rule.js';
import { signFrame } from './auth.js';
import { ErrorFrame, frameFailure } from './failures.js';
import { OrderStatus, standing, type Standing } from './order-status.js';
import { userSocket } from './socket-terms.js';

/**
 * An order's change, and with `x: "TRADE"` its fill.
 *
 * @see Binance Spot API, user-data-stream.md, "Order update"
 */
export const ExecutionReport = fields(
  {
    e: t.literal('executionReport'),
    s: t.string,
    c: t.string,
    C: t.string,
    x: t.string,
    X: t.string,
    i: Int,
    z: DecimalFromString,
    l: DecimalFromString,
    L: DecimalFromString,
    Y: DecimalFromString,
    n: DecimalFromString,
    N: t.union([t.string, t.null]),
    T: Int,
    O: Int,
    t: Int,
    m: t.boolean,
  },
  'ExecutionReport',
);
type ExecutionReport = t.TypeOf<typeof ExecutionReport>;

/**
 * The balances that an event may have changed; absolute.
 *
 * @see Binance Spot API, user-data-stream.md, "Account update"
 */
export const AccountPosition = fields(
  {
    e: t.literal('outboundAccountPosition'),
    u: Int,
    B: t.array(fields({ a: t.string, f: DecimalFromString, l: DecimalFromString })),
  },
  'AccountPosition',
);
type AccountPosition = t.TypeOf<typeof AccountPosition>;

const StreamTerminated = t.type({ e: t.literal('eventStreamTerminated') }, 'StreamTerminated');
const ServerShutdown = t.type({ e: t.literal('serverShutdown') }, 'ServerShutdown');

/** Told, and told again by an account update that follows. */
const BalanceChange = t.type({ e: t.keyof({ balanceUpdate: null, externalLockUpdate: null }) });
const OrderListStatus = t.type({ e: t.literal('listStatus') });

const Event = t.union(
  [
    ExecutionReport,
    AccountPosition,
    StreamTerminated,
    ServerShutdown,
    BalanceChange,
    OrderListStatus,
  ],
  'UserStreamEvent',
);

const EventFrame = fields({ event: Event }, 'EventFrame');
const Subscribed = t.type(
  { status: t.literal(200), result: t.type({ subscriptionId: t.number }) },
  'Subscribed',
);
/** The answer to a ping, be it a refusal: somebody is there. */
const Pong = t.type({ id: t.literal('ping') }, 'Pong');
const Frame = t.union([EventFrame, Pong, Subscribed, ErrorFrame], 'UserStreamFrame');

/**
 * A cancel and an amendment carry their own id in `c`, and the order's in `C`; an amended order goes by
 * the new one from then on.
 */
const clientOrderId = ({ x, c, C }: ExecutionReport): string =>
  (x === 'CANCELED' || x === 'REPLACED') && C !== '' ? C : c;

/** What is no trade has the id -1. */
const isFill = ({ x, t: tradeId }: ExecutionReport): boolean => x === 'TRADE' && tradeId >= 0;

const orderUpdate = (
  report: ExecutionReport,
  { pair }: TradingRule,
  status: Standing,
): OrderUpdate => ({
  kind: 'order',
  pair,
  clientOrderId: clientOrderId(report),
  exchangeOrderId: `${report.i}`,
  ...status,
  executedAmount: report.z,
  time: report.T,
  createdAt: report.O,
});

const tradeUpdate = (report: ExecutionReport, { pair, quote }: TradingRule): TradeUpdate => ({
  kind: 'trade',
  pair,
  tradeId: `${report.t}`,
  exchangeOrderId: `${report.i}`,
  price: report.L,
  amount: report.l,
  quoteAmount: report.Y,
  fee: { asset: report.N ?? quote, amount: report.n },
  liquidity: report.m ? 'maker' : 'taker',
  time: report.T,
});

/**
 * A fill is not lost for a status that is not known yet: the order is there, whatever else it may mean.
 * Without a fill such a report tells nothing.
 */
const evidence = (
  report: ExecutionReport,
  rule: TradingRule | undefined,
): t.Validation<UserStreamEvent[]> => {
  if (rule === undefined) return t.success([]);
  const status = OrderStatus.decode(report.X);
  if (isRight(status)) {
    const update = orderUpdate(report, rule, standing(status.right, report.z));
    return t.success(isFill(report) ? [tradeUpdate(report, rule), update] : [update]);
  }
  if (!isFill(report)) return status;
  return t.success([tradeUpdate(report, rule), orderUpdate(report, rule, { status: 'open' })]);
};

const balanceUpdate = ({ B, u }: AccountPosition): BalanceUpdate => ({
  kind: 'balances',
  balances: new Map(
    B.map(({ a, f, l }): [string, Balance] => [a, { total: f.plus(l), available: f }]),
  ),
  time: u,
});

const told = (
  frame: t.TypeOf<typeof Frame>,
  rules: TradingRules,
): t.Validation<UserStreamEvent[]> => {
  if (Pong.is(frame)) return t.success([]);
  if ('result' in frame) return t.success([{ kind: 'subscribed' }]);
  if ('error' in frame) return t.success([{ kind: 'refused', failure: frameFailure(frame) }]);
  const { event } = frame;
  switch (event.e) {
    case 'executionReport':
      return evidence(event, rules.bySymbol.get(event.s));
    case 'outboundAccountPosition':
      return t.success([balanceUpdate(event)]);
    case 'eventStreamTerminated':
      return t.success([{ kind: 'ended' }]);
    case 'serverShutdown':
      return t.success([{ kind: 'ending' }]);
    default:
      return t.success([]);
  }
};

/**
 * The account's events over the WebSocket API.
 *
 * @see Binance Spot API, web-socket-api.md, "Subscribe to User Data Stream through signature subscription"
 */
export const userStream: UserStreamSource = {
  type: 'signedRequest',
  socket: userSocket,
  url: ({ wsApi }) => wsApi,
  subscribe: (signer, now) =>
    JSON.stringify({
      id: 1,
      method: 'userDataStream.subscribe.signature',
      params: { ...signFrame({}, signer, now), timestamp: now },
    }),
  ping: () => JSON.stringify({ id: 'ping', method: 'ping' }),
  decode: (input, rules) => {
    const frame = Frame.decode(input);
    return isRight(frame) ? told(frame.right, rules) : frame;
  },
};
