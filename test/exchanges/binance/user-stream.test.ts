import { isLeft } from 'fp-ts/lib/Either.js';
import type { UserStreamEvent } from '../../../src/core/contract.js';
import type { OrderUpdate } from '../../../src/core/order.js';
import { userStream } from '../../../src/exchanges/binance/user-stream.js';
import { credentials, decimal, messages, right, rules, signer } from './support.js';

const samples = messages('user-stream');
const decode = (name: string) => right(userStream.decode(samples[name], rules));

describe('the subscription', () => {
  it('is a signed request on the WebSocket API', () => {
    const domain = { rest: '', stream: '', wsApi: 'wss://ws-api.binance.com:443/ws-api/v3' };
    expect(userStream.type).toBe('signedRequest');
    expect(userStream.url(domain)).toBe('wss://ws-api.binance.com:443/ws-api/v3');
    expect(JSON.parse(userStream.subscribe(signer, 1_747_385_641_636))).toEqual({
      id: 1,
      method: 'userDataStream.subscribe.signature',
      params: {
        apiKey: credentials.apiKey,
        timestamp: 1_747_385_641_636,
        signature: '681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e',
      },
    });
  });

  const answers: readonly (readonly [string, UserStreamEvent])[] = [
    ['subscribed', { kind: 'subscribed' }],
    [
      'refusedForItsSignature',
      {
        kind: 'refused',
        failure: {
          kind: 'authentication',
          message: 'Signature for this request is not valid.',
          code: -1022,
          outcome: 'refused',
        },
      },
    ],
    [
      'refusedForItsTimestamp',
      {
        kind: 'refused',
        failure: {
          kind: 'clock_skew',
          message: 'Timestamp for this request is outside of the recvWindow.',
          code: -1021,
          outcome: 'refused',
        },
      },
    ],
    [
      'rateLimited',
      {
        kind: 'refused',
        failure: {
          kind: 'rate_limited',
          message: expect.stringMatching(/^Too much request weight/) as string,
          code: -1003,
          outcome: 'refused',
          retryAfter: 23_000,
        },
      },
    ],
    [
      'banned',
      {
        kind: 'refused',
        failure: {
          kind: 'banned',
          message: expect.stringMatching(/^Way too much request weight/) as string,
          code: -1003,
          outcome: 'refused',
          retryAfter: 120_000,
        },
      },
    ],
    [
      'revoked',
      {
        kind: 'refused',
        failure: {
          kind: 'authentication',
          message: 'Invalid API-key, IP, or permissions for action.',
          code: -2015,
          outcome: 'refused',
        },
      },
    ],
  ];

  it.each(answers)('is answered: %s', (name, event) => {
    expect(decode(name)).toEqual([event]);
  });
});

describe('an order', () => {
  const update = (change: Partial<OrderUpdate>): OrderUpdate => ({
    kind: 'order',
    pair: 'BTC-USDT',
    clientOrderId: 'rx-1',
    exchangeOrderId: '12510053279',
    status: 'open',
    executedAmount: decimal('0'),
    time: 1_772_600_760_300,
    createdAt: 1_772_600_760_300,
    ...change,
  });

  it('is accepted', () => {
    expect(decode('orderNew')).toEqual([update({})]);
  });

  it('is filled in part: the fill, then where the order stands', () => {
    expect(decode('orderPartlyFilled')).toEqual([
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '5123456790',
        exchangeOrderId: '12510053279',
        price: decimal('49999.99'),
        amount: decimal('0.1'),
        quoteAmount: decimal('4999.999'),
        fee: { asset: 'BTC', amount: decimal('0.0001') },
        liquidity: 'maker',
        time: 1_772_600_761_300,
      },
      update({ executedAmount: decimal('0.25'), time: 1_772_600_761_300 }),
    ]);
  });

  it('is filled, as the taker, for a fee in a third asset', () => {
    expect(decode('orderFilled')).toEqual([
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '5123456791',
        exchangeOrderId: '12510053280',
        price: decimal('49999.5'),
        amount: decimal('0.2'),
        quoteAmount: decimal('9999.9'),
        fee: { asset: 'BNB', amount: decimal('0.01234567') },
        liquidity: 'taker',
        time: 1_772_600_762_300,
      },
      update({
        createdAt: 1_772_600_762_300,
        clientOrderId: 'rx-2',
        exchangeOrderId: '12510053280',
        status: 'filled',
        executedAmount: decimal('0.2'),
        time: 1_772_600_762_300,
      }),
    ]);
  });

  it('is filled without a fee', () => {
    expect(decode('orderFilledWithoutFee')[0]).toMatchObject({
      kind: 'trade',
      fee: { asset: 'USDT', amount: decimal('0') },
    });
  });

  it('is canceled, by a request with an id of its own', () => {
    expect(decode('orderCanceled')).toEqual([
      update({
        status: 'ended',
        reason: 'canceled',
        executedAmount: decimal('0.25'),
        time: 1_772_600_763_300,
      }),
    ]);
  });

  it('is canceled, and the original id is left out', () => {
    expect(decode('orderCanceledWithoutOriginalId')).toEqual([
      update({ status: 'ended', reason: 'canceled', time: 1_772_600_763_400 }),
    ]);
  });

  it('is amended, by a request with an id of its own', () => {
    expect(decode('orderReplaced')).toEqual([update({ time: 1_772_600_763_500 })]);
  });

  it('expires with a part of it filled', () => {
    expect(decode('orderExpired')).toEqual([
      update({
        createdAt: 1_772_600_764_300,
        clientOrderId: 'rx-4',
        exchangeOrderId: '12510053282',
        status: 'ended',
        reason: 'expired',
        executedAmount: decimal('0.12'),
        time: 1_772_600_764_300,
      }),
    ]);
  });

  it('expires because it would trade with its own account', () => {
    expect(decode('orderExpiredInMatch')).toEqual([
      update({
        createdAt: 1_772_600_764_400,
        clientOrderId: 'rx-5',
        exchangeOrderId: '12510053283',
        status: 'ended',
        reason: 'self_trade_prevented',
        time: 1_772_600_764_400,
      }),
    ]);
  });

  it('is kept from trading with its own account, which is no fill', () => {
    expect(decode('orderTradePrevented')).toEqual([
      update({
        createdAt: 1_772_600_764_400,
        clientOrderId: 'rx-6',
        exchangeOrderId: '12510053284',
        executedAmount: decimal('0.05'),
        time: 1_772_600_764_500,
      }),
    ]);
  });

  it('is rejected', () => {
    expect(decode('orderRejected')).toEqual([
      update({
        createdAt: 1_772_600_764_600,
        clientOrderId: 'rx-7',
        exchangeOrderId: '12510053286',
        status: 'ended',
        reason: 'rejected',
        time: 1_772_600_764_600,
      }),
    ]);
  });

  it('of a market that is not known tells nothing', () => {
    expect(decode('orderOfAnUnknownMarket')).toEqual([]);
  });

  // Only with these the original id is the order's own.
  it.each([
    ['NEW', 'request-id'],
    ['TRADE', 'request-id'],
    ['EXPIRED', 'request-id'],
    ['REJECTED', 'request-id'],
    ['TRADE_PREVENTION', 'request-id'],
    ['CANCELED', 'original-id'],
    ['REPLACED', 'original-id'],
  ])('with execution type %s is named by its %s', (x, clientOrderId) => {
    const { event } = samples.orderPartlyFilled as { readonly event: object };
    const report = { event: { ...event, x, c: 'request-id', C: 'original-id' } };
    expect(right(userStream.decode(report, rules)).at(-1)).toMatchObject({ clientOrderId });
  });
});

