import fc from 'fast-check';
import { Decimal, type DecimalInput } from '../../src/core/decimal.js';
import { ConnectorError } from '../../src/core/errors.js';
import type { OrderRequest, Side } from '../../src/core/order.js';
import type { TradingRule } from '../../src/core/trading-rule.js';
import { intentOf, prepareOrder, quantise } from '../../src/orders/prepare-order.js';
import { T0 } from './evidence-of.js';

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
  minAmount: new Decimal('0.00001'),
  maxAmount: new Decimal(9_000),
  amountStep: new Decimal('0.00001'),
  minNotional: new Decimal(10),
};

/** Bounds that an exchange leaves open, as Binance does with a bound of zero. */
const unbounded: Partial<TradingRule> = {
  minPrice: new Decimal(0),
  maxPrice: new Decimal(Infinity),
  minAmount: new Decimal(0),
  maxAmount: new Decimal(Infinity),
  minNotional: new Decimal(0),
};

const request: OrderRequest = { pair: 'BTC-USDT', type: 'limit', amount: 1, price: 100 };
const market: OrderRequest = { pair: 'BTC-USDT', type: 'market', amount: 1 };

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

describe('intentOf', () => {
  it('is what was asked for, and no more', () => {
    expect(drafted({ ...request, timeInForce: 'IOC' }, 'sell')).toEqual({
      clientOrderId: 'rx-1',
      pair: 'BTC-USDT',
      side: 'sell',
      type: 'limit',
      timeInForce: 'IOC',
      price: new Decimal(100),
      amount: new Decimal(1),
      createdAt: T0,
    });
    expect(Object.keys(drafted(market)).sort()).toEqual([
      'amount',
      'clientOrderId',
      'createdAt',
      'pair',
      'side',
      'type',
    ]);
  });

  it.each<[input: DecimalInput, value: string]>([
    ['0.10', '0.1'],
    ['1e-8', '0.00000001'],
    [0.1, '0.1'],
    [0.1 + 0.2, '0.30000000000000004'],
    [123456789012345680000, '123456789012345680000'],
    [new Decimal('12345678901234567890.123456789'), '12345678901234567890.123456789'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['abc', 'NaN'],
    ['', 'NaN'],
    ['1,000', 'NaN'],
    ['NaN', 'NaN'],
  ])('reads %p as %s', (input, value) => {
    expect(drafted({ ...request, amount: input, price: input })).toMatchObject({
      amount: new Decimal(value === 'NaN' ? NaN : value),
      price: new Decimal(value === 'NaN' ? NaN : value),
    });
  });

  it('never throws, whatever a program without types hands in', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.double(),
      fc.bigInt(),
      fc.constant(Symbol()),
    );
    fc.assert(
      fc.property(anything, anything, (amount, price) => {
        const asked = { ...request, amount, price } as OrderRequest;
        const refused = complaint(() => prepareOrder(drafted(asked), rule));
        expect([undefined, 'invalid_order']).toContain(refused?.kind);
      }),
      { numRuns: 1_000 },
    );
  });
});

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
    expect([prepared.price?.toFixed(), prepared.amount.toFixed()]).toEqual(expected);
  });

  it('leaves all else as it was', () => {
    const intent = drafted({ ...request, timeInForce: 'FOK' });
    expect(prepareOrder(intent, rule)).toEqual(intent);
    expect(prepareOrder(drafted(market), rule)).toEqual(drafted(market));
  });

  const limits = /is not within/;
  it.each<[asked: Partial<OrderRequest>, message: string | RegExp]>([
    // No numbers above zero.
    [{ amount: 'abc' }, 'The amount must be a number above zero, got NaN.'],
    [{ amount: '0x10' }, 'The amount must be a number above zero, got NaN.'],
    [{ amount: '' }, 'The amount must be a number above zero, got NaN.'],
    [{ amount: NaN }, 'The amount must be a number above zero, got NaN.'],
    [{ amount: -1 }, 'The amount must be a number above zero, got -1.'],
    [{ amount: 0 }, 'The amount must be a number above zero, got 0.'],
    [{ amount: Infinity }, 'The amount must be a number above zero, got Infinity.'],
    [{ amount: '-0' }, /^The amount must be a number above zero/],
    [{ price: 'abc' }, 'A limit order needs a price above zero, got NaN.'],
    [{ price: -1 }, 'A limit order needs a price above zero, got -1.'],
    [{ price: 0 }, 'A limit order needs a price above zero, got 0.'],
    [{ price: -Infinity }, 'A limit order needs a price above zero, got -Infinity.'],
    [{ price: NaN, type: 'limit_maker' }, 'A limit_maker order needs a price above zero, got NaN.'],
    // What does not go together.
    [{ type: 'market' }, 'A market order takes no price, got 100.'],
    [
      { type: 'limit_maker', timeInForce: 'IOC' },
      'A limit_maker order takes no time in force, got IOC.',
    ],
    // Outside of the limits, once quantised.
    [{ amount: '0.000009' }, 'The amount 0 (in steps of 0.00001) is not within 0.00001 and 9000.'],
    [
      { amount: '9000.00001' },
      'The amount 9000.00001 (in steps of 0.00001) is not within 0.00001 and 9000.',
    ],
    [{ amount: '1e400' }, limits],
    [{ price: '0.001' }, 'The price 0 (in steps of 0.01) is not within 0.01 and 1000000.'],
    [
      { price: '1000000.01' },
      'The price 1000000.01 (in steps of 0.01) is not within 0.01 and 1000000.',
    ],
    [{ price: '1e400' }, limits],
    [{ price: '9.999' }, 'The order is worth 9.99 USDT, less than the least of 10.'],
    [{ amount: '0.099999' }, 'The order is worth 9.999 USDT, less than the least of 10.'],
  ])('refuses %j: %s', (asked, message) => {
    const error = complaint(() => prepareOrder(drafted({ ...request, ...asked }), rule));
    expect(error).toMatchObject({ kind: 'invalid_order', outcome: 'refused', retryable: false });
    if (typeof message === 'string') expect(error?.message).toBe(message);
    else expect(error?.message).toMatch(message);
  });

  it.each<[what: string, asked: OrderRequest, market: Partial<TradingRule>, message: string]>([
    [
      'no limit order without a price',
      { pair: 'BTC-USDT', type: 'limit', amount: 1 },
      {},
      'A limit order needs a price above zero, got none.',
    ],
    [
      'no time in force for a market order',
      { ...market, timeInForce: 'FOK' },
      {},
      'A market order takes no time in force, got FOK.',
    ],
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
        expect(side === 'buy' ? quantised.lte(price) : quantised.gte(price)).toBe(true);
        expect(quantised.minus(price).abs().lt(steps.priceStep) || quantised.eq(price)).toBe(true);
        expect(isMultiple(quantised, steps.priceStep)).toBe(true);
        expect(prepared.amount.lte(amount)).toBe(true);
        expect(
          amount.minus(prepared.amount).lt(steps.amountStep) || prepared.amount.eq(amount),
        ).toBe(true);
        expect(isMultiple(prepared.amount, steps.amountStep)).toBe(true);
        expect(quantised.gt(0) && prepared.amount.gt(0)).toBe(true);
        expect(`${quantised.toFixed()} ${prepared.amount.toFixed()}`).not.toMatch(/e/i);
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
      priceStep: new Decimal('0.25'),
      amountStep: new Decimal('0.25'),
    };
    fc.assert(
      fc.property(orders, near, near, ({ side }, price, amount) => {
        const asked = drafted({ ...request, price, amount }, side);
        const { price: at, amount: size } = quantise(asked, tight);
        const lawful =
          at!.gte(1) && at!.lte(3) && size.gte('0.5') && size.lte(2) && at!.times(size).gte('1.5');
        expect(complaint(() => prepareOrder(asked, tight)) === undefined).toBe(lawful);
        through += lawful ? 1 : 0;
      }),
      { numRuns: 1_000 },
    );
    expect(through).toBeGreaterThan(10);
  });
});
