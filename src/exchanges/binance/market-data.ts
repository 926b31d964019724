import * as t from 'io-ts';
import { DecimalFromString, decimals, Int, ints, reading } from '../../core/codecs.js';
import { lastPriceBy, publicTrade, tradesBy } from '../binance-shared/market-data.js';

/**
 * `{"e":"trade","E":1672515782136,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","T":1672515782136,"m":true}`
 *
 * @see Binance Spot API, web-socket-streams.md, "Trade Streams"
 */
const TradeMessage = t.type(
  { e: t.literal('trade'), ...ints('t', 'T'), ...decimals('p', 'q'), m: t.boolean },
  'TradeMessage',
);

/**
 * `[{"id":28457,"price":"4.00","qty":"12.0","quoteQty":"48.0","time":1499865549590,"isBuyerMaker":true,"isBestMatch":true}]`
 *
 * @see Binance Spot API, rest-api.md, "Old trade lookup"
 */
const HistoricalTrade = t.type(
  { id: Int, price: DecimalFromString, qty: DecimalFromString, time: Int, isBuyerMaker: t.boolean },
  'HistoricalTrade',
);

/** Public trades. The question for old ones is a public call, for all that its name says. */
export const trades = tradesBy({
  stream: 'trade',
  path: '/api/v3/historicalTrades',
  weights: { weight: 25, requests: 1 },
  one: reading(TradeMessage, (trade, rule) => publicTrade(rule, trade.t, trade)),
  many: reading(t.array(HistoricalTrade), (trades, { rule }) =>
    trades.map(({ id, price: p, qty: q, time: T, isBuyerMaker: m }) =>
      publicTrade(rule, id, { p, q, T, m }),
    ),
  ),
});

export const lastPrice = lastPriceBy({
  path: '/api/v3/ticker/price',
  weights: { weight: 2, requests: 1 },
});