describe('an execution report that is new to this library', () => {
  const { event: filled } = samples.orderPartlyFilled as { readonly event: object };
  const { event: accepted } = samples.orderNew as { readonly event: object };
  const read = (event: object) => userStream.decode({ event }, rules);

  it('keeps its fill under a status that is not known', () => {
    expect(right(read({ ...filled, X: 'SOMETHING_NEW' }))).toMatchObject([
      { kind: 'trade', tradeId: '5123456790' },
      { kind: 'order', status: 'open', executedAmount: decimal('0.25') },
    ]);
  });

  it('tells nothing under a status that is not known, without a fill', () => {
    expect(isLeft(read({ ...accepted, X: 'SOMETHING_NEW' }))).toBe(true);
  });

  it.each(['SOMETHING_NEW', 'CALCULATED', ''])(
    'goes by its status, whatever happened (%j)',
    (x) => {
      expect(right(read({ ...filled, x, X: 'CANCELED' }))).toMatchObject([
        { kind: 'order', status: 'ended', reason: 'canceled' },
      ]);
    },
  );

  it('makes no fill of what has no trade id', () => {
    expect(right(read({ ...filled, t: -1 }))).toMatchObject([{ kind: 'order' }]);
  });

  it.each([
    'REJECTED',
    'EXCHANGE_CANCELED',
    'UNFILLED_IOC_QUANTITY_EXPIRED',
    'UNFILLED_FOK_ORDER_EXPIRED',
    'INSUFFICIENT_LIQUIDITY',
    'EXECUTION_RULE_PRICE_RANGE_EXCEEDED',
    'SOMETHING_NEW',
  ])('has expired, whatever for (eR %s)', (eR) => {
    expect(right(read({ ...accepted, x: 'EXPIRED', X: 'EXPIRED', eR }))).toMatchObject([
      { kind: 'order', status: 'ended', reason: 'expired' },
    ]);
  });
});

describe('the account', () => {
  it('holds what an event may have changed', () => {
    expect(decode('accountPosition')).toEqual([
      {
        kind: 'balances',
        balances: new Map([
          ['BTC', { total: decimal('0.0999'), available: decimal('0.0999') }],
          ['USDT', { total: decimal('95000.00000001'), available: decimal('85000') }],
          ['BNB', { total: decimal('0'), available: decimal('0') }],
        ]),
        time: 1_772_600_761_300,
      },
    ]);
  });

  it.each(['balanceUpdate', 'externalLockUpdate', 'listStatus'])('says nothing by %s', (name) => {
    expect(decode(name)).toEqual([]);
  });
});

describe('the end', () => {
  it.each([
    ['ended', 'eventStreamTerminated'],
    ['ending', 'serverShutdown'],
  ])('is %s by %s', (kind, name) => {
    expect(decode(name)).toEqual([{ kind }]);
  });
});

describe('a ping', () => {
  it('is a request without parameters', () => {
    expect(JSON.parse(userStream.ping())).toEqual({ id: 'ping', method: 'ping' });
  });

  it.each([
    { id: 'ping', status: 200, result: {}, rateLimits: [] },
    { id: 'ping', status: 429, error: { code: -1003, msg: 'Too much request weight used.' } },
  ])('is answered by %j, which says nothing else', (frame) => {
    expect(right(userStream.decode(frame, rules))).toEqual([]);
  });
});

it.each([
  undefined,
  null,
  7,
  'text',
  [],
  {},
  { event: {} },
  { event: { e: 'somethingNew' } },
  { status: 200, result: {} },
  { status: 200, result: null },
])('makes nothing of %j', (frame) => {
  expect(isLeft(userStream.decode(frame, rules))).toBe(true);
});
