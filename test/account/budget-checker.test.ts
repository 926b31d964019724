import fc from 'fast-check';
import {
  adjustCandidate,
  type AdjustOptions,
  type Budget,
  type BudgetMarket,
  type OrderCandidate,
} from '../../src/account/budget-checker.js';
import { Decimal } from '../../src/core/decimal.js';
import { flatFees } from '../../src/core/fee.js';
import { rule } from '../exchanges/binance/support.js';

const fees = flatFees({ maker: '0.001', taker: '0.001' });
const limits = {
  minAmount: new Decimal('0.001'),
  maxAmount: new Decimal(100),
  amountStep: new Decimal('0.001'),
  minNotional: new Decimal(5),
  maxNotional: new Decimal(1e9),
};
const btcUsdt = rule('BTC', 'USDT');
const market: BudgetMarket = {
  rule: {
    ...btcUsdt,
    ...limits,
    priceStep: new Decimal('0.1'),
    market: { ...btcUsdt.market, ...limits, maxAmount: new Decimal(1) },
  },
  fees,
};
const inQuote: BudgetMarket = { ...market, fees: { ...fees, paidFrom: 'quote' } };
const inBnb: BudgetMarket = {
  ...market,
  fees: { ...fees, discountAsset: 'BNB' },
  discountAssetPrice: new Decimal(500),
};

const candidate = (changes: Partial<OrderCandidate> = {}): OrderCandidate => ({
  pair: 'BTC-USDT',
  side: 'buy',
  type: 'limit',
  amount: new Decimal(2),
  price: new Decimal(50),
  ...changes,
});

const budgetOf = (amounts: Readonly<Record<string, number>>): Budget =>
  new Map(Object.entries(amounts).map(([asset, amount]) => [asset, new Decimal(amount)]));

const text = (of: { readonly amount: Decimal; readonly asset: string } | undefined) =>
  of === undefined ? undefined : `${of.amount.toFixed()} ${of.asset}`;

const adjusted = (
  amounts: Readonly<Record<string, number>>,
  {
    changes = {},
    of = market,
    ...options
  }: AdjustOptions & {
    readonly changes?: Partial<OrderCandidate>;
    readonly of?: BudgetMarket;
  } = {},
) => {
  const budget = budgetOf(amounts);
  const fit = adjustCandidate(candidate(changes), of, { ...options, budget });
  return {
    amount: fit.amount.toFixed(),
    resized: fit.resized,
    locks: text(fit.orderCollateral),
    besides: text(fit.feeCollateral),
    fee: text(fit.estimatedFee),
    returns: text(fit.potentialReturns),
    left: Object.fromEntries([...budget].map(([asset, amount]) => [asset, amount.toNumber()])),
  };
};

