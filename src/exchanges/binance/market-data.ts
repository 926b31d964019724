import { isLeft, map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, FloatFromString, Int } from '../../core/codecs.js';
import type { BookDiff, BookSnapshot, LevelMessage } from '../../core/book-message.js';
import type {
  Channel,
  Endpoint,
  OrderBookSource,
  Params,
  PublicTradesSource,
  StreamFrame,
  StreamProtocol,
} from '../../core/contract.js';
import type { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { PublicTrade } from '../../core/trade.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { marketSocket } from './socket-terms.js';

const Level = t.tuple([FloatFromString, FloatFromString], 'Level');

/** Levels up to the first that is none: of a huge message that is not what it should be, one error is enough. */
const Levels = new t.Type<readonly LevelMessage[], unknown, unknown>(
  'Levels',
  (value): value is LevelMessage[] => Array.isArray(value),
  (input, context) => {
    if (!Array.isArray(input)) return t.failure(input, context);
    const levels: LevelMessage[] = [];
    for (const [index, item] of input.entries()) {
      const level = Level.validate(item, context);
      if (isLeft(level)) return t.failure(item, t.appendContext(context, `${index}`, Level, item));
      levels.push(level.right);
    }
    return t.success(levels);
  },
  t.identity,
);

/**
 * `{"lastUpdateId":1027024,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]]}`
 *
 * @see Binance Spot API, rest-api.md, "Order book"
 */
export const DepthSnapshot = t.type(
  { lastUpdateId: Int, bids: Levels, asks: Levels },
  'DepthSnapshot',
);

/**
 * `{"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[]}`
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"
 */
export const DepthUpdate = t.type(
  { e: t.literal('depthUpdate'), E: Int, U: Int, u: Int, b: Levels, a: Levels },
  'DepthUpdate',
);

/**
 * `{"e":"trade","E":1672515782136,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","T":1672515782136,"m":true}`
 *
 * @see Binance Spot API, web-socket-streams.md, "Trade Streams"
 */
export const TradeMessage = t.type(
  {
    e: t.literal('trade'),
    t: Int,
    p: DecimalFromString,
    q: DecimalFromString,
    T: Int,
    m: t.boolean,
  },
  'TradeMessage',
);

/**
 * `[{"id":28457,"price":"4.00","qty":"12.0","quoteQty":"48.0","time":1499865549590,"isBuyerMaker":true,"isBestMatch":true}]`
 *
 * @see Binance Spot API, rest-api.md, "Old trade lookup"
 */
export const HistoricalTrades = t.array(
  t.type({
    id: Int,
    price: DecimalFromString,
    qty: DecimalFromString,
    time: Int,
    isBuyerMaker: t.boolean,
  }),
  'HistoricalTrades',
);

/**
 * The exchange's procedure for a local book: open the stream and keep what arrives; take a snapshot;
 * drop diffs with `u <= lastUpdateId`; the first one kept must reach back to `lastUpdateId + 1`; each
 * later one must begin where the last one ended, or the book is thrown away.
 *
 * @see Binance Spot API, web-socket-streams.md, "How to manage a local order book correctly"
 */
const link: OrderBookSource['follow'] = (lastUpdateId, diff) => {
  if (diff.lastUpdateId <= lastUpdateId) return 'stale';
  return diff.firstUpdateId > lastUpdateId + 1 ? 'gap' : 'next';
};

/** The order book: 1,000 levels a side, then diffs every 100 ms. */
export const orderBook: OrderBookSource = {
  type: 'snapshotAndDiffs',
  snapshot: {
    method: 'GET',
    path: '/api/v3/depth',
    signed: false,
    priority: 'market_data',
    weights: { weight: 50, requests: 1 },
    params: ({ rule }) => ({ symbol: rule.symbol, limit: '1000' }),
    decode: (body) =>
      map(({ lastUpdateId, bids, asks }: t.TypeOf<typeof DepthSnapshot>): BookSnapshot => ({
        updateId: lastUpdateId,
        bids,
        asks,
      }))(DepthSnapshot.decode(body)),
  },
  diffs: {
    topic: ({ symbol }) => `${symbol.toLowerCase()}@depth@100ms`,
    decode: (data) =>
      map(({ U, u, b, a, E }: t.TypeOf<typeof DepthUpdate>): BookDiff => ({
        firstUpdateId: U,
        lastUpdateId: u,
        bids: b,
        asks: a,
        time: E,
      }))(DepthUpdate.decode(data)),
  },
  attach: link,
  follow: link,
};

/** The buyer being the maker means that the taker sold. */
const takerSide = (buyerIsMaker: boolean): Side => (buyerIsMaker ? 'sell' : 'buy');

const channel: Channel<PublicTrade> = {
  topic: ({ symbol }) => `${symbol.toLowerCase()}@trade`,
  decode: (data, { pair }) =>
    map((trade: t.TypeOf<typeof TradeMessage>): PublicTrade => ({
      pair,
      tradeId: `${trade.t}`,
      side: takerSide(trade.m),
      price: trade.p,
      amount: trade.q,
      time: trade.T,
    }))(TradeMessage.decode(data)),
};

/** The most that the exchange gives in one answer. */
const TRADES_A_PAGE = 1_000;

/** `GET /api/v3/historicalTrades`: a public call, for all that its name says. */
const since: PublicTradesSource['since'] = {
  method: 'GET',
  path: '/api/v3/historicalTrades',
  signed: false,
  priority: 'market_data',
  weights: { weight: 25, requests: 1 },
  params: ({ rule: { symbol }, tradeId }): Params =>
    tradeId === undefined
      ? { symbol, limit: '1' }
      : { symbol, limit: `${TRADES_A_PAGE}`, fromId: `${Number(tradeId) + 1}` },
  decode: (body, { rule: { pair } }) =>
    map((trades: t.TypeOf<typeof HistoricalTrades>) =>
      trades.map(({ id, isBuyerMaker, price, qty, time }): PublicTrade => ({
        pair,
        tradeId: `${id}`,
        side: takerSide(isBuyerMaker),
        price,
        amount: qty,
        time,
      })),
    )(HistoricalTrades.decode(body)),
};

/** Public trades. The ids of a market run on without holes. */
export const trades: PublicTradesSource = {
  channel,
  since,
  pageSize: TRADES_A_PAGE,
  follow: (lastTradeId, { tradeId }) => {
    const ahead = Number(tradeId) - Number(lastTradeId);
    if (ahead <= 0) return 'stale';
    return ahead === 1 ? 'next' : 'gap';
  },
};

const Data = t.type({ stream: t.string, data: t.unknown }, 'CombinedStreamFrame');
const Acknowledgement = t.type({ result: t.null, id: t.number }, 'Acknowledgement');
const Subscriptions = t.type({ result: t.array(t.string), id: t.number }, 'Subscriptions');
const Refusal = t.union([
  t.type({ code: t.number, msg: t.string, id: t.union([t.number, t.null, t.undefined]) }),
  t.type({
    error: t.type({ code: t.number, msg: t.string }),
    id: t.union([t.number, t.null, t.undefined]),
  }),
]);
const Frame = t.union([Data, Acknowledgement, Subscriptions, Refusal], 'MarketStreamFrame');

/**
 * Combined streams: one socket, channels by SUBSCRIBE and UNSUBSCRIBE.
 *
 * @see Binance Spot API, web-socket-streams.md, "Live Subscribing/Unsubscribing to streams"
 */
export const streams: StreamProtocol = {
  socket: marketSocket,
  url: ({ stream }) => `${stream}/stream`,
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  ping: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
  read: (input) =>
    map((frame: t.TypeOf<typeof Frame>): StreamFrame => {
      if ('stream' in frame)
        return frame.stream === '!serverShutdown'
          ? { type: 'ending' }
          : { type: 'data', topic: frame.stream, data: frame.data };
      if ('result' in frame)
        return frame.result === null
          ? { type: 'acknowledged', id: frame.id }
          : { type: 'pong', id: frame.id, topics: frame.result };
      const { msg } = 'error' in frame ? frame.error : frame;
      return { type: 'refused', id: frame.id ?? undefined, message: msg };
    })(Frame.decode(input)),
  limits: { topicsPerSocket: 1024, topicsPerMessage: 200, messagesPerSecond: 5 },
};

/**
 * `{"symbol":"LTCBTC","price":"4.00000200"}`
 *
 * @see Binance Spot API, rest-api.md, "Symbol price ticker"
 */
export const PriceTicker = t.type({ price: DecimalFromString }, 'PriceTicker');

/** `GET /api/v3/ticker/price` */
export const lastPrice: Endpoint<{ readonly rule: TradingRule }, Decimal> = {
  method: 'GET',
  path: '/api/v3/ticker/price',
  signed: false,
  priority: 'place',
  weights: { weight: 2, requests: 1 },
  params: ({ rule }) => ({ symbol: rule.symbol }),
  decode: (body) =>
    map(({ price }: t.TypeOf<typeof PriceTicker>) => price)(PriceTicker.decode(body)),
};
