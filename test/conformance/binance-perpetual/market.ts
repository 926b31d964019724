import { notApplicable, type ConformanceFixtures } from 'rxchange/testing';
import { messages } from '../../exchanges/binance-perpetual/support.js';

// Source: USDⓈ-M Futures API, market data and market streams; see test/fixtures/binance-perpetual/README.md.

const exchangeInfo = messages('exchange-info');
const { price } = messages('market-data');
const [btcUsdt, ethUsdc] = exchangeInfo.symbols as readonly Readonly<Record<string, unknown>>[];

const depthUpdate = (ids: object, b: string[][], a: string[][]) => ({
  stream: 'btcusdt@depth@100ms',
  data: {
    ...{ e: 'depthUpdate', E: 1_772_600_760_201, T: 1_772_600_760_195, s: 'BTCUSDT' },
    ...{ ps: 'BTCUSDT', st: 1, ...ids, b, a },
  },
});
const told = { time: 1_772_600_760_201 };

const aggTrade = (a: number, p: string, q: string, m: boolean) => ({
  stream: 'btcusdt@aggTrade',
  data: {
    ...{ e: 'aggTrade', E: 1_772_600_760_249, a, s: 'BTCUSDT', p, q, nq: q, f: 100, l: 105 },
    ...{ T: 1_772_600_760_200, m, st: 1 },
  },
});
const oldTrade = (a: number, p: string, q: string, m: boolean) => aggTrade(a, p, q, m).data;
const trade = { pair: 'BTC-USDT', time: 1_772_600_760_200 } as const;

/** The market and all that is public of it. */
export const market: Pick<
  ConformanceFixtures,
  'market' | 'rules' | 'time' | 'ping' | 'streams' | 'book' | 'trades' | 'lastPrice'
