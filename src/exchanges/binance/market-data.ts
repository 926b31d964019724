import { map } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { DecimalFromString, Int } from '../../core/codecs.js';
import type { Channel, Endpoint, Params, PublicTradesSource } from '../../core/contract.js';
import type { Decimal } from '../../core/decimal.js';
import type { Side } from '../../core/order.js';
import type { PublicTrade } from '../../core/trade.js';
import type { TradingRule } from '../../core/trading-rule.js';

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
