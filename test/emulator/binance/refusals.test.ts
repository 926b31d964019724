import { createBench, hmac, LIMIT, queryOf } from '../support.js';

const numbers = '^([0-9]{1,20})(\\.[0-9]{1,20})?$';
const digits = '^[0-9]{1,20}$';

const illegal = (name: string, range: string) => ({
  code: -1100,
  msg: `Illegal characters found in parameter '${name}'; legal range is '${range}'.`,
});
const missing = (name: string) => ({
  code: -1102,
  msg: `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`,
});
const empty = (name: string) => ({ code: -1105, msg: `Parameter '${name}' was empty.` });
const unneeded = (name: string) => ({
  code: -1106,
  msg: `Parameter '${name}' sent when not required.`,
});
const imprecise = (name: string) => ({
  code: -1111,
  msg: `Parameter '${name}' has too much precision.`,
});
const invalid = (name: string) => ({
  code: -1130,
  msg: `Data sent for parameter '${name}' is not valid.`,
});
const filter = (name: string) => ({ code: -1013, msg: `Filter failure: ${name}` });
const symbol = { code: -1121, msg: 'Invalid symbol.' };

const { timeInForce, price, quantity, ...base } = LIMIT;
const MAKER = { ...base, type: 'LIMIT_MAKER', price, quantity };
const MARKET = { ...base, type: 'MARKET', quantity };

type Params = Readonly<Record<string, string | number>>;

/** An exchange whose last BTCUSDT price is 64,000. */
const trading = () => {
  const bench = createBench();
  bench.rival('BTCUSDT', 'sell', '64000', '1');
  bench.rival('BTCUSDT', 'buy', '64000', '0.5');
  return bench;
};

