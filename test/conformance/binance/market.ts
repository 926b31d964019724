import { notApplicable, type ConformanceFixtures } from 'rxchange/testing';
import { messages } from '../../exchanges/binance/support.js';

// Source: Binance Spot API, rest-api.md and web-socket-streams.md; see test/fixtures/binance/README.md.

const { exchangeInfo } = { exchangeInfo: messages('exchange-info') };
const [btcUsdt, ethBtc] = exchangeInfo.symbols as readonly Readonly<Record<string, unknown>>[];

const depthUpdate = (E: number, U: number, u: number, b: string[][], a: string[][]) => ({
  stream: 'btcusdt@depth@100ms',
  data: { e: 'depthUpdate', E, s: 'BTCUSDT', U, u, b, a },
});

/** The market and all that is public of it. */
export const market: Pick<
  ConformanceFixtures,
  'market' | 'rules' | 'time' | 'ping' | 'streams' | 'book' | 'lastPrice'
> = {
  market: {
    pair: 'BTC-USDT',
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    tradable: true,
    orderTypes: ['limit', 'limit_maker', 'market'],
    minPrice: '0.01',
    maxPrice: '1000000',
    priceStep: '0.01',
    minAmount: '0.00001',
    maxAmount: '9000',
    amountStep: '0.00001',
    minNotional: '5',
    maxNotional: '9000000',
    market: {
      minAmount: '0.00001',
      maxAmount: '120.5',
      amountStep: '0.00001',
      minNotional: '5',
      maxNotional: 'Infinity',
      byQuoteAmount: true,
      quoteAmountStep: '0.00000001',
    },
    selfTradePrevention: ['expire_taker', 'expire_maker', 'expire_both', 'decrement'],
    maxOpenOrders: 200,
  },
  rules: {
    request: { method: 'GET', path: '/api/v3/exchangeInfo' },
    answer: exchangeInfo,
    markets: [
      { symbol: 'BTCUSDT', pair: 'BTC-USDT', tradable: true },
      { symbol: 'ETHBTC', pair: 'ETH-BTC', tradable: false },
      { symbol: 'BNBUSDT', pair: 'BNB-USDT', tradable: false },
      { symbol: 'LTCBTC', pair: 'LTC-BTC', tradable: false },
      { symbol: 'XRPBTC', pair: 'XRP-BTC', tradable: false },
      { symbol: '１２３４５６', pair: '１２３-４５６', tradable: false },
    ],
    unreadable: {
      answer: { ...exchangeInfo, symbols: [btcUsdt, { ...ethBtc, baseAsset: undefined }] },
      symbol: 'ETHBTC',
    },
    limits: {
      weight: { limit: 6_000, interval: 60_000 },
      orders10s: { limit: 50, interval: 10_000 },
      ordersDay: { limit: 160_000, interval: 86_400_000 },
      requests: { limit: 300_000, interval: 300_000 },
    },
  },
  time: {
    request: { method: 'GET', path: '/api/v3/time' },
    answer: { raw: { serverTime: 1_499_827_319_559 }, means: 1_499_827_319_559 },
  },
  ping: { request: { method: 'GET', path: '/api/v3/ping' }, answer: {} },
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
    refused: (id) => ({ code: 2, msg: 'Invalid request: unknown method', id }),
    pong: (id, topics) => ({ result: topics, id }),
    ending: { stream: '!serverShutdown', data: { e: 'serverShutdown', E: 1_772_600_765_000 } },
    limits: { topicsPerSocket: 1_024, topicsPerMessage: 200, messagesPerSecond: 5 },
  },
  book: {
    topic: 'btcusdt@depth@100ms',
    url: 'wss://stream.binance.com:9443/stream',
    snapshot: {
      request: {
        method: 'GET',
        path: '/api/v3/depth',
        params: { symbol: 'BTCUSDT', limit: '1000' },
      },
      answer: {
        raw: {
          lastUpdateId: 1_027_024,
          bids: [
            ['50000.00000000', '1.50000000'],
            ['49999.99000000', '0.00001000'],
          ],
          asks: [
            ['50000.01000000', '12.00000000'],
            ['50000.10000000', '431.00000000'],
          ],
        },
        means: {
          updateId: 1_027_024,
          bids: [
            [50_000, 1.5],
            [49_999.99, 0.00001],
          ],
          asks: [
            [50_000.01, 12],
            [50_000.1, 431],
          ],
        },
      },
    },
    diffs: [
      {
        raw: depthUpdate(
          1_772_600_760_201,
          1_027_020,
          1_027_031,
          [
            ['49999.99000000', '0.00000000'],
            ['49999.50000000', '2.25000000'],
          ],
          [['50000.01000000', '11.00000000']],
        ),
        means: {
          firstUpdateId: 1_027_020,
          lastUpdateId: 1_027_031,
          bids: [
            [49_999.99, 0],
            [49_999.5, 2.25],
          ],
          asks: [[50_000.01, 11]],
          time: 1_772_600_760_201,
        },
      },
      {
        raw: depthUpdate(
          1_772_600_760_301,
          1_027_032,
          1_027_032,
          [['49998.00000000', '0.10000000']],
          [],
        ),
        means: {
          firstUpdateId: 1_027_032,
          lastUpdateId: 1_027_032,
          bids: [[49_998, 0.1]],
          asks: [],
          time: 1_772_600_760_301,
        },
      },
      {
        raw: depthUpdate(
          1_772_600_760_401,
          1_027_033,
          1_027_040,
          [],
          [['50000.10000000', '0.00000000']],
        ),
        means: {
          firstUpdateId: 1_027_033,
          lastUpdateId: 1_027_040,
          bids: [],
          asks: [[50_000.1, 0]],
          time: 1_772_600_760_401,
        },
      },
    ],
    checksum: notApplicable('its books have none'),
  },
  lastPrice: {
    request: { method: 'GET', path: '/api/v3/ticker/price', params: { symbol: 'BTCUSDT' } },
    answer: { raw: { symbol: 'BTCUSDT', price: '49999.50000000' }, means: '49999.5' },
  },
};
