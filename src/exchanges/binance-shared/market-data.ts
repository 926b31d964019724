import * as t from 'io-ts';
import { DecimalFromString, reading } from '../../core/codecs.js';
import type { Channel, Exchange, PublicTradesSource } from '../../core/contract.js';
import type { Decimal } from '../../core/decimal.js';
import type { PublicTrade } from '../../core/trade.js';
import type { TradingRule } from '../../core/trading-rule.js';
import { ofMarket, question, type Terms } from './calls.js';

/** A trade in the exchange's fields: price, amount, time, and whether the buyer was the maker. */
interface Traded {
  readonly p: Decimal;
  readonly q: Decimal;
  readonly T: number;
  readonly m: boolean;
}

/** A trade in this library's terms; the buyer being the maker means that the taker sold. */
export const publicTrade = (
  { pair }: TradingRule,
  id: number,
  { p, q, T, m }: Traded,
): PublicTrade => ({
  pair,
  tradeId: `${id}`,
  side: m ? 'sell' : 'buy',
  price: p,
  amount: q,
  time: T,
});

/** Where trades are told. */
export interface TradeTerms extends Terms {
  /** What the stream is called. */
  readonly stream: string;
  readonly one: Channel<PublicTrade>['decode'];
  readonly many: PublicTradesSource['since']['decode'];
}

/** The most that the exchange gives in one answer. */
const TRADES_A_PAGE = 1_000;

/** Public trades. The ids of a market run on without holes. */
export const tradesBy = ({ stream, one, many, ...terms }: TradeTerms): PublicTradesSource => ({
  channel: { topic: ({ symbol }) => `${symbol.toLowerCase()}@${stream}`, decode: one },
  since: {
    ...question,
    ...terms,
    priority: 'market_data',
    params: ({ rule: { symbol }, tradeId }): Record<string, string> =>
      tradeId === undefined
        ? { symbol, limit: '1' }
        : { symbol, limit: `${TRADES_A_PAGE}`, fromId: `${Number(tradeId) + 1}` },
    decode: many,
  },
  pageSize: TRADES_A_PAGE,
  follow: (lastTradeId, { tradeId }) => {
    const ahead = Number(tradeId) - Number(lastTradeId);
    if (ahead <= 0) return 'stale';
    return ahead === 1 ? 'next' : 'gap';
  },
});

/**
 * `{"symbol":"LTCBTC","price":"4.00000200"}`
 *
 * @see Binance Spot API, rest-api.md, "Symbol price ticker"; USDⓈ-M Futures API, "Symbol Price Ticker V2"
 */
const PriceTicker = t.type({ price: DecimalFromString }, 'PriceTicker');

/** The price of the last trade. */
export const lastPriceBy = (terms: Terms): Exchange['lastPrice'] => ({
  ...question,
  ...terms,
  priority: 'place',
  params: ofMarket,
  decode: reading(PriceTicker, ({ price }) => price),
});