describe('a candidate', () => {
  it('that is affordable stays as it is, and takes what it would lock', () => {
    expect(adjusted({ USDT: 100 })).toEqual({
      amount: '2',
      resized: false,
      locks: '100 USDT',
      besides: undefined,
      fee: '0.002 BTC',
      returns: '1.998 BTC',
      left: { USDT: 0 },
    });
    expect(adjusted({ BTC: 3 }, { changes: { side: 'sell' } })).toEqual({
      amount: '2',
      resized: false,
      locks: '2 BTC',
      besides: undefined,
      fee: '0.1 USDT',
      returns: '99.9 USDT',
      left: { BTC: 1 },
    });
  });

  it('that is not is given up as a whole, or made smaller', () => {
    expect(adjusted({ USDT: 99.99 })).toMatchObject({
      amount: '0',
      resized: true,
      left: { USDT: 99.99 },
    });
    expect(adjusted({ USDT: 99.99 }, { allOrNone: false })).toMatchObject({
      amount: '1.999',
      resized: true,
      locks: '99.95 USDT',
    });
    expect(adjusted({}, { allOrNone: false })).toMatchObject({ amount: '0', locks: '0 USDT' });
  });

  it('is given up where the market takes none so small or so large', () => {
    expect(adjusted({ USDT: 4.99 }, { allOrNone: false }).amount).toBe('0');
    expect(adjusted({ USDT: 1e6 }, { changes: { amount: new Decimal(101) } }).amount).toBe('0');
    const type = 'market';
    expect(adjusted({ USDT: 1e6 }, { changes: { type } }).amount).toBe('0');
    expect(adjusted({ USDT: 1e6 }, { changes: { type, amount: new Decimal(1) } }).amount).toBe('1');
  });

  it('is brought to the market’s steps', () => {
    const changes = { amount: new Decimal('1.9999'), price: new Decimal('50.09') };
    expect(adjusted({ USDT: 1_000 }, { changes })).toMatchObject({
      amount: '1.999',
      resized: false,
      locks: '99.95 USDT',
    });
  });

  it('needs its fee besides where that is of the quote asset', () => {
    expect(adjusted({ USDT: 100.1 }, { of: inQuote })).toMatchObject({
      amount: '2',
      locks: '100 USDT',
      besides: '0.1 USDT',
      returns: '2 BTC',
      left: { USDT: 0 },
    });
    expect(adjusted({ USDT: 100 }, { of: inQuote, allOrNone: false }).amount).toBe('1.998');
    expect(adjusted({ BTC: 2 }, { of: inQuote, changes: { side: 'sell' } })).toMatchObject({
      amount: '2',
      besides: undefined,
      returns: '99.9 USDT',
    });
  });

  it('takes its fee in the discount asset from the budget, if there is enough of it', () => {
    expect(adjusted({ USDT: 100, BNB: 1 }, { of: inBnb })).toMatchObject({
      amount: '2',
      besides: '0.0002 BNB',
      returns: '2 BTC',
      left: { USDT: 0, BNB: 0.9998 },
    });
    expect(adjusted({ USDT: 100, BNB: 0.0001 }, { of: inBnb })).toMatchObject({
      amount: '2',
      besides: undefined,
      fee: '0.002 BTC',
    });
  });

  it('reckons with the maker’s fee where it cannot take', () => {
    const dear = { ...market, fees: flatFees({ maker: '0.5', taker: '0.001' }) };
    const options = { of: dear, changes: { type: 'limit_maker' } } as const;
    expect(adjusted({ USDT: 100 }, options).fee).toBe('1 BTC');
    expect(adjusted({ USDT: 100 }, { of: dear, changes: { liquidity: 'maker' } }).fee).toBe(
      '1 BTC',
    );
  });
});

it('leaves to each candidate what those before it did not take, never less than nothing', () => {
  const amount = fc.integer({ min: 0, max: 400 }).map((cents) => new Decimal(cents).div(100));
  const candidates = fc.array(
    fc.record({ side: fc.constantFrom('buy', 'sell'), amount, price: amount }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(
      candidates,
      amount,
      amount,
      fc.constantFrom(market, inQuote, inBnb),
      fc.boolean(),
      (list, usdt, btc, of, allOrNone) => {
        const budget: Budget = new Map([
          ['USDT', usdt.times(50)],
          ['BTC', btc],
          ['BNB', new Decimal('0.0001')],
        ]);
        for (const each of list) {
          const before = new Map(budget);
          const fit = adjustCandidate(candidate(each), of, { budget, allOrNone });
          const taken = new Map<string, Decimal>();
          for (const part of [fit.orderCollateral, fit.feeCollateral])
            if (part !== undefined)
              taken.set(part.asset, part.amount.plus(taken.get(part.asset) ?? 0));
          for (const [asset, left] of budget) {
            const was = before.get(asset)!;
            expect(left.gte(0)).toBe(true);
            expect(left.toFixed()).toBe(was.minus(taken.get(asset) ?? 0).toFixed());
          }
          expect(fit.amount.lte(each.amount)).toBe(true);
          if (allOrNone && fit.resized) expect(fit.amount.isZero()).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});
