import { isLeft } from 'fp-ts/lib/Either.js';
import type { UserStreamEvent } from '../../../src/core/contract.js';
import { userStream } from '../../../src/exchanges/binance-perpetual/user-stream.js';
import { credentials, decimal, exchange, messages, right, rules, signer } from './support.js';

const samples = messages('user-stream');
const decode = (name: string) => right(userStream.decode(samples[name], rules));

/** An order update with other fields. */
const order = (change: object): unknown => {
  const frame = samples.orderNew as { readonly o: object };
  return { ...frame, o: { ...frame.o, ...change } };
};

describe('the listen key', () => {
  const { create, keepAlive } = userStream;

  it.each([
    ['is made', create, 'POST'],
    ['is kept alive', keepAlive, 'PUT'],
  ])(
    '%s by a call that the header alone proves',
    (_, { path, weights, priority, ...call }, method) => {
      expect({ path, weights, priority, method: call.method }).toEqual({
        path: '/fapi/v1/listenKey',
        weights: { weight: 1 },
        priority: 'query',
        method,
      });
      expect(
        exchange.sign({ method: call.method, path, params: call.params() }, signer, 1),
      ).toEqual({
        query: '',
        headers: { 'X-MBX-APIKEY': credentials.apiKey },
      });
    },
  );

  it('is what the address ends with', () => {
    expect(right(create.decode(messages('account').listenKey))).toBe('a-listen-key');
    const { com } = exchange.domains;
    expect(userStream.url(com!, 'a-listen-key')).toBe(
      'wss://fstream.binance.com/private/ws?listenKey=a-listen-key',
    );
  });

  it('lives for an hour, and is kept alive every half', () => {
    expect(userStream.keepAliveEvery).toBe(1_800_000);
    expect(right(keepAlive.decode({}))).toEqual({});
    expect([...userStream.keyIsGone]).toEqual([-1125]);
  });

  it('ends the session when it has expired', () => {
    expect(decode('listenKeyExpired')).toEqual([{ kind: 'ended' }]);
  });
});

describe('an order', () => {
  const update = {
    kind: 'order',
    pair: 'BTC-USDT',
    clientOrderId: 'rx-1',
    exchangeOrderId: '22542179',
  };

  it('is open', () => {
    expect(decode('orderNew')).toEqual([
      { ...update, status: 'open', executedAmount: decimal('0'), time: 1_772_600_760_300 },
    ]);
  });

  it('is filled in part: the fill with its cost and what it won, then where the order stands', () => {
    expect(decode('orderPartlyFilled')).toEqual([
      {
        kind: 'trade',
        pair: 'BTC-USDT',
        tradeId: '778899',
        exchangeOrderId: '22542179',
        price: decimal('50000.1'),
        amount: decimal('0.004'),
        quoteAmount: decimal('200.0004'),
        fee: { asset: 'USDT', amount: decimal('0.04000008') },
        realizedPnl: decimal('-1.25'),
        liquidity: 'maker',
        time: 1_772_600_761_238,
      },
      { ...update, status: 'open', executedAmount: decimal('0.004'), time: 1_772_600_761_238 },
    ]);
  });

  it('is canceled, with what was filled of it', () => {
    expect(decode('orderCanceled')).toEqual([
      {
        ...update,
        status: 'ended',
        reason: 'canceled',
        executedAmount: decimal('0.004'),
        time: 1_772_600_762_238,
      },
    ]);
  });

  it.each([
    ['EXPIRED', 'GTX', '0', { status: 'ended', reason: 'rejected' }],
    ['EXPIRED', 'GTX', '0.004', { status: 'ended', reason: 'expired' }],
    ['EXPIRED', 'IOC', '0', { status: 'ended', reason: 'expired' }],
    ['EXPIRED_IN_MATCH', 'GTC', '0', { status: 'ended', reason: 'self_trade_prevented' }],
    ['FILLED', 'GTC', '0.010', { status: 'filled' }],
    ['NEW_INSURANCE', 'GTC', '0', { status: 'open' }],
    ['NEW_ADL', 'GTC', '0.010', { status: 'filled' }],
  ])('that is %s (%s) with %s executed is %j', (X, f, z, expected) => {
    const [told] = right(userStream.decode(order({ x: 'EXPIRED', X, f, z }), rules));
    expect(told).toMatchObject(expected);
  });

  it.each([
    ['0', 'rejected'],
    ['4', 'expired'],
    ['5', 'expired'],
    ['7', 'expired'],
    ['11', 'rejected'],
  ])('that was post-only and ended for the reason %s is %s', (er, reason) => {
    const ended = order({ x: 'EXPIRED', X: 'EXPIRED', f: 'GTX', z: '0', er });
    expect(right(userStream.decode(ended, rules))).toMatchObject([{ status: 'ended', reason }]);
  });

  it('of the exchange’s own liquidates: its fill counts, and costs nothing where it does not tell', () => {
    expect(decode('liquidation')).toMatchObject([
      {
        kind: 'trade',
        tradeId: '778950',
        fee: { asset: 'USDT', amount: decimal('0') },
        realizedPnl: decimal('-19.9604'),
      },
      { kind: 'order', clientOrderId: 'autoclose-1772600763238', status: 'filled' },
    ]);
    expect(decode('deleveraged')).toMatchObject([
      { kind: 'trade', tradeId: '778951' },
      { kind: 'order', clientOrderId: 'adl_autoclose', status: 'filled' },
    ]);
  });

  it('with a status that nobody knows is a fill all the same, and nothing without one', () => {
    const fill = order({ x: 'TRADE', X: 'SURPRISE', t: 5, l: '0.001', z: '0.001', L: '50000' });
    expect(right(userStream.decode(fill, rules))).toMatchObject([
      { kind: 'trade', tradeId: '5' },
      { kind: 'order', status: 'open' },
    ]);
    expect(isLeft(userStream.decode(order({ X: 'SURPRISE' }), rules))).toBe(true);
  });

  it('of a market that is none of these tells nothing', () => {
    expect(right(userStream.decode(order({ s: 'BTCUSDT_261225' }), rules))).toEqual([]);
  });
});

