import { isLeft } from 'fp-ts/lib/Either.js';
import { readRecording } from '../../recordings/recording.js';
import { decimal, exchange, fixture, right } from './support.js';

const information = fixture('exchange-info');
const { rules, limits, problems } = right(exchange.rules.decode(information));

it('are asked for once, for all markets', () => {
  expect(exchange.rules).toMatchObject({ path: '/fapi/v1/exchangeInfo', weights: { weight: 1 } });
  expect(exchange.rules.params()).toEqual({});
});

it('tell what a market accepts', () => {
  expect(rules[0]).toEqual({
    pair: 'BTC-USDT',
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    tradable: true,
    orderTypes: ['limit', 'limit_maker', 'market'],
    minPrice: decimal('261.1'),
    maxPrice: decimal('809484'),
    priceStep: decimal('0.1'),
    minAmount: decimal('0.001'),
    maxAmount: decimal('1000'),
    amountStep: decimal('0.001'),
    minNotional: decimal('50'),
    maxNotional: decimal('Infinity'),
    market: {
      minAmount: decimal('0.001'),
      maxAmount: decimal('120'),
      amountStep: decimal('0.001'),
      minNotional: decimal('50'),
      maxNotional: decimal('Infinity'),
      byQuoteAmount: false,
      quoteAmountStep: decimal('0'),
    },
    selfTradePrevention: ['none', 'expire_taker', 'expire_maker', 'expire_both'],
    maxOpenOrders: 200,
    collateral: { buy: 'USDT', sell: 'USDT' },
  });
  expect(problems).toEqual([]);
});

it('are those of perpetuals alone', () => {
  expect(rules.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDC', 'TSLAUSDT']);
});

it('tell a market that is being settled, and takes no post-only or market orders', () => {
  expect(rules[1]).toMatchObject({
    pair: 'ETH-USDC',
    tradable: false,
    orderTypes: ['limit'],
    maxAmount: decimal('Infinity'),
    minNotional: decimal('0'),
    collateral: { buy: 'USDC', sell: 'USDC' },
  });
});

it('tell the limits of requests and of orders', () => {
  expect(limits).toEqual({
    weight: { limit: 2_400, interval: 60_000 },
    ordersMinute: { limit: 1_200, interval: 60_000 },
    orders10s: { limit: 300, interval: 10_000 },
  });
  expect(exchange.limits).toMatchObject(limits);
});

it('are read of a market each: one that cannot be read hurts no other', () => {
  const { symbols } = information as { readonly symbols: readonly object[] };
  const [first] = symbols;
  const broken = { ...first, symbol: 'BADUSDT', marginAsset: undefined };
  const read = right(exchange.rules.decode({ symbols: [broken, first] }));
  expect(read.rules).toHaveLength(1);
  expect(read.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Market BADUSDT/),
  ]);
  expect(isLeft(exchange.rules.decode({ symbols: [broken] }))).toBe(true);
});

it('are read as they were recorded', () => {
  const { lines } = readRecording('binance-usdm-routed-20210722');
  const { text } = lines.find(({ url }) => url.pathname.endsWith('/exchangeInfo'))!;
  const recorded = right(exchange.rules.decode(JSON.parse(text)));
  expect(recorded.problems).toEqual([]);
  expect(recorded.rules.length).toBeGreaterThan(90);
  expect(
    recorded.rules.every(({ priceStep, minAmount }) => priceStep.gt(0) && minAmount.gt(0)),
  ).toBe(true);
});
