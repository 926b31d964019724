import type { ConformanceFixtures } from 'rxchange/testing';

const credentials = {
  apiKey: 'dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83',
  apiSecret: '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9',
};

/**
 * The keys are those of the example of USDⓈ-M Futures API, general info, "SIGNED (TRADE and USER_DATA)". This library
 * puts the validity and the time behind whatever is asked, and so does the example.
 */
export const signing: ConformanceFixtures['signing'] = {
  credentials,
  adds: ['recvWindow', 'timestamp', 'signature'],
  timestamp: 'timestamp',
  examples: [
    {
      call: {
        method: 'POST',
        path: '/fapi/v1/order',
        params: {
          symbol: 'BTCUSDT',
          side: 'BUY',
          type: 'LIMIT',
          quantity: '1',
          price: '9000',
          timeInForce: 'GTC',
        },
      },
      now: 1_591_702_613_943,
      query:
        'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000' +
        '&timestamp=1591702613943' +
        '&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
      headers: { 'X-MBX-APIKEY': credentials.apiKey },
    },
    {
      call: { method: 'POST', path: '/fapi/v1/listenKey', params: {} },
      now: 1_591_702_613_943,
      query: '',
      headers: { 'X-MBX-APIKEY': credentials.apiKey },
    },
  ],
};

/** A refusal in the exchange's form. */
export const refusal = (status: number, code: number, msg: string, headers = {}) => ({
  status,
  headers,
  body: { code, msg },
  code,
});

/** Source: USDⓈ-M Futures API, "Error Codes"; general info, "HTTP Return Codes", "IP Limits". */
export const failures: ConformanceFixtures['failures'] = {
  authentication: refusal(401, -2015, 'Invalid API-key, IP, or permissions for action.'),
  clock_skew: refusal(400, -1021, 'Timestamp for this request is outside of the recvWindow.'),
  insufficient_funds: refusal(400, -2019, 'Margin is insufficient.'),
  invalid_order: refusal(400, -5022, 'Due to the order could not be executed as maker.'),
  duplicate_order_id: refusal(400, -4116, 'ClientOrderId is duplicated.'),
  maintenance: refusal(503, -1008, 'Server is currently overloaded with other requests.'),
  timeout: refusal(408, -1007, 'Timeout waiting for response from backend server.'),
  rate_limited: {
    ...refusal(429, -1003, 'Too many requests.', { 'retry-after': '23' }),
    retryAfter: 23_000,
  },
  banned: {
    ...refusal(418, -1003, 'Way too many requests; IP banned until 1772600880000.', {
      'retry-after': '120',
    }),
    retryAfter: 120_000,
  },
  tooManyOrders: {
    ...refusal(429, -1015, 'Too many new orders; current limit is 300 orders per TEN_SECONDS.'),
    pools: ['orders10s', 'ordersMinute'],
  },
  queryNotFound: refusal(400, -2013, 'Order does not exist.'),
  cancelNotFound: refusal(400, -2011, 'Unknown order sent.'),
  ruleViolation: refusal(400, -4014, 'Price not increased by tick size.'),
  uncertain: [
    refusal(500, -1000, 'An unknown error occurred while processing the request.'),
    refusal(400, -1006, 'An unexpected response was received from the message bus.'),
  ],
  more: [
    { ...refusal(400, -2022, 'ReduceOnly Order is rejected.'), kind: 'position_conflict' },
    {
      ...refusal(400, -4164, "Order's notional must be no smaller than 50."),
      kind: 'invalid_order',
    },
    { ...refusal(400, -1121, 'Invalid symbol.'), kind: 'invalid_order' },
  ],
  usage: {
    headers: {
      'x-mbx-used-weight-1m': '26',
      'x-mbx-order-count-10s': '3',
      'x-mbx-order-count-1m': '41',
    },
    means: { weight: 26, orders10s: 3, ordersMinute: 41 },
  },
};
