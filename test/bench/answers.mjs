import { informationOf } from './symbols.mjs';

const exchangeInformation = informationOf([{ symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT' }]);

const account = JSON.stringify({
  updateTime: 0,
  balances: [{ asset: 'USDT', free: '9000000000', locked: '0' }],
});

const placed = ({ clientOrderId, orderId }) =>
  JSON.stringify({
    symbol: 'BTCUSDT',
    orderId,
    orderListId: -1,
    clientOrderId,
    transactTime: Date.now(),
    price: '60000.00',
    origQty: '0.00100000',
    executedQty: '0.00000000',
    origQuoteOrderQty: '0.00000000',
    cummulativeQuoteQty: '0.00000000',
    status: 'NEW',
    timeInForce: 'GTC',
    type: 'LIMIT',
    side: 'BUY',
    workingTime: Date.now(),
    selfTradePreventionMode: 'NONE',
    fills: [],
  });

/** What the account's stream answers to the subscription, and to a ping. */
export const subscribed = '{"id":1,"status":200,"result":{"subscriptionId":0}}';

/**
 * What is asked for by REST, in Binance's manner. Every order is accepted and stays open; `takeOpen` tells
 * those that came since it was asked last.
 */
export const createAnswers = () => {
  let orderId = 0;
  let open = [];
  return {
    answer: (url) => {
      if (url.pathname.endsWith('/time')) return JSON.stringify({ serverTime: Date.now() });
      if (url.pathname.endsWith('/exchangeInfo')) return exchangeInformation;
      if (url.pathname.endsWith('/account')) return account;
      if (!url.pathname.endsWith('/order')) return '{}';
      const clientOrderId = url.searchParams.get('newClientOrderId') ?? 'x';
      const order = { clientOrderId, orderId: ++orderId };
      open.push(order);
      return placed(order);
    },
    takeOpen: () => {
      const orders = open;
      open = [];
      return orders;
    },
  };
};
