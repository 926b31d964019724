import fc from 'fast-check';
import { Decimal } from '../../src/core/decimal.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { OrderRequest, OrderTerms, Side } from '../../src/core/order.js';
import type { TradingRule } from '../../src/core/trading-rule.js';
import { intentOf } from '../../src/orders/order-request.js';
import { prepareOrder, quantise, type OrderConditions } from '../../src/orders/prepare-order.js';
import { T0 } from './evidence-of.js';

const bounds = {
  minAmount: new Decimal('0.00001'),
  maxAmount: new Decimal(9_000),
  amountStep: new Decimal('0.00001'),
  minNotional: new Decimal(10),
  maxNotional: new Decimal(8_999_999),
};
const rule: TradingRule = {
  pair: 'BTC-USDT',
  symbol: 'BTCUSDT',
  base: 'BTC',
  quote: 'USDT',
  tradable: true,
  orderTypes: ['limit', 'limit_maker', 'market'],
  minPrice: new Decimal('0.01'),
  maxPrice: new Decimal(1_000_000),
  priceStep: new Decimal('0.01'),
  ...bounds,
  market: {
    ...bounds,
    maxAmount: new Decimal(90),
    byQuoteAmount: true,
    quoteAmountStep: new Decimal('0.01'),
  },
  selfTradePrevention: ['none', 'expire_maker'],
  maxOpenOrders: 2,
};

/** Bounds that an exchange leaves open, as Binance does with a bound of zero. */
const unbounded: Partial<TradingRule> = {
  minPrice: new Decimal(0),
  maxPrice: new Decimal(Infinity),
  minAmount: new Decimal(0),
  maxAmount: new Decimal(Infinity),
  minNotional: new Decimal(0),
  maxNotional: new Decimal(Infinity),
};

const request = { pair: 'BTC-USDT', type: 'limit', amount: 1, price: 100 } satisfies OrderRequest;
const market = { pair: 'BTC-USDT', type: 'market', amount: 1 } satisfies OrderRequest;

const byQuote: Omit<OrderTerms, 'price'> = { pair: 'BTC-USDT', type: 'market' };

const drafted = (asked: OrderRequest, side: Side = 'buy') =>
  intentOf({ side, request: asked, clientOrderId: 'rx-1', now: T0 });

const complaint = (run: () => unknown): ConnectorError | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ConnectorError) return error;
    throw error;
  }
};

