import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, fields, Int } from '../../core/codecs.js';
import type { Balance, BalanceUpdate } from '../../core/balance.js';
import type { SignedRequestStream, UserStreamEvent } from '../../core/contract.js';
import type { OrderUpdate, TradeUpdate } from '../../core/order.js';
import type { TradingRule, TradingRules } from '../../core/trading-rule.js';
import { OrderStatus, standingOf, type Standing } from '../binance-shared/order-status.js';
import { marketSocket } from '../binance-shared/socket-terms.js';
import { signFrame } from './auth.js';
import { ExecutionReport, scanExecutionReport } from './execution-report.js';
import { ErrorFrame, frameFailure } from './failures.js';

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
  exchangeOrderId: string,
  { status, reason }: Standing,
): OrderUpdate => ({
  kind: 'order',
  pair,
  clientOrderId: clientOrderId(report),
  exchangeOrderId,
  status,
  executedAmount: report.z,
  time: report.T,
  createdAt: report.O,
  ...(reason === undefined ? undefined : { reason }),
});

const OPEN: Standing = { status: 'open' };

const tradeUpdate = (
  report: ExecutionReport,
  { pair, quote }: TradingRule,
  exchangeOrderId: string,
): TradeUpdate => ({
  kind: 'trade',
  pair,
  tradeId: `${report.t}`,
  exchangeOrderId,
  price: report.L,
  amount: report.l,
  quoteAmount: report.Y,
  fee: { asset: report.N ?? quote, amount: report.n },
  liquidity: report.m ? 'maker' : 'taker',
  time: report.T,
});

/**
 * A fill is not lost for a status that is not known yet: the order is there, whatever else it may mean.
 * Without a fill such a report tells nothing, and is not understood.
 */
const evidence = (
  report: ExecutionReport,
  { bySymbol }: TradingRules,
): readonly UserStreamEvent[] | undefined => {
  const rule = bySymbol.get(report.s);
  if (rule === undefined) return [];
  const status = standingOf(report.X, report.z);
  const exchangeOrderId = `${report.i}`;
  if (isFill(report))
    return [
      tradeUpdate(report, rule, exchangeOrderId),
      orderUpdate(report, rule, exchangeOrderId, status ?? OPEN),
    ];
  return status && [orderUpdate(report, rule, exchangeOrderId, status)];
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
): t.Validation<readonly UserStreamEvent[]> => {
  if (Pong.is(frame)) return t.success([]);
  if ('result' in frame) return t.success([{ kind: 'subscribed' }]);
  if ('error' in frame) return t.success([{ kind: 'refused', failure: frameFailure(frame) }]);
  const { event } = frame;
  switch (event.e) {
    case 'executionReport': {
      const events = evidence(event, rules);
      return events === undefined
        ? t.failure(event.X, [{ key: '', type: OrderStatus }])
        : t.success(events);
    }
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
export const userStream: SignedRequestStream = {
  type: 'signedRequest',
  // Connecting weighs 2, and so does subscribing to the account's events.
  socket: { ...marketSocket, weights: { connections: 1, weight: 4 }, priority: 'query' },
  url: ({ wsApi }) => wsApi,
  subscribe: (signer, now) =>
    JSON.stringify({
      id: 1,
      method: 'userDataStream.subscribe.signature',
      params: { ...signFrame({}, signer, now), timestamp: now },
    }),
  ping: () => JSON.stringify({ id: 'ping', method: 'ping' }),
  scan: (frame, rules) => {
    const report = scanExecutionReport(frame);
    return report && evidence(report, rules);
  },
  decode: (input, rules) => {
    const frame = Frame.decode(input);
    return isRight(frame) ? told(frame.right, rules) : frame;
  },
};
