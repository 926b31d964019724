import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, Int } from '../../core/codecs.js';
import type { Balance, BalanceUpdate } from '../../core/balance.js';
import type { UserStreamEvent, UserStreamSource } from '../../core/contract.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { signFrame } from './auth.js';
import { ErrorFrame, frameFailure } from './failures.js';
import { OrderStatus, standing } from './order-status.js';
import { userSocket } from './socket-terms.js';

/**
 * An order's change, and with `x: "TRADE"` its fill.
 *
 * @see Binance Spot API, user-data-stream.md, "Order update"
 */
export const ExecutionReport = t.type(
  {
    e: t.literal('executionReport'),
    s: t.string,
    c: t.string,
    C: t.string,
    x: t.string,
    X: OrderStatus,
    i: Int,
    z: DecimalFromString,
    l: DecimalFromString,
    L: DecimalFromString,
    Y: DecimalFromString,
    n: DecimalFromString,
    N: t.union([t.string, t.null]),
    T: Int,
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
export const AccountPosition = t.type(
  {
    e: t.literal('outboundAccountPosition'),
    u: Int,
    B: t.array(t.type({ a: t.string, f: DecimalFromString, l: DecimalFromString })),
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

const EventFrame = t.type({ event: Event }, 'EventFrame');
const Subscribed = t.type(
  { status: t.literal(200), result: t.type({ subscriptionId: t.number }) },
  'Subscribed',
);
/** The answer to a ping, be it a refusal: somebody is there. */
const Pong = t.type({ id: t.literal('ping') }, 'Pong');
const Frame = t.union([EventFrame, Pong, Subscribed, ErrorFrame], 'UserStreamFrame');

/** A cancel and an amendment carry their own id in `c`, and the order's in `C`. */
const clientOrderId = ({ x, c, C }: ExecutionReport): string =>
  (x === 'CANCELED' || x === 'REPLACED') && C !== '' ? C : c;

const evidence = (report: ExecutionReport, { pair, quote }: TradingRule): UserStreamEvent[] => {
  const exchangeOrderId = `${report.i}`;
  const update: UserStreamEvent = {
    kind: 'order',
    pair,
    clientOrderId: clientOrderId(report),
    exchangeOrderId,
    ...standing(report.X),
    executedAmount: report.z,
    time: report.T,
  };
  if (report.x !== 'TRADE') return [update];
  const trade: UserStreamEvent = {
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
  };
  return [trade, update];
};

const balanceUpdate = ({ B, u }: AccountPosition): BalanceUpdate => ({
  kind: 'balances',
  balances: new Map(
    B.map(({ a, f, l }): [string, Balance] => [a, { total: f.plus(l), available: f }]),
  ),
  time: u,
});

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
  decode: (input, rules) =>
    map((frame: t.TypeOf<typeof Frame>): UserStreamEvent[] => {
      if (Pong.is(frame)) return [];
      if ('result' in frame) return [{ kind: 'subscribed' }];
      if ('error' in frame) return [{ kind: 'refused', failure: frameFailure(frame) }];
      const { event } = frame;
      switch (event.e) {
        case 'executionReport': {
          const rule = rules.bySymbol.get(event.s);
          return rule === undefined ? [] : evidence(event, rule);
        }
        case 'outboundAccountPosition':
          return [balanceUpdate(event)];
        case 'eventStreamTerminated':
          return [{ kind: 'ended' }];
        case 'serverShutdown':
          return [{ kind: 'ending' }];
        default:
          return [];
      }
    })(Frame.decode(input)),
};
