import { createServer } from 'node:http';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';

const exchangeInformation = JSON.stringify({
  timezone: 'UTC',
  serverTime: 0,
  rateLimits: [],
  exchangeFilters: [],
  symbols: [
    {
      symbol: 'BTCUSDT',
      status: 'TRADING',
      baseAsset: 'BTC',
      baseAssetPrecision: 8,
      quoteAsset: 'USDT',
      quotePrecision: 8,
      quoteAssetPrecision: 8,
      orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'],
      isSpotTradingAllowed: true,
      isMarginTradingAllowed: false,
      permissions: [],
      permissionSets: [['SPOT']],
      filters: [
        { filterType: 'PRICE_FILTER', minPrice: '0.01', maxPrice: '1000000', tickSize: '0.01' },
        { filterType: 'LOT_SIZE', minQty: '0.00001', maxQty: '9000', stepSize: '0.00001' },
        { filterType: 'NOTIONAL', minNotional: '5', applyMinToMarket: true },
      ],
    },
  ],
});

const placed = (clientOrderId, orderId) =>
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

/** A server in Binance's manner that takes no time: whatever an order takes is the client's doing. */
export const instantExchange = async () => {
  let orderId = 0;
  const answer = (url) => {
    if (url.pathname.endsWith('/time')) return JSON.stringify({ serverTime: Date.now() });
    if (url.pathname.endsWith('/exchangeInfo')) return exchangeInformation;
    if (url.pathname.endsWith('/account'))
      return JSON.stringify({
        updateTime: 0,
        balances: [{ asset: 'USDT', free: '9e9', locked: '0' }],
      }).replace('9e9', '9000000000');
    if (url.pathname.endsWith('/order'))
      return placed(url.searchParams.get('newClientOrderId') ?? 'x', ++orderId);
    return '{}';
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url, 'http://localhost');
      for (const [name, value] of new URL(`?${body}`, url).searchParams)
        url.searchParams.set(name, value);
      response.setHeader('content-type', 'application/json');
      response.end(answer(url));
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) =>
    socket.on('message', () => socket.send('{"id":1,"status":200,"result":{"subscriptionId":0}}')),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${server.address().port}`;
  return {
    domain: { rest: `http://${address}`, stream: `ws://${address}`, wsApi: `ws://${address}` },
    close: () => {
      sockets.clients.forEach((socket) => socket.terminate());
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
};
