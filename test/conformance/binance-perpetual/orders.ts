import { notApplicable, type ConformanceFixtures } from 'rxchange/testing';
import { messages } from '../../exchanges/binance-perpetual/support.js';

// Source: USDⓈ-M Futures API, "New Order", "Cancel Order", "Query Order", "Account Trade List", "Current All Open Orders".

const answers = messages('account') as Readonly<Record<string, object>>;

const withoutPrice = {
  ...{ symbol: 'BTCUSDT', side: 'BUY', positionSide: 'BOTH', quantity: '0.01' },
  newClientOrderId: 'rx-1',
};
const limit = { ...withoutPrice, type: 'LIMIT', timeInForce: 'GTC', price: '50000' };
const byOrderId = { symbol: 'BTCUSDT', orderId: '22542179' };
const byClientId = { symbol: 'BTCUSDT', origClientOrderId: 'rx-1' };

const told = {
  kind: 'order',
  pair: 'BTC-USDT',
  clientOrderId: 'rx-1',
  exchangeOrderId: '22542179',
} as const;
const found = {
  ...told,
  status: 'open',
  executedAmount: '0.004',
  time: 1_772_600_761_238,
  createdAt: 1_772_600_760_123,
} as const;

const noHedging = { ...limit, positionSide: 'LONG' };

/** What orders of positions send. */
export const positionOrders = {
  reduce: { ...limit, side: 'SELL', reduceOnly: 'true' },
  openLong: noHedging,
  closeLong: { ...noHedging, side: 'SELL' },
  openShort: { ...limit, side: 'SELL', positionSide: 'SHORT' },
  closeShort: { ...limit, positionSide: 'SHORT' },
};

/** Orders by REST. */
export const orders: ConformanceFixtures['orders'] = {
  order: { clientOrderId: 'rx-1', exchangeOrderId: '22542179', price: '50000', amount: '0.01' },
  place: { method: 'POST', path: '/fapi/v1/order' },
  params: {
    limit,
    sell: { ...limit, side: 'SELL' },
    market: { ...withoutPrice, type: 'MARKET' },
    byQuote: notApplicable('its market orders tell their size in contracts'),
    postOnly: { ...limit, timeInForce: 'GTX' },
    immediateOrCancel: { ...limit, timeInForce: 'IOC' },
    fillOrKill: { ...limit, timeInForce: 'FOK' },
    selfTrade: {
      mode: 'expire_both',
      params: { ...limit, selfTradePreventionMode: 'EXPIRE_BOTH' },
    },
  },
  resting: {
    raw: { ...answers.placed!, timeInForce: 'GTC' },
    means: [{ ...told, status: 'open', executedAmount: '0', time: 1_772_600_760_123 }],
  },
  filledAtOnce: notApplicable('what trades at once is told by the account stream'),
  cancel: {
    method: 'DELETE',
    path: '/fapi/v1/order',
    byClientOrderId: byClientId,
    byExchangeOrderId: byOrderId,
  },
  canceled: {
    raw: answers.canceled!,
    means: [
      {
        ...told,
        status: 'ended',
        reason: 'canceled',
        executedAmount: '0.004',
        time: 1_772_600_762_238,
      },
    ],
  },
  status: {
    method: 'GET',
    path: '/fapi/v1/order',
    byClientOrderId: byClientId,
    byExchangeOrderId: byOrderId,
  },
  found: { raw: answers.queried!, means: [found] },
  unknownStatus: { ...answers.queried!, status: 'SOMETHING_NEW' },
  expired: {
    raw: { ...answers.queried!, status: 'EXPIRED' },
    means: [{ ...found, status: 'ended', reason: 'expired' }],
  },
  fills: {
    method: 'GET',
    path: '/fapi/v1/userTrades',
    first: { ...byOrderId, fromId: '0', limit: '1000' },
    after: { tradeId: '778899', params: { ...byOrderId, fromId: '778900', limit: '1000' } },
    none: [],
    perAnswer: 1_000,
    answer: {
      raw: answers.trades!,
      means: [
        {
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
        },
      ],
    },
  },
  open: {
    method: 'GET',
    path: '/fapi/v1/openOrders',
    none: [],
    answer: { raw: [answers.queried!, { ...answers.queried!, symbol: 'NEWUSDT' }], means: [found] },
  },
  ids: {
    valid: ['rx-1', 'A_b.9:/-', 'x'.repeat(36)],
    invalid: ['', 'a b', 'a&b', 'ä', 'x'.repeat(37)],
  },
  validity: 5_000,
};
