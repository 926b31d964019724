import type { ConformanceFixtures } from 'rxchange/testing';
import { credentials } from '../../exchanges/binance/support.js';

/** How requests are signed: rest-api.md, "SIGNED Endpoint Examples for POST /api/v3/order". */
const example = (symbol: string, encoded: string, signature: string) => ({
  call: {
    method: 'POST' as const,
    path: '/api/v3/order',
    params: {
      symbol,
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '1',
      price: '0.1',
    },
  },
  now: 1_499_827_319_559,
  query:
    `symbol=${encoded}&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1` +
    `&recvWindow=5000&timestamp=1499827319559&signature=${signature}`,
  headers: { 'X-MBX-APIKEY': credentials.apiKey },
});

export const signing: ConformanceFixtures['signing'] = {
  credentials,
  adds: ['recvWindow', 'timestamp', 'signature'],
  timestamp: 'timestamp',
  examples: [
    example('LTCBTC', 'LTCBTC', 'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71'),
    example(
      '１２３４５６',
      '%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96',
      'e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3',
    ),
  ],
};

const refusal = (status: number, code: number, msg: string, headers = {}) => ({
  status,
  headers,
  body: { code, msg },
  code,
});

/** Source: Binance Spot API, errors.md; rest-api.md, "HTTP Return Codes", "IP Limits". */
export const failures: ConformanceFixtures['failures'] = {
  authentication: refusal(401, -2015, 'Invalid API-key, IP, or permissions for action.'),
  clock_skew: refusal(400, -1021, 'Timestamp for this request is outside of the recvWindow.'),
  insufficient_funds: refusal(400, -2010, 'Account has insufficient balance for requested action.'),
  invalid_order: refusal(400, -2010, 'Order would immediately match and take.'),
  duplicate_order_id: refusal(400, -2010, 'Duplicate order sent.'),
  maintenance: refusal(503, -1008, 'Server is currently overloaded with other requests.'),
  timeout: refusal(503, -1007, 'Timeout waiting for response from backend server.'),
  rate_limited: {
    ...refusal(429, -1003, 'Too much request weight used.', { 'retry-after': '23' }),
    retryAfter: 23_000,
  },
  banned: {
    ...refusal(418, -1003, 'Way too much request weight used; IP banned until 1772600880000.', {
      'retry-after': '120',
    }),
    retryAfter: 120_000,
  },
  tooManyOrders: {
    ...refusal(429, -1015, 'Too many new orders; current limit is 50 orders per 10 SECOND.'),
    pools: ['orders10s'],
  },
  queryNotFound: refusal(400, -2013, 'Order does not exist.'),
  cancelNotFound: refusal(400, -2011, 'Unknown order sent.'),
  ruleViolation: refusal(400, -1013, 'Filter failure: PRICE_FILTER'),
  uncertain: [
    refusal(500, -1000, 'An unknown error occurred while processing the request.'),
    refusal(400, -1006, 'An unexpected response was received from the message bus.'),
    refusal(400, -1007, 'Timeout waiting for response from backend server.'),
  ],
  more: [
    { ...refusal(400, -1121, 'Invalid symbol.'), kind: 'invalid_order' },
    { ...refusal(400, -2010, 'Market is closed.'), kind: 'maintenance' },
    { ...refusal(401, -1022, 'Signature for this request is not valid.'), kind: 'authentication' },
  ],
  usage: {
    headers: {
      'x-mbx-used-weight-1m': '137',
      'x-mbx-order-count-10s': '5',
      'x-mbx-order-count-1d': '612',
    },
    means: { weight: 137, orders10s: 5, ordersDay: 612 },
  },
};
