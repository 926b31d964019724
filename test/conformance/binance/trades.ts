import type { ConformanceFixtures } from 'rxchange/testing';

// Source: Binance Spot API, web-socket-streams.md, "Trade Streams"; rest-api.md, "Old trade lookup".

const trade = (id: number, p: string, q: string, m: boolean) => ({
  stream: 'btcusdt@trade',
  data: {
    e: 'trade',
    E: 1_772_600_760_251,
    s: 'BTCUSDT',
    t: id,
    p,
    q,
    T: 1_772_600_760_250,
    m,
    M: true,
  },
});

const oldTrade = (id: number, price: string, qty: string, isBuyerMaker: boolean) => ({
  id,
  price,
  qty,
  quoteQty: '1.00000000',
  time: 1_772_600_760_250,
  isBuyerMaker,
  isBestMatch: true,
});

/** Public trades. */
export const trades: ConformanceFixtures['trades'] = {
  topic: 'btcusdt@trade',
  url: 'wss://stream.binance.com:9443/stream',
  bought: {
    raw: trade(28_456, '50000.01000000', '0.00123000', false),
    means: {
      pair: 'BTC-USDT',
      tradeId: '28456',
      side: 'buy',
      price: '50000.01',
      amount: '0.00123',
      time: 1_772_600_760_250,
    },
  },
  missed: {
    request: {
      method: 'GET',
      path: '/api/v3/historicalTrades',
      params: { symbol: 'BTCUSDT', limit: '1000', fromId: '28457' },
    },
    answer: {
      raw: [
        oldTrade(28_457, '50000.01000000', '12.00000000', false),
        oldTrade(28_458, '49999.50000000', '0.50000000', true),
      ],
      means: [
        {
          pair: 'BTC-USDT',
          tradeId: '28457',
          side: 'buy',
          price: '50000.01',
          amount: '12',
          time: 1_772_600_760_250,
        },
        {
          pair: 'BTC-USDT',
          tradeId: '28458',
          side: 'sell',
          price: '49999.5',
          amount: '0.5',
          time: 1_772_600_760_250,
        },
      ],
    },
  },
  sold: {
    raw: trade(28_459, '49999.50000000', '2.00000000', true),
    means: {
      pair: 'BTC-USDT',
      tradeId: '28459',
      side: 'sell',
      price: '49999.5',
      amount: '2',
      time: 1_772_600_760_250,
    },
  },
  none: [],
  latest: { symbol: 'BTCUSDT', limit: '1' },
  pageSize: 1_000,
};
