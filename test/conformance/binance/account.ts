import type { ConformanceFixtures } from 'rxchange/testing';
import { credentials, messages } from '../../exchanges/binance/support.js';

// Source: Binance Spot API, user-data-stream.md, web-socket-api.md and rest-api.md, "Account endpoints".

const { account } = messages('orders');
const stream = messages('user-stream') as Readonly<Record<string, object>>;

const report = {
  ...{ e: 'executionReport', E: 1_772_600_761_301, s: 'BTCUSDT', c: 'rx-1', S: 'BUY', o: 'LIMIT' },
  ...{ f: 'GTC', q: '0.30000000', p: '50000.00000000', P: '0.00000000', F: '0.00000000', g: -1 },
  ...{ C: '', x: 'NEW', X: 'NEW', r: 'NONE', i: 12_510_053_279, l: '0.00000000', z: '0.00000000' },
  ...{ L: '0.00000000', n: '0', N: null, T: 1_772_600_761_300, t: -1, I: 8_641_984, w: true },
  ...{ m: false, M: false, O: 1_772_600_760_300, Z: '0.00000000', Y: '0.00000000' },
  ...{ Q: '0.00000000', W: 1_772_600_760_300, V: 'EXPIRE_MAKER' },
};
const frame = (changes: object) => ({ subscriptionId: 0, event: { ...report, ...changes } });

const told = {
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: 'rx-1',
  exchangeOrderId: '12510053279',
  time: 1_772_600_761_300,
  createdAt: 1_772_600_760_300,
} as const;

const firstFill = {
  ...{ x: 'TRADE', X: 'PARTIALLY_FILLED', l: '0.10000000', z: '0.10000000', L: '50000.00000000' },
  ...{ n: '0.00010000', N: 'BTC', t: 5_123_456_790, m: true, M: true, Y: '5000.00000000' },
};
const firstTrade = {
  kind: 'trade',
  pair: 'BTC-USDT',
  tradeId: '5123456790',
  exchangeOrderId: '12510053279',
  price: '50000',
  amount: '0.1',
  quoteAmount: '5000',
  fee: { asset: 'BTC', amount: '0.0001' },
  liquidity: 'maker',
  time: 1_772_600_761_300,
} as const;
const secondFill = {
  ...{ x: 'TRADE', X: 'FILLED', l: '0.20000000', z: '0.30000000', L: '49999.50000000', w: false },
  ...{ n: '0.00020000', N: 'BTC', t: 5_123_456_795, m: false, M: true, Y: '9999.90000000' },
};

