import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { reading } from '../../core/codecs.js';
import type { ListenKeyStream, UserStreamEvent } from '../../core/contract.js';
import { ZERO } from '../../core/decimal.js';
import type { OrderUpdate, TradeUpdate } from '../../core/order.js';
import type { PositionAtRisk } from '../../core/position.js';
import type { TradingRule, TradingRules } from '../../core/trading-rule.js';
import { accountQuestion } from '../binance-shared/calls.js';
import { OrderStatus, standingOf, type Standing } from '../binance-shared/order-status.js';
import { withPostOnly } from '../binance-shared/orders.js';
import { marketSocket } from '../binance-shared/socket-terms.js';
import { keyIsGone } from './failures.js';
import { sideOf } from './perpetual.js';
import { Frame, type AccountUpdate, type MarginCall, type Order } from './user-events.js';

/** Liquidations are fills too. */
const isFill = ({ x, t: tradeId }: Order): boolean =>
  (x === 'TRADE' || x === 'CALCULATED') && tradeId > 0;

/** Orders with which the exchange liquidates have a status of their own that does not say whether they are over. */
const standing = ({ X, z, q, f }: Order): Standing | undefined => {
  const said = standingOf(X, z);
  if (said?.status === 'open' && z.eq(q)) return { status: 'filled' };
  return said && withPostOnly(said, f, z);
};

const orderUpdate = (order: Order, { pair }: TradingRule, now: Standing): OrderUpdate => ({
  kind: 'order',
  pair,
  clientOrderId: order.c,
  exchangeOrderId: `${order.i}`,
  ...now,
  executedAmount: order.z,
  time: order.T,
});

const tradeUpdate = (order: Order, { pair, collateral, quote }: TradingRule): TradeUpdate => ({
  kind: 'trade',
  pair,
  tradeId: `${order.t}`,
  exchangeOrderId: `${order.i}`,
  price: order.L,
  amount: order.l,
  quoteAmount: order.L.times(order.l),
  fee: { asset: order.N ?? collateral?.buy ?? quote, amount: order.n ?? ZERO },
  realizedPnl: order.rp,
  liquidity: order.m ? 'maker' : 'taker',
  time: order.T,
});

/** A fill is not lost for a status that is not known yet; without one such an update is not understood. */
const evidence = (order: Order, { bySymbol }: TradingRules): t.Validation<UserStreamEvent[]> => {
  const rule = bySymbol.get(order.s);
  if (rule === undefined) return t.success([]);
  const now = standing(order);
  if (isFill(order))
    return t.success([
      tradeUpdate(order, rule),
      orderUpdate(order, rule, now ?? { status: 'open' }),
    ]);
  return now === undefined
    ? t.failure(order.X, [{ key: '', type: OrderStatus }])
    : t.success([orderUpdate(order, rule, now)]);
};

/** Those of the markets that are known, in this library's terms. */
const ofMarkets = <Message extends { readonly s: string }, Told>(
  messages: readonly Message[],
  { bySymbol }: TradingRules,
  told: (message: Message, rule: TradingRule) => Told,
): readonly Told[] =>
  messages.flatMap((message) => {
    const rule = bySymbol.get(message.s);
    return rule === undefined ? [] : [told(message, rule)];
  });

const accountUpdate = ({ T: time, a }: AccountUpdate, rules: TradingRules): UserStreamEvent[] => {
  const positions = ofMarkets(a.P, rules, ({ ps, pa, ep, up, mt }, { pair }) => ({
    pair,
    side: sideOf[ps],
    amount: pa,
    entryPrice: ep,
    unrealizedPnl: up,
    marginMode: mt,
    time,
  }));
  const events: UserStreamEvent[] = [];
  if (a.B.length > 0)
    events.push({
      kind: 'totals',
      totals: new Map(a.B.map(({ a: asset, wb }) => [asset, wb])),
      time,
    });
  if (positions.length > 0) events.push({ kind: 'positions', positions });
  if (a.m === 'FUNDING_FEE') events.push({ kind: 'funding', time });
  return events;
};

const atRisk = ({ p }: MarginCall, rules: TradingRules): readonly PositionAtRisk[] =>
  ofMarkets(p, rules, ({ ps, pa, mp, up, mm }, { pair }) => ({
    pair,
    side: sideOf[ps],
    amount: pa,
    markPrice: mp,
    unrealizedPnl: up,
    maintenanceMargin: mm,
  }));

const told = (
  frame: t.TypeOf<typeof Frame>,
  rules: TradingRules,
): t.Validation<readonly UserStreamEvent[]> => {
  if ('id' in frame) return t.success([]);
  switch (frame.e) {
    case 'ORDER_TRADE_UPDATE':
      return evidence(frame.o, rules);
    case 'ACCOUNT_UPDATE':
      return t.success(accountUpdate(frame, rules));
    case 'ACCOUNT_CONFIG_UPDATE':
      return t.success(
        ofMarkets(frame.ac === undefined ? [] : [frame.ac], rules, ({ l }, { pair }) => ({
          kind: 'leverage',
          pair,
          leverage: l,
          time: frame.T,
        })),
      );
    case 'MARGIN_CALL':
      return t.success([{ kind: 'margin_call', positions: atRisk(frame, rules), time: frame.E }]);
    case 'listenKeyExpired':
      return t.success([{ kind: 'ended' }]);
    default:
      return t.success([]);
  }
};

/** Where listen keys are made and kept alive; the header alone names the account. */
export const LISTEN_KEY = '/fapi/v1/listenKey';
const KEEP_ALIVE_EVERY = 30 * 60_000;

/**
 * The account's events. A listen key lives for 60 minutes after it was made or kept alive.
 *
 * @see USDⓈ-M Futures API, user data streams, "Start User Data Stream", "Keepalive User Data Stream"
 */
export const userStream: ListenKeyStream = {
  type: 'listenKey',
  socket: { ...marketSocket, priority: 'query' },
  create: {
    ...accountQuestion,
    method: 'POST',
    path: LISTEN_KEY,
    weights: { weight: 1 },
    decode: reading(t.type({ listenKey: t.string }), ({ listenKey }) => listenKey),
  },
  url: ({ wsApi }, key) => `${wsApi}/ws?listenKey=${encodeURIComponent(key)}`,
  keepAlive: {
    ...accountQuestion,
    method: 'PUT',
    path: LISTEN_KEY,
    weights: { weight: 1 },
    decode: (body) => t.UnknownRecord.decode(body),
  },
  keepAliveEvery: KEEP_ALIVE_EVERY,
  keyIsGone,
  // Requests are taken on this socket too ("Websocket User Data Request"), and any answer is one.
  ping: () => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id: 1 }),
  decode: (input, rules) => {
    const frame = Frame.decode(input);
    return isRight(frame) ? told(frame.right, rules) : frame;
  },
};
