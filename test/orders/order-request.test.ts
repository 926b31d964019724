import fc from 'fast-check';
import { Decimal, type DecimalInput } from '../../src/core/decimal.js';
import type { OrderRequest, Side } from '../../src/core/order.js';
import { intentOf, requestRefusal } from '../../src/orders/order-request.js';
import { T0 } from './evidence-of.js';

const request = {
  pair: 'BTC-USDT',
  type: 'limit',
  amount: 1,
  price: 100,
} as const satisfies OrderRequest;
const market = { pair: 'BTC-USDT', type: 'market', amount: 1 } as const satisfies OrderRequest;

const drafted = (asked: OrderRequest, side: Side = 'buy') =>
  intentOf({ side, request: asked, clientOrderId: 'rx-1', now: T0 });

/** What comes of a request by a program without types. */
const refusal = (asked: object) => requestRefusal(asked as OrderRequest);

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

  it('has one size, told one way or the other', () => {
    expect(drafted({ pair: 'BTC-USDT', type: 'market', quoteAmount: '20' })).toEqual({
      clientOrderId: 'rx-1',
      pair: 'BTC-USDT',
      side: 'buy',
      type: 'market',
      quoteAmount: new Decimal(20),
      createdAt: T0,
    });
  });
});

describe('requestRefusal', () => {
  it.each<[asked: OrderRequest]>([
    [request],
    [market],
    [{ pair: 'BTC-USDT', type: 'market', quoteAmount: '0.01' }],
    [{ ...request, type: 'limit_maker', amount: '1e-8', price: new Decimal('64250.1') }],
    [{ ...request, timeInForce: 'GTC', selfTradePrevention: 'expire_both' }],
    [{ ...request, timeInForce: 'FOK', selfTradePrevention: 'transfer' }],
    [{ ...request, positionAction: 'close' }],
    [{ ...request, pair: '１２３-４５６' }],
  ])('has nothing against %j', (asked) => expect(requestRefusal(asked)).toBeUndefined());

  const amount = (value: unknown, text: string): [object, string] => [
    { ...request, amount: value },
    `The amount must be a number above zero, got ${text}.`,
  ];
  it.each<[asked: object, message: string]>([
    amount('abc', '"abc"'),
    amount('0x10', '"0x10"'),
    amount('', '""'),
    amount('1,000', '"1,000"'),
    amount('-1', '"-1"'),
    amount('0', '"0"'),
    amount('-0', '"-0"'),
    amount('NaN', '"NaN"'),
    amount('1e400', '"1e400"'),
    amount('1e-400', '"1e-400"'),
    amount('1e999999999', '"1e999999999"'),
    amount(NaN, 'NaN'),
    amount(-1, '-1'),
    amount(0, '0'),
    amount(Infinity, 'Infinity'),
    amount(null, 'null'),
    amount(undefined, 'undefined'),
    amount({}, 'a value of type object'),
    amount([], 'a value of type object'),
    amount(Symbol('1'), 'a value of type symbol'),
    amount(() => 1, 'a value of type function'),
    amount(true, 'true'),
    amount(new Decimal(NaN), 'NaN'),
    amount(new Decimal(-2), '-2'),
    [{ ...request, price: 'abc' }, 'A limit order needs a price above zero, got "abc".'],
    [{ ...request, price: -1 }, 'A limit order needs a price above zero, got -1.'],
    [{ ...request, price: 0 }, 'A limit order needs a price above zero, got 0.'],
    [{ ...request, price: -Infinity }, 'A limit order needs a price above zero, got -Infinity.'],
    [{ ...request, price: '1e400' }, 'A limit order needs a price above zero, got "1e400".'],
    [{ ...request, price: undefined }, 'A limit order needs a price above zero, got undefined.'],
    [
      { ...request, price: NaN, type: 'limit_maker' },
      'A limit_maker order needs a price above zero, got NaN.',
    ],
    [{ ...request, type: 'market' }, 'A market order takes no price, got 100.'],
    [
      { ...request, type: 'stop' },
      'The type must be one of limit, limit_maker, market, got "stop".',
    ],
    [
      { ...request, type: undefined },
      'The type must be one of limit, limit_maker, market, got undefined.',
    ],
    [
      { ...request, quoteAmount: 5 },
      "An order's size is its amount or its quoteAmount, got both: 1 and 5.",
    ],
    [
      { ...request, amount: undefined, quoteAmount: 5 },
      "Only a market order's size may be told as quoteAmount, got 5 with type limit.",
    ],
    [
      { pair: 'BTC-USDT', type: 'market', quoteAmount: '0' },
      'The quoteAmount must be a number above zero, got "0".',
    ],
    [
      { ...request, timeInForce: 'GTD' },
      'The time in force must be one of GTC, IOC, FOK, got "GTD".',
    ],
    [
      { ...request, type: 'limit_maker', timeInForce: 'IOC' },
      'A limit_maker order takes no time in force, got IOC.',
    ],
    [{ ...market, timeInForce: 'FOK' }, 'A market order takes no time in force, got FOK.'],
    [
      { ...request, selfTradePrevention: 'EXPIRE_MAKER' },
      'The self-trade prevention must be one of none, expire_taker, expire_maker, expire_both, ' +
        'decrement, transfer, got "EXPIRE_MAKER".',
    ],
    [
      { ...request, positionAction: 'flip' },
      'The position action must be one of open, close, got "flip".',
    ],
  ])('refuses %p: %s', (asked, message) => {
    const error = refusal(asked);
    expect(error).toMatchObject({ kind: 'invalid_order', outcome: 'refused', retryable: false });
    expect(error?.message).toBe(message);
  });

  it.each([['BTCUSDT'], [''], ['-'], ['BTC-'], [null], [undefined], [5], [{}]])(
    'knows no pair %p',
    (pair) => expect(refusal({ ...request, pair })?.kind).toBe('not_supported'),
  );

  it('never throws, and lets only sound numbers through', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.double(),
      fc.bigInt(),
      fc.float().map(String),
    );
    fc.assert(
      fc.property(anything, anything, (size, price) => {
        const asked = { ...request, amount: size, price } as OrderRequest;
        const error = requestRefusal(asked);
        if (error !== undefined) expect(error.kind).toBe('invalid_order');
        else expect(drafted(asked).amount!.gt(0) && drafted(asked).price!.gt(0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