describe('prepareOrder', () => {
  it.each<[what: string, side: Side, price: string, amount: string, expected: [string, string]]>([
    ['a buy', 'buy', '100.019', '1.000019', ['100.01', '1.00001']],
    ['a sell', 'sell', '100.011', '1.000019', ['100.02', '1.00001']],
    ['a price on a step', 'sell', '100.01', '1', ['100.01', '1']],
    [
      'many digits',
      'buy',
      '99999.9999999999999999999999',
      '0.12345678901234567890',
      ['99999.99', '0.12345'],
    ],
    ['the least amount', 'buy', '1000000', '0.00001', ['1000000', '0.00001']],
    ['the greatest amount', 'buy', '1', '9000.000009', ['1', '9000']],
    ['the least price', 'buy', '0.01', '1000', ['0.01', '1000']],
    ['the least notional', 'buy', '10', '1', ['10', '1']],
  ])('quantises %s', (_, side, price, amount, expected) => {
    const prepared = prepareOrder(drafted({ ...request, price, amount }, side), rule);
    expect([prepared.price?.toFixed(), prepared.amount?.toFixed()]).toEqual(expected);
  });

  it('leaves all else as it was', () => {
    const intent = drafted({ ...request, timeInForce: 'FOK' });
    expect(prepareOrder(intent, rule)).toEqual(intent);
    expect(prepareOrder(drafted(market), rule)).toEqual(drafted(market));
  });

  it.each<[asked: { amount?: string; price?: string }, message: string]>([
    [{ amount: '0.000009' }, 'The amount 0 (in steps of 0.00001) is not within 0.00001 and 9000.'],
    [
      { amount: '9000.00001' },
      'The amount 9000.00001 (in steps of 0.00001) is not within 0.00001 and 9000.',
    ],
    [{ price: '0.001' }, 'The price 0 (in steps of 0.01) is not within 0.01 and 1000000.'],
    [
      { price: '1000000.01' },
      'The price 1000000.01 (in steps of 0.01) is not within 0.01 and 1000000.',
    ],
    [{ price: '9.999' }, 'The order is worth 9.99 USDT, less than the least of 10.'],
    [{ amount: '0.099999' }, 'The order is worth 9.999 USDT, less than the least of 10.'],
  ])('refuses %j: %s', (asked, message) => {
    const error = complaint(() => prepareOrder(drafted({ ...request, ...asked }), rule));
    expect(error).toMatchObject({ kind: 'invalid_order', outcome: 'refused', retryable: false });
    expect(error?.message).toBe(message);
  });

  it.each<[what: string, asked: OrderRequest, market: Partial<TradingRule>, message: string]>([
    [
      'no orders where trading is halted',
      request,
      { tradable: false },
      'BTC-USDT takes no new orders now.',
    ],
    [
      'no type that the market does not have',
      request,
      { orderTypes: ['limit_maker', 'market'] },
      'BTC-USDT takes no limit orders, only limit_maker, market.',
    ],
    [
      'no market order where there are none',
      market,
      { orderTypes: ['limit'] },
      'BTC-USDT takes no market orders, only limit.',
    ],
    [
      'no price of zero, though no price is too low',
      { ...request, price: '0.009' },
      unbounded,
      'The price 0 (in steps of 0.01) is not within 0 and Infinity.',
    ],
    [
      'no amount of zero, though none is too small',
      { ...request, amount: '0.000009' },
      unbounded,
      'The amount 0 (in steps of 0.00001) is not within 0 and Infinity.',
    ],
  ])('takes %s', (_, asked, changes, message) => {
    const error = complaint(() => prepareOrder(drafted(asked), { ...rule, ...changes }));
    expect([error?.kind, error?.message]).toEqual(['invalid_order', message]);
  });

  it.each<[what: string, asked: OrderRequest, conditions: OrderConditions, message: string]>([
    [
      'a market order that is worth too little at the present price',
      { ...market, amount: '0.1' },
      { marketPrice: new Decimal('99.9') },
      'The order is worth 9.99 USDT, less than the least of 10.',
    ],
    [
      'a market order by quote amount that is worth too little, whatever the price',
      { ...byQuote, quoteAmount: '9.999' },
      {},
      'The order is worth 9.99 USDT, less than the least of 10.',
    ],
    [
      'an order that is worth too much',
      { ...request, price: 1_000, amount: '9000.00' },
      {},
      'The order is worth 9000000 USDT, more than the most of 8999999.',
    ],
    [
      'a market order that is larger than market orders may be',
      { ...market, amount: 91 },
      {},
      'The amount 91 (in steps of 0.00001) is not within 0.00001 and 90.',
    ],
    [
      'a quote amount of less than a step',
      { ...byQuote, quoteAmount: '0.001' },
      {},
      'The quoteAmount is less than a step of 0.01.',
    ],
    [
      'one order more than may be open',
      request,
      { openOrders: 2 },
      '2 orders are open in BTC-USDT, which takes 2 at most; cancel one first.',
    ],
    [
      'a way of self-trade prevention that the market does not allow',
      { ...request, selfTradePrevention: 'decrement' },
      {},
      'BTC-USDT does not take the self-trade prevention decrement, only none, expire_maker.',
    ],
    [
      'a position action where there are no positions',
      { ...request, positionAction: 'close' },
      {},
      'BTC-USDT has no positions, so no order of it takes a position action.',
    ],
    [
      'a price between two steps, by strict rounding',
      { ...request, price: '100.019' },
      { rounding: 'strict' },
      'The price 100.019 is not on a step of the market; the step below or above is 100.01.',
    ],
    [
      'an amount between two steps, by strict rounding',
      { ...request, amount: '1.000019' },
      { rounding: 'strict' },
      'The amount 1.000019 is not on a step of the market; the step below or above is 1.00001.',
    ],
  ])('refuses %s', (_, asked, conditions, message) => {
    const error = complaint(() => prepareOrder(drafted(asked), rule, conditions));
    expect([error?.kind, error?.message]).toEqual(['invalid_order', message]);
  });

  it('takes what is at a bound', () => {
    const takes = (asked: OrderRequest, conditions?: OrderConditions) =>
      complaint(() => prepareOrder(drafted(asked), rule, conditions)) === undefined;
    expect(takes({ ...market, amount: '0.1' }, { marketPrice: new Decimal(100) })).toBe(true);
    expect(takes({ ...market, amount: 90 })).toBe(true);
    expect(takes({ ...byQuote, quoteAmount: 10 })).toBe(true);
    expect(takes(request, { openOrders: 1 })).toBe(true);
    expect(takes(market, { openOrders: 2 })).toBe(true);
    expect(takes({ ...request, price: 8_999_999, amount: 1 })).toBe(false);
    expect(takes({ ...request, price: 999_999, amount: 9 })).toBe(true);
    expect(takes(request, { rounding: 'strict' })).toBe(true);
  });

  it('takes no orders by quote amount where the market takes none', () => {
    const shut = { ...rule, market: { ...rule.market, byQuoteAmount: false } };
    const asked = { ...byQuote, quoteAmount: 20 };
    expect(complaint(() => prepareOrder(drafted(asked), shut))?.message).toBe(
      'BTC-USDT takes no orders by quoteAmount (20); give the amount instead.',
    );
  });

  it.each([
    ['buy', '100.014', '100.01'],
    ['buy', '100.015', '100.02'],
    ['sell', '100.014', '100.01'],
    ['sell', '100.016', '100.02'],
  ] as const)('rounds the price of a %s of %s to the nearest step %s', (side, price, expected) => {
    const asked = { ...request, price, amount: '1.000019' };
    const prepared = prepareOrder(drafted(asked, side), rule, { rounding: 'nearest' });
    expect([prepared.price?.toFixed(), prepared.amount?.toFixed()]).toEqual([expected, '1.00001']);
  });

  it('takes each type, and each time in force with a limit order', () => {
    const takes = (asked: OrderRequest) =>
      complaint(() => prepareOrder(drafted(asked), rule)) === undefined;
    expect(takes({ ...request, type: 'limit_maker' })).toBe(true);
    expect(takes(market)).toBe(true);
    for (const timeInForce of ['GTC', 'IOC', 'FOK'] as const)
      expect(takes({ ...request, timeInForce })).toBe(true);
  });
});

