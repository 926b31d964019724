import * as kit from '../../exchange.js';
import { marketDataBy, TakerSide } from '../binance-shared/market-data.js';

/**
 * `{"e":"trade","E":1672515782136,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","T":1672515782136,"m":true}`
 *
 * @see Binance Spot API, web-socket-streams.md, "Trade Streams"
 */
const TradeMessage = kit.message('TradeMessage', {
  always: { e: 'trade' },
  ids: { tradeId: 't' },
  decimals: { price: 'p', amount: 'q' },
  ints: { time: 'T' },
  codecs: { side: ['m', TakerSide] },
});

/**
 * `[{"id":28457,"price":"4.00","qty":"12.0","quoteQty":"48.0","time":1499865549590,"isBuyerMaker":true,"isBestMatch":true}]`
 *
 * @see Binance Spot API, rest-api.md, "Old trade lookup"
 */
const HistoricalTrade = kit.message('HistoricalTrade', {
  ids: { tradeId: 'id' },
  decimals: { price: 'price', amount: 'qty' },
  ints: { time: 'time' },
  codecs: { side: ['isBuyerMaker', TakerSide] },
});

/**
 * What is public of a market. The question for old trades is a public call, for all that its name says.
 *
 * The exchange's procedure for a local book: open the stream and keep what arrives; take a snapshot;
 * drop diffs with `u <= lastUpdateId`; the first one kept must reach back to `lastUpdateId + 1`; each
 * later one must begin where the last one ended, or the book is thrown away.
 *
 * @see Binance Spot API, web-socket-streams.md, "How to manage a local order book correctly"
 */
export const marketData = marketDataBy({
  calls: {
    ping: kit.publicCall('GET /api/v3/ping', { weight: 1, requests: 1 }),
    time: kit.publicCall('GET /api/v3/time', { weight: 1, requests: 1 }),
    lastPrice: kit.publicCall('GET /api/v3/ticker/price', { weight: 2, requests: 1 }),
    depth: kit.publicCall('GET /api/v3/depth', { weight: 50, requests: 1 }),
    trades: kit.publicCall('GET /api/v3/historicalTrades', { weight: 25, requests: 1 }),
  },
  links: { attach: kit.diffsInSequence, follow: kit.diffsInSequence },
  stream: 'trade',
  trade: TradeMessage,
  oldTrades: kit.listOf(HistoricalTrade),
});
