import { notApplicable, type ConformanceFixtures } from 'rxchange/testing';
import { messages } from '../../exchanges/binance-perpetual/support.js';

// Source: USDⓈ-M Futures API, user data streams, account endpoints, general info.

const answers = messages('account') as Readonly<Record<string, object>>;
const stream = messages('user-stream') as Readonly<Record<string, object>>;

const update = {
  ...{ s: 'BTCUSDT', c: 'rx-1', S: 'BUY', o: 'LIMIT', f: 'GTC', q: '0.010', p: '50000', ap: '0' },
  ...{ sp: '0', x: 'NEW', X: 'NEW', i: 22_542_179, l: '0', z: '0', L: '0', T: 1_772_600_761_238 },
  ...{ t: 0, b: '500', a: '0', m: false, R: false, wt: 'CONTRACT_PRICE', ot: 'LIMIT', ps: 'BOTH' },
  ...{ cp: false, rp: '0', pP: false, si: 0, ss: 0, V: 'EXPIRE_MAKER', pm: 'NONE', gtd: 0 },
};
const frame = (changes: object) => ({
  e: 'ORDER_TRADE_UPDATE',
  E: 1_772_600_761_240,
  T: 1_772_600_761_238,
  o: { ...update, ...changes },
});

const told = {
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: 'rx-1',
  exchangeOrderId: '22542179',
  time: 1_772_600_761_238,
} as const;
const partly = { ...told, status: 'open', executedAmount: '0.004' } as const;

const firstFill = {
  ...{ x: 'TRADE', X: 'PARTIALLY_FILLED', l: '0.004', z: '0.004', L: '50000.1', t: 778_899 },
  ...{ N: 'USDT', n: '0.04000008', m: true, rp: '-1.25' },
};
const firstTrade = {
  kind: 'trade',
  pair: 'BTC-USDT',
  tradeId: '778899',
  exchangeOrderId: '22542179',
  price: '50000.1',
  amount: '0.004',
  quoteAmount: '200.0004',
  fee: { asset: 'USDT', amount: '0.04000008' },
  realizedPnl: '-1.25',
  liquidity: 'maker',
  time: 1_772_600_761_238,
} as const;
const secondFill = {
  ...{ x: 'TRADE', X: 'FILLED', l: '0.006', z: '0.010', L: '50000', t: 778_900 },
  ...{ N: 'USDT', n: '0.15', m: false, rp: '0' },
};

const holding = { a: 'USDT', wb: '1000.12', cw: '1000.12', bc: '0' };
const rate = (text: string) => ({ rate: text, discounted: text });

/** The account. */
export const accountFixtures: ConformanceFixtures['account'] = {
  balances: {
    request: { method: 'GET', path: '/fapi/v3/balance' },
    answer: {
      raw: answers.balances!,
      means: {
        kind: 'balances',
        balances: {
          USDT: { total: '122607.35137903', available: '23.72469206' },
          BNB: { total: '0', available: '0' },
        },
        time: 1_772_600_761_238,
      },
    },
  },
  tradeFees: {
    request: { method: 'GET', path: '/fapi/v1/commissionRate', params: { symbol: 'BTCUSDT' } },
    answer: {
      raw: answers.commissionRate!,
      means: {
        maker: { buy: rate('0.00018'), sell: rate('0.00018') },
        taker: { buy: rate('0.00045'), sell: rate('0.00045') },
        paidFrom: 'quote',
      },
    },
  },
  usualFees: { maker: '0.0002', taker: '0.0005' },
  stream: {
    opening: {
      type: 'listenKey',
      create: {
        request: { method: 'POST', path: '/fapi/v1/listenKey' },
        answer: answers.listenKey!,
        key: 'a-listen-key',
      },
      keepAlive: { request: { method: 'PUT', path: '/fapi/v1/listenKey' }, answer: {} },
      lifetime: 60 * 60_000,
      gone: {
        status: 400,
        body: { code: -1125, msg: 'This listenKey does not exist.' },
        code: -1125,
      },
    },
    url: 'wss://fstream.binance.com/private/ws?listenKey=a-listen-key',
    ping: { method: 'LIST_SUBSCRIPTIONS', id: 1 },
    pong: { result: ['a-listen-key'], id: 1 },
    opened: { raw: frame({}), means: [{ ...told, status: 'open', executedAmount: '0' }] },
    partlyFilled: { raw: frame(firstFill), means: [firstTrade, partly] },
    filled: {
      raw: frame(secondFill),
      means: [
        {
          ...firstTrade,
          tradeId: '778900',
          price: '50000',
          amount: '0.006',
          quoteAmount: '300',
          fee: { asset: 'USDT', amount: '0.15' },
          realizedPnl: '0',
          liquidity: 'taker',
        },
        { ...told, status: 'filled', executedAmount: '0.01' },
      ],
    },
    canceled: {
      raw: frame({ x: 'CANCELED', X: 'CANCELED', z: '0.004' }),
      means: [{ ...partly, status: 'ended', reason: 'canceled' }],
    },
    expired: {
      raw: frame({ x: 'EXPIRED', X: 'EXPIRED', z: '0.004', f: 'IOC' }),
      means: [{ ...partly, status: 'ended', reason: 'expired' }],
    },
    selfTradePrevented: {
      raw: frame({ x: 'EXPIRED', X: 'EXPIRED_IN_MATCH' }),
      means: [{ ...told, status: 'ended', reason: 'self_trade_prevented', executedAmount: '0' }],
    },
    rejected: {
      raw: frame({ x: 'EXPIRED', X: 'EXPIRED', f: 'GTX' }),
      means: [{ ...told, status: 'ended', reason: 'rejected', executedAmount: '0' }],
    },
    fillWithoutFee: {
      raw: frame({ ...firstFill, N: undefined, n: undefined }),
      means: [{ ...firstTrade, fee: { asset: 'USDT', amount: '0' } }, partly],
    },
    unknownStatus: frame({ X: 'SOMETHING_NEW' }),
    fillOfUnknownStatus: {
      raw: frame({ ...firstFill, X: 'SOMETHING_NEW' }),
      means: [firstTrade, partly],
    },
    unknownMarket: frame({ s: 'NEWUSDT' }),
    balances: {
      raw: {
        ...{ e: 'ACCOUNT_UPDATE', E: 1_772_600_761_241, T: 1_772_600_761_238 },
        a: { m: 'ORDER', B: [holding], P: [] },
      },
      means: [{ kind: 'totals', totals: { USDT: '1000.12' }, time: 1_772_600_761_238 }],
    },
    ignored: [stream.tradeLite!, stream.algoUpdate!],
    ending: notApplicable('its sockets end without a word'),
    ended: stream.listenKeyExpired!,
  },
};
