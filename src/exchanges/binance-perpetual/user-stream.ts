import * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { evidenceOf } from '../binance-shared/orders.js';
import { marketSocket } from '../binance-shared/streams.js';
import { PositionSide } from './perpetual.js';
import { keyIsGone } from './refusals.js';

/**
 * An order's change, and with `x` being `TRADE` or `CALCULATED` its fill. What it cost (`N`, `n`) may be left out.
 *
 * @see USDⓈ-M Futures API, user data streams, "Event: Order Update"
 */
const Order = kit.message('Order', {
  texts: { symbol: 's', clientOrderId: 'c', timeInForce: 'f', execution: 'x', status: 'X' },
  ids: { exchangeOrderId: 'i', tradeId: 't' },
  ints: { time: 'T' },
  decimals: { size: 'q', amount: 'l', executedAmount: 'z', price: 'L', realizedPnl: 'rp' },
  codecs: { liquidity: ['m', kit.either('maker', 'taker')] },
  optional: { texts: { feeAsset: 'N', expiryReason: 'er' }, decimals: { feeAmount: 'n' } },
});
type Order = kit.Told<typeof Order>;

/** Liquidations are fills too. */
const isFill = ({ execution, tradeId }: Order): boolean =>
  (execution === 'TRADE' || execution === 'CALCULATED') && Number(tradeId) > 0;

const MarginMode = kit.words('MarginMode', { cross: 'cross', isolated: 'isolated' });

/**
 * The balances and positions that changed, and why.
 *
 * @see USDⓈ-M Futures API, user data streams, "Event: Balance and Position Update"
 */
const Holding = kit.message('Holding', { texts: { asset: 'a' }, decimals: { total: 'wb' } });
const ChangedPosition = kit.message('ChangedPosition', {
  texts: { symbol: 's' },
  decimals: { amount: 'pa', entryPrice: 'ep', unrealizedPnl: 'up' },
  codecs: { side: ['ps', PositionSide], marginMode: ['mt', MarginMode] },
});
const AccountUpdate = kit.message('AccountUpdate', {
  ints: { time: 'T' },
  texts: { reason: 'a.m' },
  lists: { holdings: ['a.B', Holding], positions: ['a.P', ChangedPosition] },
});

const accountUpdate = (
  { time, reason, holdings, ...told }: kit.Told<typeof AccountUpdate>,
  rules: kit.TradingRules,
): readonly kit.UserStreamEvent[] => {
  const positions = kit.withPairs(told.positions, rules).map((position) => ({ time, ...position }));
  const totals = new Map(holdings.map(({ asset, total }) => [asset, total]));
  const events: kit.UserStreamEvent[] = [];
  if (totals.size > 0) events.push({ kind: 'totals', totals, time });
  if (positions.length > 0) events.push({ kind: 'positions', positions });
  if (reason === 'FUNDING_FEE') events.push({ kind: 'funding', time });
  return events;
};

/** A leverage that was set; without `ac` it is about multi-assets mode. */
const Leverage = kit.message('Leverage', { texts: { symbol: 's' }, ints: { leverage: 'l' } });
const AccountConfigUpdate = kit.message('AccountConfigUpdate', {
  ints: { time: 'T' },
  optional: { codecs: { market: ['ac', Leverage] } },
});

/** @see USDⓈ-M Futures API, user data streams, "Event: Margin Call" */
const PositionAtRisk = kit.message('PositionAtRisk', {
  texts: { symbol: 's' },
  decimals: { amount: 'pa', markPrice: 'mp', unrealizedPnl: 'up', maintenanceMargin: 'mm' },
  codecs: { side: ['ps', PositionSide] },
});
const MarginCall = kit.message('MarginCall', {
  ints: { time: 'E' },
  lists: { positions: ['p', PositionAtRisk] },
});

const readEvent = kit.byTag<kit.TradingRules, kit.UserStreamEvent>(
  'e',
  {
    ORDER_TRADE_UPDATE: kit.inField(
      'o',
      kit.understanding(Order, (order, rules) => evidenceOf(order, rules, isFill(order))),
    ),
    ACCOUNT_UPDATE: kit.reading(AccountUpdate, accountUpdate),
    ACCOUNT_CONFIG_UPDATE: kit.reading(AccountConfigUpdate, ({ market, time }, rules) =>
      kit
        .withPairs(market ? [market] : [], rules)
        .map((told) => ({ kind: 'leverage', ...told, time })),
    ),
    MARGIN_CALL: kit.reading(MarginCall, ({ positions, time }, rules) => [
      { kind: 'margin_call', positions: kit.withPairs(positions, rules), time },
    ]),
    listenKeyExpired: kit.telling([{ kind: 'ended' }]),
  },
  // The first is a fill before its order's update, without what it cost; orders with conditions and of strategies are
  // not this library's.
  [
    'TRADE_LITE',
    'ALGO_UPDATE',
    'CONDITIONAL_ORDER_TRIGGER_REJECT',
    'STRATEGY_UPDATE',
    'GRID_UPDATE',
  ],
);

/** Raw events, and answers to pings, be they refusals: somebody is there. */
const readFrame = kit.byField<kit.TradingRules, readonly kit.UserStreamEvent[]>({
  e: readEvent,
  id: kit.reading(t.type({ id: t.number }), () => []),
});

/** Where listen keys are made and kept alive; the header alone names the account. */
export const LISTEN_KEY = '/fapi/v1/listenKey';

/**
 * The account's events. A listen key lives for 60 minutes after it was made or kept alive.
 *
 * @see USDⓈ-M Futures API, user data streams, "Start User Data Stream", "Keepalive User Data Stream"
 */
export const userStream: kit.ListenKeyStream = {
  type: 'listenKey',
  socket: { ...marketSocket, priority: 'query' },
  create: {
    ...kit.accountCall(`POST ${LISTEN_KEY}`, { weight: 1 }),
    decode: kit.only('listenKey', kit.Text),
  },
  url: ({ wsApi }, key) => `${wsApi}/ws?listenKey=${encodeURIComponent(key)}`,
  keepAlive: { ...kit.accountCall(`PUT ${LISTEN_KEY}`, { weight: 1 }), decode: kit.anyAnswer },
  keepAliveEvery: 30 * kit.MINUTE,
  keyIsGone,
  // Requests are taken on this socket too ("Websocket User Data Request"), and any answer is one.
  ping: () => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id: 1 }),
  decode: (frame, rules) => readFrame(frame, rules),
};