const events: readonly (readonly [string, readonly UserStreamEvent[]])[] = [
  [
    'accountAfterFill',
    [
      {
        kind: 'totals',
        totals: new Map([['USDT', decimal('1000.12')]]),
        time: 1_772_600_761_238,
      },
      {
        kind: 'positions',
        positions: [
          {
            pair: 'BTC-USDT',
            side: 'net',
            amount: decimal('-0.004'),
            entryPrice: decimal('50000.1'),
            unrealizedPnl: decimal('-0.01'),
            marginMode: 'cross',
            time: 1_772_600_761_238,
          },
        ],
      },
    ],
  ],
  [
    'accountInHedgeMode',
    [
      {
        kind: 'positions',
        positions: [
          {
            pair: 'BTC-USDT',
            side: 'long',
            amount: decimal('0.004'),
            entryPrice: decimal('50000.1'),
            unrealizedPnl: decimal('0'),
            marginMode: 'isolated',
            time: 1_772_600_761_238,
          },
          {
            pair: 'BTC-USDT',
            side: 'short',
            amount: decimal('0'),
            entryPrice: decimal('0'),
            unrealizedPnl: decimal('0'),
            marginMode: 'isolated',
            time: 1_772_600_761_238,
          },
        ],
      },
    ],
  ],
  [
    'fundingFee',
    [
      { kind: 'totals', totals: new Map([['USDT', decimal('999.99')]]), time: 1_772_611_200_238 },
      { kind: 'funding', time: 1_772_611_200_238 },
    ],
  ],
  ['leverage', [{ kind: 'leverage', pair: 'BTC-USDT', leverage: 20, time: 1_772_600_761_240 }]],
  [
    'marginCall',
    [
      {
        kind: 'margin_call',
        positions: [
          {
            pair: 'BTC-USDT',
            side: 'long',
            amount: decimal('1.327'),
            markPrice: decimal('48000.17'),
            unrealizedPnl: decimal('-1.166074'),
            maintenanceMargin: decimal('1.614445'),
          },
        ],
        time: 1_772_600_761_241,
      },
    ],
  ],
];

it.each(events)('tells %s', (name, expected) => {
  expect(decode(name)).toEqual(expected);
});

it.each([
  'leverageOfAnother',
  'multiAssets',
  'tradeLite',
  'algoUpdate',
  'subscriptions',
  'refusedPing',
])('tells nothing by %s', (name) => {
  expect(decode(name)).toEqual([]);
});

it('asks a quiet socket what it is subscribed to', () => {
  expect(JSON.parse(userStream.ping())).toEqual({ method: 'LIST_SUBSCRIPTIONS', id: 1 });
});

it.each([undefined, null, 7, 'text', [], {}, { e: 'somethingNew' }, { e: 'ACCOUNT_UPDATE' }])(
  'does not understand %j',
  (frame) => {
    expect(isLeft(userStream.decode(frame, rules))).toBe(true);
  },
);