describe('what prepareOrder lets through', () => {
  const positive = fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 25n }), fc.integer({ min: 0, max: 20 }))
    .map(([digits, places]) => new Decimal(digits.toString()).shiftedBy(-places));
  const step = fc.oneof(
    fc.integer({ min: 0, max: 8 }).map((places) => new Decimal(1).shiftedBy(-places)),
    fc.constantFrom('0.25', '0.05', '5', '0').map((text) => new Decimal(text)),
  );
  const isMultiple = (value: Decimal, of: Decimal) => of.isZero() || value.div(of).isInteger();

  const orders = fc.record({
    side: fc.constantFrom<Side>('buy', 'sell'),
    price: positive,
    amount: positive,
    market: fc.record({ priceStep: step, amountStep: step }),
  });

  it('is on the steps, crosses no limit, is never more than asked for, and stays as it is', () => {
    let through = 0;
    fc.assert(
      fc.property(orders, ({ side, price, amount, market: steps }) => {
        const free = { ...rule, ...unbounded, ...steps };
        const asked = drafted({ ...request, price, amount }, side);
        if (complaint(() => prepareOrder(asked, free)) !== undefined) return;
        through += 1;
        const prepared = prepareOrder(asked, free);
        const quantised = prepared.price!;
        const size = prepared.amount!;
        expect(side === 'buy' ? quantised.lte(price) : quantised.gte(price)).toBe(true);
        expect(quantised.minus(price).abs().lt(steps.priceStep) || quantised.eq(price)).toBe(true);
        expect(isMultiple(quantised, steps.priceStep)).toBe(true);
        expect(size.lte(amount)).toBe(true);
        expect(amount.minus(size).lt(steps.amountStep) || size.eq(amount)).toBe(true);
        expect(isMultiple(size, steps.amountStep)).toBe(true);
        expect(quantised.gt(0) && size.gt(0)).toBe(true);
        expect(`${quantised.toFixed()} ${size.toFixed()}`).not.toMatch(/e/i);
        expect(prepareOrder(prepared, free)).toEqual(prepared);
      }),
      { numRuns: 1_000 },
    );
    expect(through).toBeGreaterThan(300);
  });

  it('keeps to every limit of the market', () => {
    let through = 0;
    const near = fc.integer({ min: 0, max: 30 }).map((units) => new Decimal(units).div(8));
    const tight = {
      ...rule,
      minPrice: new Decimal(1),
      maxPrice: new Decimal(3),
      minAmount: new Decimal('0.5'),
      maxAmount: new Decimal(2),
      minNotional: new Decimal('1.5'),
      maxNotional: new Decimal(5),
      priceStep: new Decimal('0.25'),
      amountStep: new Decimal('0.25'),
    };
    fc.assert(
      fc.property(orders, near, near, ({ side }, price, amount) => {
        const asked = drafted({ ...request, price, amount }, side);
        const { price: at, amount: size } = quantise(asked, tight);
        const value = at!.times(size!);
        const lawful =
          at!.gte(1) &&
          at!.lte(3) &&
          size!.gte('0.5') &&
          size!.lte(2) &&
          value.gte('1.5') &&
          value.lte(5);
        expect(complaint(() => prepareOrder(asked, tight)) === undefined).toBe(lawful);
        through += lawful ? 1 : 0;
      }),
      { numRuns: 1_000 },
    );
    expect(through).toBeGreaterThan(10);
  });
});
