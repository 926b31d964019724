import type * as t from 'io-ts';
import * as kit from '../../exchange.js';
import { scanDepth } from './scan-depth.js';

/** A call about one market, and nothing else. */
export const ofMarket = ({ rule }: { readonly rule: kit.TradingRule }): kit.Params => ({
  symbol: rule.symbol,
});

/**
 * `{"lastUpdateId":1027024,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]]}`
 *
 * @see Binance Spot API, rest-api.md, "Order book"; USDⓈ-M Futures API, "Order Book"
 */
const DepthSnapshot = kit.message('DepthSnapshot', {
  ints: { updateId: 'lastUpdateId' },
  codecs: { bids: ['bids', kit.Levels], asks: ['asks', kit.Levels] },
});

/**
 * `{"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[]}`, of
 * futures with `pu` besides.
 *
 * @see Binance Spot API, web-socket-streams.md, "Diff. Depth Stream"; USDⓈ-M Futures API, "Diff. Book Depth Streams"
 */
const DepthUpdate = kit.message('DepthUpdate', {
  always: { e: 'depthUpdate' },
  ints: { time: 'E', firstUpdateId: 'U', lastUpdateId: 'u' },
  codecs: { bids: ['b', kit.Levels], asks: ['a', kit.Levels] },
  optional: { ints: { previousUpdateId: 'pu' } },
});

/** By whether the buyer was the maker: then the taker sold. */
export const TakerSide = kit.either('sell', 'buy');

type Trade = Omit<kit.PublicTrade, 'pair'>;

/** How the markets of one kind are asked, and how they tell of trades. */
export interface MarketTerms {
  readonly calls: Readonly<Record<'ping' | 'time' | 'lastPrice' | 'depth' | 'trades', kit.Call>>;
  /** How the diffs of a book chain. */
  readonly links: Pick<kit.OrderBookSource, 'attach' | 'follow'>;
  /** What trades are called on the socket. */
  readonly stream: string;
  /** A trade on the socket, and those of the past. */
  readonly trade: t.Decoder<unknown, Trade>;
  readonly oldTrades: t.Decoder<unknown, readonly Trade[]>;
}

type MarketData = Pick<kit.Exchange, 'ping' | 'time' | 'lastPrice' | 'orderBook' | 'trades'>;

/** The most that the exchange gives in one answer. */
const TRADES_A_PAGE = 1_000;

/**
 * What is public of the markets of one kind: order books of 1,000 levels a side, then diffs every 100 ms; trades,
 * whose ids run on without holes in each market.
 */
export const marketDataBy = ({ calls, links, ...told }: MarketTerms): MarketData => ({
  ping: { ...calls.ping, decode: kit.anyAnswer },
  /** `{"serverTime":1699999999123}` */
  time: { ...calls.time, decode: kit.only('serverTime', kit.Int) },
  /**
   * `{"symbol":"LTCBTC","price":"4.00000200"}`
   *
   * @see Binance Spot API, rest-api.md, "Symbol price ticker"; USDⓈ-M Futures API, "Symbol Price Ticker V2"
   */
  lastPrice: {
    ...calls.lastPrice,
    priority: 'place',
    params: ofMarket,
    decode: kit.only('price', kit.DecimalFromString),
  },
  orderBook: {
    type: 'snapshotAndDiffs',
    snapshot: {
      ...calls.depth,
      priority: 'market_data',
      params: (market) => ({ ...ofMarket(market), limit: '1000' }),
      decode: (body) => DepthSnapshot.decode(body),
    },
    diffs: {
      topic: ({ symbol }) => `${symbol.toLowerCase()}@depth@100ms`,
      decode: (data) => DepthUpdate.decode(data),
    },
    scan: scanDepth,
    ...links,
  },
  trades: {
    channel: {
      topic: ({ symbol }) => `${symbol.toLowerCase()}@${told.stream}`,
      decode: kit.reading(told.trade, (trade, { pair }) => ({ pair, ...trade })),
    },
    since: {
      ...calls.trades,
      priority: 'market_data',
      params: ({ rule: { symbol }, tradeId }): kit.Params =>
        tradeId === undefined
          ? { symbol, limit: '1' }
          : { symbol, limit: `${TRADES_A_PAGE}`, fromId: `${Number(tradeId) + 1}` },
      decode: kit.reading(told.oldTrades, (trades, { rule: { pair } }) =>
        trades.map((trade) => ({ pair, ...trade })),
      ),
    },
    pageSize: TRADES_A_PAGE,
    follow: kit.tradesInSequence,
  },
});