describe('an order is refused', () => {
  const cases: readonly (readonly [string, Params, { code: number; msg: string }])[] = [
    // parameters
    ['without symbol', { side: 'BUY', type: 'MARKET', quantity: '1' }, missing('symbol')],
    ['without side', { symbol: 'BTCUSDT', type: 'MARKET', quantity: '1' }, missing('side')],
    ['without type', { symbol: 'BTCUSDT', side: 'BUY', quantity: '1' }, missing('type')],
    ['with an empty value', { ...LIMIT, price: '' }, empty('price')],
    [
      'with an unknown parameter',
      { ...LIMIT, colour: 'red' },
      {
        code: -1104,
        msg: "Not all sent parameters were read; read '8' parameter(s) but was sent '9'.",
      },
    ],
    ['with a price in words', { ...LIMIT, price: 'cheap' }, illegal('price', numbers)],
    ['with an exponent', { ...LIMIT, quantity: '1e-2' }, illegal('quantity', numbers)],
    ['with a negative amount', { ...LIMIT, quantity: '-1' }, illegal('quantity', numbers)],
    ['with nine decimals', { ...LIMIT, price: '60000.000000001' }, imprecise('price')],
    ['with nine decimals of amount', { ...LIMIT, quantity: '0.010000000' }, imprecise('quantity')],
    [
      'with a client id out of range',
      { ...LIMIT, newClientOrderId: 'a b' },
      illegal('newClientOrderId', '^[a-zA-Z0-9-_]{1,36}$'),
    ],
    [
      'with a client id that is too long',
      { ...LIMIT, newClientOrderId: 'x'.repeat(37) },
      illegal('newClientOrderId', '^[a-zA-Z0-9-_]{1,36}$'),
    ],
    ['of an unknown symbol', { ...LIMIT, symbol: 'NOPEUSDT' }, symbol],
    [
      'of a symbol in lower case',
      { ...LIMIT, symbol: 'btcusdt' },
      illegal('symbol', '^[\\w\\-._&&[^a-z]]{1,50}$'),
    ],
    ['of an unknown side', { ...LIMIT, side: 'HOLD' }, { code: -1117, msg: 'Invalid side.' }],
    ['of an unknown type', { ...LIMIT, type: 'DREAM' }, { code: -1116, msg: 'Invalid orderType.' }],
    [
      'of an unknown time in force',
      { ...LIMIT, timeInForce: 'GTX' },
      { code: -1115, msg: 'Invalid timeInForce.' },
    ],
    [
      'of an unknown response type',
      { ...LIMIT, newOrderRespType: 'ALL' },
      invalid('newOrderRespType'),
    ],
    [
      'of an unsupported type',
      { ...LIMIT, type: 'STOP_LOSS', stopPrice: '1' },
      { code: -1013, msg: 'Stop loss orders are not supported for this symbol.' },
    ],
    [
      'as an iceberg',
      { ...LIMIT, icebergQty: '0.001' },
      { code: -1013, msg: 'Iceberg orders are not supported for this symbol.' },
    ],
    [
      'with a mode of self-trade prevention that no symbol has',
      { ...LIMIT, selfTradePreventionMode: 'EXPIRE_ALL' },
      {
        code: -1013,
        msg: 'This symbol does not allow the specified self-trade prevention mode.',
      },
    ],
    // combinations
    ['as LIMIT without time in force', { ...base, price, quantity }, missing('timeInForce')],
    ['as LIMIT without price', { ...base, timeInForce, quantity }, missing('price')],
    ['as LIMIT without quantity', { ...base, timeInForce, price }, missing('quantity')],
    ['as LIMIT with quoteOrderQty', { ...LIMIT, quoteOrderQty: '9' }, unneeded('quoteOrderQty')],
    ['as LIMIT with stopPrice', { ...LIMIT, stopPrice: '9' }, unneeded('stopPrice')],
    ['as LIMIT with trailingDelta', { ...LIMIT, trailingDelta: '9' }, unneeded('trailingDelta')],
    ['as LIMIT_MAKER with time in force', { ...MAKER, timeInForce }, unneeded('timeInForce')],
    ['as LIMIT_MAKER without price', { ...base, type: 'LIMIT_MAKER', quantity }, missing('price')],
    ['as MARKET with price', { ...MARKET, price }, unneeded('price')],
    ['as MARKET with time in force', { ...MARKET, timeInForce }, unneeded('timeInForce')],
    ['as MARKET with both amounts', { ...MARKET, quoteOrderQty: '9' }, unneeded('quoteOrderQty')],
    [
      'as MARKET without amount',
      { ...base, type: 'MARKET' },
      {
        code: -1102,
        msg: "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!",
      },
    ],
    // filters
    ['below the lowest price', { ...LIMIT, price: '0' }, filter('PRICE_FILTER')],
    ['above the highest price', { ...LIMIT, price: '1000000.01' }, filter('PRICE_FILTER')],
    ['between two ticks', { ...LIMIT, price: '60000.005' }, filter('PRICE_FILTER')],
    ['below the least amount', { ...LIMIT, quantity: '0' }, filter('LOT_SIZE')],
    ['above the greatest amount', { ...LIMIT, quantity: '9000.00001' }, filter('LOT_SIZE')],
    ['between two steps', { ...LIMIT, quantity: '0.010005' }, filter('LOT_SIZE')],
    ['between two steps at the market', { ...MARKET, quantity: '0.000015' }, filter('LOT_SIZE')],
    ['too large for the market', { ...MARKET, quantity: '90.00001' }, filter('MARKET_LOT_SIZE')],
    ['far below the market', { ...LIMIT, price: '12799.99' }, filter('PERCENT_PRICE_BY_SIDE')],
    ['far above the market', { ...LIMIT, price: '320000.01' }, filter('PERCENT_PRICE_BY_SIDE')],
    ['worth too little', { ...LIMIT, price: '49999', quantity: '0.0001' }, filter('NOTIONAL')],
    ['worth too much', { ...LIMIT, price: '64000', quantity: '141' }, filter('NOTIONAL')],
    ['worth too little at the market', { ...MARKET, quantity: '0.00007' }, filter('NOTIONAL')],
    [
      'worth too little in quote',
      { ...base, type: 'MARKET', quoteOrderQty: '4.99' },
      filter('NOTIONAL'),
    ],
    [
      'by the first filter it breaks',
      { ...LIMIT, price: '0', quantity: '0' },
      filter('PRICE_FILTER'),
    ],
    // the engine
    [
      'beyond the balance',
      { ...LIMIT, quantity: '2' },
      { code: -2010, msg: 'Account has insufficient balance for requested action.' },
    ],
    [
      'as LIMIT_MAKER that would trade',
      { ...MAKER, price: '64000' },
      { code: -2010, msg: 'Order would immediately match and take.' },
    ],
  ];

  it.each(cases)('%s', (_, params, error) => {
    const { signed, engine, accountId } = trading();
    const { status, json } = signed('POST', '/api/v3/order', params);
    expect(json).toEqual(error);
    expect(status).toBe(400);
    expect(engine.orders(accountId)).toEqual([]);
    const { json: test } = signed('POST', '/api/v3/order/test', params);
    expect(test).toEqual(error.code === -2010 ? {} : error);
  });

  it.each([
    ['at the lowest price that the market allows', { ...LIMIT, price: '12800' }],
    ['at the highest price that the market allows', { ...LIMIT, price: '320000', side: 'SELL' }],
    ['of the least value', { ...LIMIT, price: '50000', quantity: '0.0001' }],
    ['of the greatest amount at the market', { ...MARKET, quantity: '90', side: 'SELL' }],
    ['of any value at the market', { ...base, type: 'MARKET', quoteOrderQty: '9000001' }],
  ])('but not by a filter %s', (_, params) => {
    const { json } = trading().signed('POST', '/api/v3/order', params);
    expect(json).not.toMatchObject({ code: -1013 });
  });

  it('but not for a price far away or the least amount, before there was a trade', () => {
    const { signed } = createBench();
    const order = { ...LIMIT, side: 'SELL', price: '500000', quantity: '0.00001' };
    expect(signed('POST', '/api/v3/order', order).json).toMatchObject({ status: 'NEW' });
  });

  it('with the client id of an open order', () => {
    const { signed } = trading();
    const order = { ...LIMIT, newClientOrderId: 'mine' };
    expect(signed('POST', '/api/v3/order', order).status).toBe(200);
    const duplicate = { code: -2010, msg: 'Duplicate order sent.' };
    expect(signed('POST', '/api/v3/order', order).json).toEqual(duplicate);
    signed('DELETE', '/api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'mine' });
    expect(signed('POST', '/api/v3/order', order).status).toBe(200);
  });

  it('above 200 open orders in one market', () => {
    const { signed, advance } = createBench();
    const place = (client: string) => {
      advance(10_000);
      const order = { ...LIMIT, price: '1000', newClientOrderId: client };
      return signed('POST', '/api/v3/order', order).json;
    };
    for (let count = 0; count < 200; count += 1) place(`n${count}`);
    expect(place('last')).toEqual(filter('MAX_NUM_ORDERS'));
    signed('DELETE', '/api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'n0' });
    expect(place('last')).toMatchObject({ status: 'NEW' });
  });

  it('by quote amount against an empty book', () => {
    const { signed } = createBench();
    const order = { ...base, type: 'MARKET', quoteOrderQty: '100' };
    expect(signed('POST', '/api/v3/order', order).json).toEqual({
      code: -2010,
      msg: 'Order book liquidity is less than symbol minimum quantity.',
    });
  });
});

describe('a request is refused', () => {
  const neither = {
    code: -1102,
    msg: "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
  };
  const day = 86_400_000;
  const combination = { code: -1128, msg: 'Combination of optional parameters invalid.' };
  const tooLong = { code: -1127, msg: 'More than 24 hours between startTime and endTime.' };
  const cases: readonly (readonly [string, string, Params, { code: number; msg: string }])[] = [
    ['DELETE', 'order', { symbol: 'BTCUSDT' }, neither],
    ['GET', 'order', { symbol: 'BTCUSDT' }, neither],
    ['GET', 'order', { orderId: 1 }, missing('symbol')],
    ['GET', 'order', { symbol: 'BTCUSDT', orderId: 'one' }, illegal('orderId', digits)],
    [
      'GET',
      'order',
      { symbol: 'BTCUSDT', orderId: '99999999999999999999' },
      { code: -1108, msg: "Parameter 'orderId' overflowed." },
    ],
    [
      'GET',
      'order',
      { symbol: 'BTCUSDT', orderId: 77 },
      { code: -2013, msg: 'Order does not exist.' },
    ],
    [
      'GET',
      'order',
      { symbol: 'BTCUSDT', origClientOrderId: 'none' },
      { code: -2013, msg: 'Order does not exist.' },
    ],
    [
      'DELETE',
      'order',
      { symbol: 'BTCUSDT', orderId: 77 },
      { code: -2011, msg: 'Unknown order sent.' },
    ],
    [
      'DELETE',
      'order',
      { symbol: 'BTCUSDT', orderId: 77, cancelRestrictions: 'ONLY_OLD' },
      {
        code: -1145,
        msg: '`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.',
      },
    ],
    ['DELETE', 'openOrders', {}, missing('symbol')],
    ['DELETE', 'openOrders', { symbol: 'BTCUSDT' }, { code: -2011, msg: 'Unknown order sent.' }],
    ['GET', 'openOrders', { symbol: 'NOPE' }, symbol],
    ['GET', 'allOrders', {}, missing('symbol')],
    ['GET', 'allOrders', { symbol: 'BTCUSDT', startTime: 0, endTime: day + 1 }, tooLong],
    ['GET', 'allOrders', { symbol: 'BTCUSDT', limit: 0 }, invalid('limit')],
    ['GET', 'myTrades', {}, missing('symbol')],
    ['GET', 'myTrades', { symbol: 'BTCUSDT', startTime: 0, endTime: day + 1 }, tooLong],
    ['GET', 'myTrades', { symbol: 'BTCUSDT', fromId: 1, startTime: 1 }, combination],
    ['GET', 'myTrades', { symbol: 'BTCUSDT', orderId: 1, endTime: 1 }, combination],
    ['GET', 'account', { omitZeroBalances: 'maybe' }, invalid('omitZeroBalances')],
    ['GET', 'account/commission', { symbol: 'NOPE' }, symbol],
  ];

  it.each(cases)('%s %s %j', (method, path, params, error) => {
    const { signed } = createBench();
    const { status, json } = signed(method, `/api/v3/${path}`, params);
    expect(json).toEqual(error);
    expect(status).toBe(400);
  });

  it.each([
    ['depth', {}, missing('symbol')],
    ['depth', { symbol: 'NOPE' }, symbol],
    ['depth', { symbol: 'BTCUSDT', limit: '-1' }, illegal('limit', digits)],
    [
      'depth',
      { symbol: 'BTCUSDT', symbolStatus: 'HALT' },
      { code: -1220, msg: "The symbol's status does not match the requested symbolStatus." },
    ],
    ['exchangeInfo', { symbol: 'NOPE' }, symbol],
    ['exchangeInfo', { symbols: '["BTCUSDT","NOPE"]' }, symbol],
    [
      'exchangeInfo',
      { symbols: 'BTCUSDT' },
      illegal('symbols', '^\\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}\\]$'),
    ],
    [
      'ticker/price',
      { symbols: '["BTCUSDT","BTCUSDT"]' },
      { code: -1151, msg: 'Symbol is present multiple times in the list.' },
    ],
    ['ticker/price', { symbols: '["BTCUSDT"]', symbol: 'BTCUSDT' }, combination],
    [
      'ping',
      { hello: 1 },
      {
        code: -1104,
        msg: "Not all sent parameters were read; read '0' parameter(s) but was sent '1'.",
      },
    ],
  ] satisfies readonly (readonly [string, Params, unknown])[])(
    'GET %s %j',
    (path, params, error) => {
      const { status, json } = createBench().call('GET', `/api/v3/${path}`, params);
      expect(json).toEqual(error);
      expect(status).toBe(400);
    },
  );

  it.each([
    ['GET', '/api/v3/nothing'],
    ['PATCH', '/api/v3/order'],
    ['GET', '/'],
  ])('%s %s leads nowhere', (method, path) => {
    const { status, json, headers } = createBench().call(method, path);
    expect(status).toBe(404);
    expect(json).toMatchObject({ code: 404 });
    expect(headers['content-type']).toContain('application/json');
  });

  it('with a parameter twice in one part', () => {
    const query = 'symbol=BTCUSDT&symbol=ETHUSDT';
    const { json } = createBench().request({ method: 'GET', path: '/api/v3/depth', query });
    expect(json).toEqual({ code: -1101, msg: 'Duplicate values for a parameter detected.' });
  });
});

describe('parameters', () => {
  it('may come in the body; those of the query win', () => {
    const { request, credentials, now } = createBench();
    const query = queryOf({ symbol: 'BTCUSDT' });
    const body = queryOf({ symbol: 'ETHUSDT', orderId: 5, timestamp: now() });
    const signature = hmac(query + body, credentials.apiSecret);
    const sent = { path: '/api/v3/order', query, body: `${body}&signature=${signature}` };
    const headers = { 'x-mbx-apikey': credentials.apiKey };
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = request({ ...sent, method: 'DELETE', headers: { ...headers, ...type } });
    expect(form.json).toMatchObject({ code: -2011 });
    const untyped = request({ ...sent, method: 'DELETE', headers });
    expect(untyped.json).toEqual(missing('signature'));
  });
});
