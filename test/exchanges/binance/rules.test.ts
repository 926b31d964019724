import { isLeft } from 'fp-ts/lib/Either.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { rules } from '../../../src/exchanges/binance/rules.js';
import { decimal, fixture, right } from './support.js';

const information = fixture('exchange-info');
const decoded = right(rules.decode(information)).rules;
const bySymbol = (symbol: string) => decoded.find((rule) => rule.symbol === symbol);

/** The information with one market, changed. */
const withMarket = (change: object): unknown => {
  const { symbols } = information as { readonly symbols: readonly object[] };
  return { ...(information as object), symbols: [{ ...symbols[0], ...change }] };
};

it('is asked for once, for all markets', () => {
  expect(rules).toMatchObject({ method: 'GET', path: '/api/v3/exchangeInfo', signed: false });
  expect(rules.params()).toEqual({});
  expect(rules.weights).toEqual({ weight: 20, requests: 1 });
});

it('tells what a market accepts', () => {
  expect(bySymbol('BTCUSDT')).toEqual({
    pair: 'BTC-USDT',
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    tradable: true,
    orderTypes: ['limit', 'limit_maker', 'market'],
    minPrice: decimal('0.01'),
    maxPrice: decimal('1000000'),
    priceStep: decimal('0.01'),
    minAmount: decimal('0.00001'),
    maxAmount: decimal('9000'),
    amountStep: decimal('0.00001'),
    minNotional: decimal('5'),
    maxNotional: decimal('9000000'),
    market: {
      minAmount: decimal('0.00001'),
      maxAmount: decimal('120.5'),
      amountStep: decimal('0.00001'),
      minNotional: decimal('5'),
      maxNotional: decimal('Infinity'),
      byQuoteAmount: true,
      quoteAmountStep: decimal('0.00000001'),
    },
    selfTradePrevention: ['expire_taker', 'expire_maker', 'expire_both', 'decrement'],
    maxOpenOrders: 200,
  });
});

it('takes a bound of zero for none', () => {
  expect(bySymbol('ETHBTC')).toMatchObject({
    minPrice: decimal('0'),
    maxPrice: decimal('Infinity'),
    priceStep: decimal('0'),
    minAmount: decimal('0.0001'),
    maxAmount: decimal('Infinity'),
    amountStep: decimal('0.0001'),
  });
});

it('finds the least notional under its old name too', () => {
  expect(bySymbol('ETHBTC')?.minNotional).toEqual(decimal('0.0001'));
});

it('holds numbers exactly that a float64 does not', () => {
  expect(bySymbol('BNBUSDT')).toMatchObject({
    minPrice: decimal('0.00000001'),
    maxPrice: decimal('100000000000000000000'),
  });
});

it('knows a market without filters, and in whatever alphabet', () => {
  expect(bySymbol('１２３４５６')).toEqual({
    pair: '１２３-４５６',
    symbol: '１２３４５６',
    base: '１２３',
    quote: '４５６',
    tradable: false,
    orderTypes: ['market'],
    minPrice: decimal('0'),
    maxPrice: decimal('Infinity'),
    priceStep: decimal('0'),
    minAmount: decimal('0'),
    maxAmount: decimal('Infinity'),
    amountStep: decimal('0'),
    minNotional: decimal('0'),
    maxNotional: decimal('Infinity'),
    market: {
      minAmount: decimal('0'),
      maxAmount: decimal('Infinity'),
      amountStep: decimal('0'),
      minNotional: decimal('0'),
      maxNotional: decimal('Infinity'),
      byQuoteAmount: false,
      quoteAmountStep: decimal('0.00000001'),
    },
    selfTradePrevention: [],
  });
});

describe('the limits of market orders', () => {
  const limits = (filters: readonly object[], more: object = {}) =>
    right(rules.decode(withMarket({ filters, ...more }))).rules[0]?.market;

  it('are the narrower of both lot sizes, on the wider step', () => {
    const lot = { filterType: 'LOT_SIZE', minQty: '0.1', maxQty: '10', stepSize: '0.1' };
    const own = { filterType: 'MARKET_LOT_SIZE', minQty: '0.2', maxQty: '5', stepSize: '0.2' };
    const narrow = {
      minAmount: decimal('0.2'),
      maxAmount: decimal('5'),
      amountStep: decimal('0.2'),
    };
    expect(limits([lot, own])).toMatchObject(narrow);
    expect(limits([own, lot])).toMatchObject(narrow);
  });

  it.each<[filter: object, least: string, most: string]>([
    [{ filterType: 'MIN_NOTIONAL', applyToMarket: true }, '5', 'Infinity'],
    [{ filterType: 'MIN_NOTIONAL', applyToMarket: false }, '0', 'Infinity'],
    [{ filterType: 'NOTIONAL', applyMinToMarket: true, applyMaxToMarket: true }, '5', '100'],
    [{ filterType: 'NOTIONAL', applyMinToMarket: false, applyMaxToMarket: false }, '0', 'Infinity'],
  ])('%j: a value from %s to %s', (filter, least, most) => {
    expect(limits([{ minNotional: '5', maxNotional: '100', ...filter }])).toMatchObject({
      minNotional: decimal(least),
      maxNotional: decimal(most),
    });
  });

  it('tell the step of a quote amount by its decimals', () => {
    expect(limits([], { quoteAssetPrecision: 2 })?.quoteAmountStep).toEqual(decimal('0.01'));
  });
});

