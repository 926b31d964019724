import type { ConformanceFixtures } from 'rxchange/testing';
import { messages } from '../../exchanges/binance/support.js';

// Source: Binance Spot API, rest-api.md, "Trading endpoints"; see test/fixtures/binance/README.md.

const answers = messages('orders');
const queried = answers.queried as Readonly<Record<string, unknown>>;

const order = { symbol: 'BTCUSDT', side: 'BUY' };
const withoutPrice = {
  ...order,
  quantity: '0.3',
  newClientOrderId: 'rx-1',
  newOrderRespType: 'FULL',
};
const limit = { ...withoutPrice, type: 'LIMIT', timeInForce: 'GTC', price: '50000' };
const byOrderId = { symbol: 'BTCUSDT', orderId: '12510053279' };
const byClientId = { symbol: 'BTCUSDT', origClientOrderId: 'rx-1' };

const told = {
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: 'rx-1',
  exchangeOrderId: '12510053279',
} as const;

/** Orders by REST. */
export const orders: ConformanceFixtures['orders'] = {
  order: {
    clientOrderId: 'rx-1',
    exchangeOrderId: '12510053279',
    price: '50000',
    amount: '0.3',
  },
  place: { method: 'POST', path: '/api/v3/order' },
  params: {
    limit,
    sell: { ...limit, side: 'SELL' },
    market: { ...withoutPrice, type: 'MARKET' },
    byQuote: {
      quoteAmount: '150.5',
      params: {
        ...order,
        type: 'MARKET',
        quoteOrderQty: '150.5',
        newClientOrderId: 'rx-1',
        newOrderRespType: 'FULL',
      },
    },
    postOnly: { ...withoutPrice, type: 'LIMIT_MAKER', price: '50000' },
    immediateOrCancel: { ...limit, timeInForce: 'IOC' },
    fillOrKill: { ...limit, timeInForce: 'FOK' },
    selfTrade: {
      mode: 'expire_both',
      params: { ...limit, selfTradePreventionMode: 'EXPIRE_BOTH' },
    },
  },
  resting: {
    raw: answers.placedResting as object,
    means: [{ ...told, status: 'open', executedAmount: '0', time: 1_772_600_760_300 }],
  },
  filledAtOnce: {
    raw: answers.placedFilled as object,
    means: [
      {
        ...told,
        clientOrderId: 'rx-2',
        exchangeOrderId: '12510053280',
        status: 'filled',
        executedAmount: '0.3',
        time: 1_772_600_762_300,
      },
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '5123456791',
        exchangeOrderId: '12510053280',
        price: '49999.5',
        amount: '0.2',
        quoteAmount: '9999.9',
        fee: { asset: 'BNB', amount: '0.01234567' },
        liquidity: 'taker',
        time: 1_772_600_762_300,
      },
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '5123456792',
        exchangeOrderId: '12510053280',
        price: '49999.3',
        amount: '0.1',
        quoteAmount: '4999.93',
        fee: { asset: 'USDT', amount: '4.99993' },
        liquidity: 'taker',
        time: 1_772_600_762_300,
      },
    ],
  },
  cancel: {
    method: 'DELETE',
    path: '/api/v3/order',
    byClientOrderId: byClientId,
    byExchangeOrderId: byOrderId,
  },
  canceled: {
    raw: answers.canceled as object,
    means: [
      {
        ...told,
        status: 'ended',
        reason: 'canceled',
        executedAmount: '0.1',
        time: 1_772_600_763_300,
      },
    ],
  },
  status: {
    method: 'GET',
    path: '/api/v3/order',
    byClientOrderId: byClientId,
    byExchangeOrderId: byOrderId,
  },
  found: {
    raw: queried,
    means: [
      {
        ...told,
        status: 'open',
        executedAmount: '0.1',
        time: 1_772_600_761_300,
        createdAt: 1_772_600_760_300,
      },
    ],
  },
  unknownStatus: { ...queried, status: 'SOMETHING_NEW' },
  expired: {
    raw: { ...queried, status: 'EXPIRED' },
    means: [
      {
        ...told,
        status: 'ended',
        reason: 'expired',
        executedAmount: '0.1',
        time: 1_772_600_761_300,
        createdAt: 1_772_600_760_300,
      },
    ],
  },
  fills: {
    method: 'GET',
    path: '/api/v3/myTrades',
    first: { ...byOrderId, fromId: '0', limit: '1000' },
    after: { tradeId: '5123456790', params: { ...byOrderId, fromId: '5123456791', limit: '1000' } },
    none: [],
    perAnswer: 1_000,
    answer: {
      raw: (answers.trades as readonly object[]).slice(0, 1),
      means: [
        {
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
        },
      ],
    },
  },
  open: {
    method: 'GET',
    path: '/api/v3/openOrders',
    none: [],
    answer: {
      raw: (answers.open as readonly object[]).slice(0, 2),
      means: [
        {
          ...told,
          status: 'open',
          executedAmount: '0.1',
          time: 1_772_600_761_300,
          createdAt: 1_772_600_760_300,
        },
      ],
    },
  },
  ids: {
    valid: ['rx-1', 'A_b-9', 'x'.repeat(36)],
    invalid: ['', 'a b', 'a&b', 'ä', 'x'.repeat(37)],
  },
  validity: 5_000,
};