> = {
  market: {
    pair: 'BTC-USDT',
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    tradable: true,
    orderTypes: ['limit', 'limit_maker', 'market'],
    minPrice: '261.1',
    maxPrice: '809484',
    priceStep: '0.1',
    minAmount: '0.001',
    maxAmount: '1000',
    amountStep: '0.001',
    minNotional: '50',
    maxNotional: 'Infinity',
    market: {
      minAmount: '0.001',
      maxAmount: '120',
      amountStep: '0.001',
      minNotional: '50',
      maxNotional: 'Infinity',
      byQuoteAmount: false,
      quoteAmountStep: '0',
    },
    selfTradePrevention: ['none', 'expire_taker', 'expire_maker', 'expire_both'],
    maxOpenOrders: 200,
    collateral: { buy: 'USDT', sell: 'USDT' },
  },
  rules: {
    request: { method: 'GET', path: '/fapi/v1/exchangeInfo' },
    answer: exchangeInfo,
    markets: [
      { symbol: 'BTCUSDT', pair: 'BTC-USDT', tradable: true },
      { symbol: 'ETHUSDC', pair: 'ETH-USDC', tradable: false },
      { symbol: 'TSLAUSDT', pair: 'TSLA-USDT', tradable: true },
    ],
    unreadable: {
      answer: { ...exchangeInfo, symbols: [btcUsdt, { ...ethUsdc, marginAsset: undefined }] },
      symbol: 'ETHUSDC',
    },
    limits: {
      weight: { limit: 2_400, interval: 60_000 },
      ordersMinute: { limit: 1_200, interval: 60_000 },
      orders10s: { limit: 300, interval: 10_000 },
    },
  },
  time: {
    request: { method: 'GET', path: '/fapi/v1/time' },
    answer: { raw: { serverTime: 1_499_827_319_559 }, means: 1_499_827_319_559 },
  },
  ping: { request: { method: 'GET', path: '/fapi/v1/ping' }, answer: {} },
  streams: {
    subscribe: {
      topics: ['btcusdt@aggTrade', 'btcusdt@depth'],
      id: 1,
      frame: { method: 'SUBSCRIBE', params: ['btcusdt@aggTrade', 'btcusdt@depth'], id: 1 },
    },
    unsubscribe: {
      topics: ['btcusdt@depth'],
      id: 312,
      frame: { method: 'UNSUBSCRIBE', params: ['btcusdt@depth'], id: 312 },
    },
    ping: { id: 3, frame: { method: 'LIST_SUBSCRIPTIONS', id: 3 } },
    acknowledged: (id) => ({ result: null, id }),
    refused: (id) => ({ error: { code: 2, msg: 'Invalid request' }, id }),
    pong: (id, topics) => ({ result: topics, id }),
    ending: notApplicable('its sockets end without a word'),
    limits: { topicsPerSocket: 1_024, topicsPerMessage: 200, messagesPerSecond: 5 },
  },
  book: {
    topic: 'btcusdt@depth@100ms',
    url: 'wss://fstream.binance.com/public/stream',
    snapshot: {
      request: {
        method: 'GET',
        path: '/fapi/v1/depth',
        params: { symbol: 'BTCUSDT', limit: '1000' },
      },
      answer: {
        raw: {
          ...{ lastUpdateId: 1_027_024, E: 1_772_600_760_100, T: 1_772_600_760_090 },
          bids: [
            ['50000.00', '1.500'],
            ['49999.90', '0.001'],
          ],
          asks: [
            ['50000.10', '12.000'],
            ['50000.40', '3.000'],
          ],
        },
        means: {
          updateId: 1_027_024,
          bids: [
            [50_000, 1.5],
            [49_999.9, 0.001],
          ],
          asks: [
            [50_000.1, 12],
            [50_000.4, 3],
          ],
        },
      },
    },
    diffs: [
      {
        raw: depthUpdate(
          { U: 1_027_030, u: 1_027_041, pu: 1_027_024 },
          [
            ['49999.50', '2.250'],
            ['49999.90', '0.000'],
          ],
          [['50000.10', '11.000']],
        ),
        means: {
          ...{ firstUpdateId: 1_027_030, lastUpdateId: 1_027_041, previousUpdateId: 1_027_024 },
          bids: [
            [49_999.5, 2.25],
            [49_999.9, 0],
          ],
          asks: [[50_000.1, 11]],
          ...told,
        },
      },
      {
        raw: depthUpdate(
          { U: 1_027_050, u: 1_027_061, pu: 1_027_041 },
          [['49998.00', '0.100']],
          [],
        ),
        means: {
          ...{ firstUpdateId: 1_027_050, lastUpdateId: 1_027_061, previousUpdateId: 1_027_041 },
          bids: [[49_998, 0.1]],
          asks: [],
          ...told,
        },
      },
      {
        raw: depthUpdate(
          { U: 1_027_062, u: 1_027_071, pu: 1_027_061 },
          [],
          [['50000.40', '0.000']],
        ),
        means: {
          ...{ firstUpdateId: 1_027_062, lastUpdateId: 1_027_071, previousUpdateId: 1_027_061 },
          bids: [],
          asks: [[50_000.4, 0]],
          ...told,
        },
      },
    ],
    checksum: notApplicable('its books have none'),
  },
  trades: {
    topic: 'btcusdt@aggTrade',
    url: 'wss://fstream.binance.com/market/stream',
    bought: {
      raw: aggTrade(26_128, '50000.10', '0.100', false),
      means: { ...trade, tradeId: '26128', side: 'buy', price: '50000.1', amount: '0.1' },
    },
    missed: {
      request: {
        method: 'GET',
        path: '/fapi/v1/aggTrades',
        params: { symbol: 'BTCUSDT', limit: '1000', fromId: '26129' },
      },
      answer: {
        raw: [
          oldTrade(26_129, '50000.10', '4.704', false),
          oldTrade(26_130, '50000.00', '0.250', true),
        ],
        means: [
          { ...trade, tradeId: '26129', side: 'buy', price: '50000.1', amount: '4.704' },
          { ...trade, tradeId: '26130', side: 'sell', price: '50000', amount: '0.25' },
        ],
      },
    },
    sold: {
      raw: aggTrade(26_131, '50000.00', '2.000', true),
      means: { ...trade, tradeId: '26131', side: 'sell', price: '50000', amount: '2' },
    },
    none: [],
    latest: { symbol: 'BTCUSDT', limit: '1' },
    pageSize: 1_000,
  },
  lastPrice: {
    request: { method: 'GET', path: '/fapi/v2/ticker/price', params: { symbol: 'BTCUSDT' } },
    answer: { raw: price as object, means: '50000.1' },
  },
};