it.each(['constructor', 'toString', '__proto__', '', 'SOMETHING_NEW'])(
  'knows no self-trade prevention by the name of %j',
  (mode) => {
    const change = { allowedSelfTradePreventionModes: [mode, 'NONE'] };
    const [market] = right(rules.decode(withMarket(change))).rules;
    expect(market?.selfTradePrevention).toEqual(['none']);
  },
);

it.each([
  ['BTCUSDT', 'TRADING', true],
  ['ETHBTC', 'HALT', false],
  ['BNBUSDT', 'BREAK', false],
  ['LTCBTC', 'CANCEL_ONLY', false],
  ['XRPBTC', 'END_OF_DAY', false],
  ['１２３４５６', 'SOMETHING_NEW', false],
])('%s, in status %s, is tradable: %s', (symbol, _, tradable) => {
  expect(bySymbol(symbol)?.tradable).toBe(tradable);
});

it('knows all markets', () => {
  expect(decoded).toHaveLength(6);
});

it.each(['constructor', 'toString', '__proto__', ''])(
  'knows no order type by the name of %j',
  (type) => {
    const [market] = right(rules.decode(withMarket({ orderTypes: [type, 'LIMIT'] }))).rules;
    expect(market?.orderTypes).toEqual(['limit']);
  },
);

describe('a market that trades', () => {
  const tradable = (change: object) =>
    right(rules.decode(withMarket(change))).rules.map((rule) => rule.tradable);

  it.each([
    ['no permission sets at all', { permissionSets: undefined }, true],
    ['none of them shown', { permissionSets: [] }, true],
    ['SPOT in its set', { permissionSets: [['SPOT', 'MARGIN', 'TRD_GRP_004']] }, true],
    ['SPOT in each set', { permissionSets: [['SPOT'], ['MARGIN', 'SPOT']] }, true],
    ['SPOT in one set only', { permissionSets: [['SPOT'], ['MARGIN']] }, false],
    ['no SPOT', { permissionSets: [['TRD_GRP_004', 'LEVERAGED']] }, false],
    ['spot trading off', { isSpotTradingAllowed: false }, false],
    ['spot trading not mentioned', { isSpotTradingAllowed: undefined }, true],
  ])('with %s is tradable for every account: %s', (_, change, expected) => {
    expect(tradable(change)).toEqual([expected]);
  });
});

/** The information with further markets. */
const withMarkets = (...more: readonly unknown[]): unknown => {
  const { symbols } = information as { readonly symbols: readonly object[] };
  return { ...(information as object), symbols: [...symbols, ...more] };
};

describe('a market that cannot be read', () => {
  const good = (information as { readonly symbols: readonly object[] }).symbols[0];

  it.each([
    ['a filter', { ...good, symbol: 'BAD', filters: [{ filterType: 'LOT_SIZE', stepSize: 1 }] }],
    ['a filter without a type', { ...good, symbol: 'BAD', filters: [{ stepSize: '1' }] }],
    ['its status', { ...good, symbol: 'BAD', status: 1 }],
    ['its assets', { ...good, symbol: 'BAD', baseAsset: null }],
    ['its order types', { ...good, symbol: 'BAD', orderTypes: 'LIMIT' }],
    ['its permissions', { ...good, symbol: 'BAD', permissionSets: ['SPOT'] }],
  ])('for %s is left out alone, and named', (_, bad) => {
    const { rules: read, problems } = right(rules.decode(withMarkets(bad)));
    expect(read).toEqual(decoded);
    expect(problems).toMatchObject([{ kind: 'decode' }]);
    expect(problems[0]?.message).toMatch(/^Market BAD does not have the expected shape/);
  });

  it.each([null, 7, 'BTCUSDT', [], {}])('(%j) is left out, whatever it is', (bad) => {
    const { rules: read, problems } = right(rules.decode(withMarkets(bad)));
    expect(read).toEqual(decoded);
    expect(problems[0]?.message).toMatch(/^A market without a symbol/);
  });

  it('makes the answer none where there is no other', () => {
    expect(isLeft(rules.decode(withMarket({ status: 1 })))).toBe(true);
    expect(right(rules.decode({ symbols: [] })).rules).toEqual([]);
  });
});

it('passes over what it does not know of a filter that it does not know', () => {
  const filters = [{ filterType: 'SOMETHING_NEW', minPrice: 7, stepSize: {} }];
  const { rules: read, problems } = right(rules.decode(withMarket({ filters })));
  expect(read).toHaveLength(1);
  expect(problems).toEqual([]);
});

describe('the rate limits that it states', () => {
  const limitsOf = (rateLimits: unknown) =>
    right(rules.decode({ ...(information as object), rateLimits })).limits;

  it('are those of the connector’s pools', () => {
    const { weight, requests, orders10s, ordersDay } = binanceSpot.limits;
    const stated = { weight, requests, orders10s, ordersDay };
    expect(right(rules.decode(information)).limits).toEqual(stated);
  });

  it('hold for the interval that is stated', () => {
    const row = { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 1, limit: 7 };
    expect(limitsOf([row])).toEqual({ orders10s: { limit: 7, interval: 1_000 } });
  });

  const row = { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 7 };
  it.each([
    ['nothing', undefined],
    ['no list', { ...row }],
    ['another type', [{ ...row, rateLimitType: 'CONNECTIONS' }]],
    ['another interval', [{ ...row, interval: 'HOUR' }]],
    ['a limit of zero', [{ ...row, limit: 0 }]],
    ['an interval of zero', [{ ...row, intervalNum: 0 }]],
    ['a limit in text', [{ ...row, limit: '7' }]],
    ['nonsense', [null, 7, 'x', []]],
  ])('say nothing where they are %s', (_, rateLimits) => {
    expect(limitsOf(rateLimits)).toEqual({});
  });
});
