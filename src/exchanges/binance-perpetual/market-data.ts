import * as kit from '../../exchange.js';
import { marketDataBy, TakerSide } from '../binance-shared/market-data.js';

/**
 * `{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true}`, by the
 * stream with `e` and `s` besides. Trades at one price, in one direction, at one time are one.
 *
 * @see USDⓈ-M Futures API, "Aggregate Trade Streams", "Compressed/Aggregate Trades List"
 */
const AggregateTrade = kit.message('AggregateTrade', {
  ids: { tradeId: 'a' },
  decimals: { price: 'p', amount: 'q' },
  ints: { time: 'T' },
  codecs: { side: ['m', TakerSide] },
});

/**
 * What is public of a market. Trades are aggregated: what the exchange settles with its insurance fund or by
 * deleveraging is not among them.
 *
 * The exchange's procedure for a local book: open the stream and keep what arrives; take a snapshot; drop
 * diffs with `u < lastUpdateId`; the first one kept must reach back to the snapshot; each later one has as
 * `pu` the `u` of the one before, or the book is thrown away. The ids of a market leave numbers out, so that
 * `U` does not tell whether anything is missing.
 *
 * @see USDⓈ-M Futures API, "How to manage a local order book correctly"
 */
export const marketData = marketDataBy({
  calls: {
    ping: kit.publicCall('GET /fapi/v1/ping', { weight: 1 }),
    time: kit.publicCall('GET /fapi/v1/time', { weight: 1 }),
    lastPrice: kit.publicCall('GET /fapi/v2/ticker/price', { weight: 1 }),
    depth: kit.publicCall('GET /fapi/v1/depth', { weight: 20 }),
    trades: kit.publicCall('GET /fapi/v1/aggTrades', { weight: 20 }),
  },
  links: kit.diffsByPrevious,
  stream: 'aggTrade',
  trade: AggregateTrade,
  oldTrades: kit.listOf(AggregateTrade),
});