/** The account. */
export const accountFixtures: ConformanceFixtures['account'] = {
  balances: {
    request: { method: 'GET', path: '/api/v3/account', params: { omitZeroBalances: 'true' } },
    answer: {
      raw: account as object,
      means: {
        kind: 'balances',
        balances: {
          BTC: { total: '0.2999', available: '0.0999' },
          USDT: { total: '85000.00000001', available: '85000' },
        },
        time: 1_772_600_761_300,
      },
    },
  },
  tradeFees: {
    request: { method: 'GET', path: '/api/v3/account/commission', params: { symbol: 'BTCUSDT' } },
    answer: {
      raw: {
        symbol: 'BTCUSDT',
        ...{
          standardCommission: {
            maker: '0.00100000',
            taker: '0.00200000',
            buyer: '0.00030000',
            seller: '0.00040000',
          },
          specialCommission: { maker: '0.01', taker: '0.02', buyer: '0.03', seller: '0.04' },
          taxCommission: { maker: '0', taker: '0', buyer: '0.00000128', seller: '0.00000128' },
        },
        discount: {
          enabledForAccount: true,
          enabledForSymbol: true,
          discountAsset: 'BNB',
          discount: '0.75000000',
        },
      },
      means: {
        maker: {
          buy: { rate: '0.04130128', discounted: '0.04097628' },
          sell: { rate: '0.05140128', discounted: '0.05105128' },
        },
        taker: {
          buy: { rate: '0.05230128', discounted: '0.05172628' },
          sell: { rate: '0.06240128', discounted: '0.06180128' },
        },
        paidFrom: 'received',
        discountAsset: 'BNB',
      },
    },
  },
  usualFees: { maker: '0.001', taker: '0.001' },
  stream: {
    opening: {
      type: 'signedRequest',
      request: {
        now: 1_747_385_641_636,
        frame: {
          id: 1,
          method: 'userDataStream.subscribe.signature',
          params: {
            apiKey: credentials.apiKey,
            timestamp: 1_747_385_641_636,
            signature: '681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e',
          },
        },
      },
      accepted: stream.subscribed!,
      refused: stream.refusedForItsSignature!,
    },
    url: 'wss://ws-api.binance.com:443/ws-api/v3',
    ping: { id: 'ping', method: 'ping' },
    pong: { id: 'ping', status: 200, result: {}, rateLimits: [] },
    opened: { raw: frame({}), means: [{ ...told, status: 'open', executedAmount: '0' }] },
    partlyFilled: {
      raw: frame(firstFill),
      means: [firstTrade, { ...told, status: 'open', executedAmount: '0.1' }],
    },
    filled: {
      raw: frame(secondFill),
      means: [
        {
          ...firstTrade,
          tradeId: '5123456795',
          price: '49999.5',
          amount: '0.2',
          quoteAmount: '9999.9',
          fee: { asset: 'BTC', amount: '0.0002' },
          liquidity: 'taker',
        },
        { ...told, status: 'filled', executedAmount: '0.3' },
      ],
    },
    canceled: {
      raw: frame({ x: 'CANCELED', X: 'CANCELED', c: 'web_77', C: 'rx-1', z: '0.10000000' }),
      means: [{ ...told, status: 'ended', reason: 'canceled', executedAmount: '0.1' }],
    },
    expired: {
      raw: frame({ x: 'EXPIRED', X: 'EXPIRED', z: '0.10000000', f: 'IOC' }),
      means: [{ ...told, status: 'ended', reason: 'expired', executedAmount: '0.1' }],
    },
    selfTradePrevented: {
      raw: frame({ x: 'EXPIRED', X: 'EXPIRED_IN_MATCH' }),
      means: [{ ...told, status: 'ended', reason: 'self_trade_prevented', executedAmount: '0' }],
    },
    rejected: {
      raw: frame({ x: 'REJECTED', X: 'REJECTED', r: 'INSUFFICIENT_BALANCES' }),
      means: [{ ...told, status: 'ended', reason: 'rejected', executedAmount: '0' }],
    },
    fillWithoutFee: {
      raw: frame({ ...firstFill, n: '0', N: null }),
      means: [
        { ...firstTrade, fee: { asset: 'USDT', amount: '0' } },
        { ...told, status: 'open', executedAmount: '0.1' },
      ],
    },
    unknownStatus: frame({ X: 'SOMETHING_NEW' }),
    fillOfUnknownStatus: {
      raw: frame({ ...firstFill, X: 'SOMETHING_NEW' }),
      means: [firstTrade, { ...told, status: 'open', executedAmount: '0.1' }],
    },
    unknownMarket: frame({ s: 'NEWUSDT' }),
    balances: {
      raw: stream.accountPosition!,
      means: [
        {
          kind: 'balances',
          balances: {
            BTC: { total: '0.0999', available: '0.0999' },
            USDT: { total: '95000.00000001', available: '85000' },
            BNB: { total: '0', available: '0' },
          },
          time: 1_772_600_761_300,
        },
      ],
    },
    ignored: [stream.balanceUpdate!, stream.externalLockUpdate!, stream.listStatus!],
    ending: stream.serverShutdown!,
    ended: stream.eventStreamTerminated!,
  },
};
