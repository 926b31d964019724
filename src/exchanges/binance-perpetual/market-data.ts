import * as t from 'io-ts';
import { DecimalFromString, Int, reading } from '../../core/codecs.js';
import { lastPriceBy, publicTrade, tradesBy } from '../binance-shared/market-data.js';

/**
 * `{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true}`, by the
 * stream with `e` and `s` besides. Trades at one price, in one direction, at one time are one.
 *
 * @see USDⓈ-M Futures API, "Aggregate Trade Streams", "Compressed/Aggregate Trades List"
 */
const AggregateTrade = t.type(
  { a: Int, p: DecimalFromString, q: DecimalFromString, T: Int, m: t.boolean },
  'AggregateTrade',
);

/** Public trades, aggregated: what the exchange settles with its insurance fund or by deleveraging is not among them. */
export const trades = tradesBy({
  stream: 'aggTrade',
  path: '/fapi/v1/aggTrades',
  weights: { weight: 20 },
  one: reading(AggregateTrade, (trade, rule) => publicTrade(rule, trade.a, trade)),
  many: reading(t.array(AggregateTrade), (trades, { rule }) =>
    trades.map((trade) => publicTrade(rule, trade.a, trade)),
  ),
});

export const lastPrice = lastPriceBy({ path: '/fapi/v2/ticker/price', weights: { weight: 1 } });
