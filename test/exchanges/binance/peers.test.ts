import { isLeft } from 'fp-ts/lib/Either.js';
import type { Params } from '../../../src/core/contract.js';
import { indexRules } from '../../../src/core/trading-rule.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { decimal, fixture, right, rule } from './support.js';

const { failure, orderBook, orders, trades, userStream } = binanceSpot;

describe('what Hummingbot expects of a message', () => {
  const samples = fixture('peers/hummingbot') as Readonly<
    Record<string, { readonly status: number; readonly payload: unknown }>
  >;
  const coinAlpha = rule('COINALPHA', 'HBOT');
  const rules = indexRules([coinAlpha]);
  const reference = { rule: coinAlpha, clientOrderId: '11', exchangeOrderId: '28' };
  const payload = (name: string): unknown => samples[name]?.payload;
  const failed = (name: string) => {
    const { status, payload: body } = samples[name]!;
    return failure({ status, headers: {}, body: body === null ? '' : JSON.stringify(body) });
  };

  it.each([
    ['cancelOfAnUnknownOrder', 'order_not_found', 'refused'],
    ['queryOfAnUnknownOrder', 'order_not_found', 'refused'],
    ['placementOverloaded', 'rate_limited', 'unknown'],
    ['pingFailed', 'maintenance', 'unknown'],
  ])('%s is %s, %s', (name, kind, outcome) => {
    expect(failed(name)).toMatchObject({ kind, outcome });
  });

  it('the time', () => {
    expect(right(binanceSpot.time.decode(payload('time')))).toBe(1_640_000_003_000);
  });

  it('balances', () => {
    expect(right(binanceSpot.balances.decode(payload('balances'))).balances).toEqual(
      new Map([['COINALPHA', { total: decimal('15'), available: decimal('10') }]]),
    );
  });

  it('a market without filters is none', () => {
    expect(isLeft(binanceSpot.rules.decode(payload('marketWithoutFilters')))).toBe(true);
  });

  it('a snapshot', () => {
    expect(right(orderBook.snapshot.decode(payload('depth'), { rule: coinAlpha }))).toEqual({
      updateId: 1_027_024,
      bids: [[4, 431]],
      asks: [[4.000002, 12]],
    });
  });

  it('a diff', () => {
    expect(right(orderBook.diffs.decode(payload('diff'), coinAlpha))).toEqual({
      firstUpdateId: 1,
      lastUpdateId: 2,
      bids: [[0.0024, 10]],
      asks: [[0.0026, 100]],
      time: 123_456_789,
    });
    expect(isLeft(orderBook.diffs.decode(payload('brokenDiff'), coinAlpha))).toBe(true);
  });

  it('a trade', () => {
    expect(right(trades.channel.decode(payload('trade'), coinAlpha))).toMatchObject({
      tradeId: '12345',
      side: 'sell',
    });
  });

  it('an order that was rejected', () => {
    expect(right(orders.status.decode(payload('orderRejected'), reference))).toMatchObject([
      {
        clientOrderId: 'OID1',
        exchangeOrderId: '100234',
        status: 'ended',
        reason: 'rejected',
        time: 1_499_827_319_559,
      },
    ]);
  });

  it('an order that was filled in part is open', () => {
    expect(right(orders.status.decode(payload('orderPartlyFilled'), reference))).toMatchObject([
      { clientOrderId: '11', exchangeOrderId: '28', status: 'open' },
    ]);
  });

  it('a fill that is told twice has one id', () => {
    const fills = right(orders.fills.decode(payload('tradesWithARepetition'), reference));
    expect(fills).toHaveLength(2);
    expect(fills[0]).toEqual(fills[1]);
    expect(fills[0]).toMatchObject({
      tradeId: '30000',
      price: decimal('4.000001'),
      amount: decimal('12'),
      fee: { asset: 'BNB', amount: decimal('10.1') },
      liquidity: 'taker',
    });
  });

  // The samples are of the time when events came bare; today they come within a frame.
  const report = (name: string) => right(userStream.decode({ event: payload(name) }, rules));

  it('an order that was accepted', () => {
    expect(report('reportNew')).toMatchObject([
      { kind: 'order', clientOrderId: '11', exchangeOrderId: '28', status: 'open' },
    ]);
  });

  it('an order that was filled', () => {
    expect(report('reportFilled')).toMatchObject([
      {
        kind: 'trade',
        tradeId: '1',
        price: decimal('10000'),
        amount: decimal('1'),
        fee: { asset: 'HBOT', amount: decimal('30') },
      },
      { kind: 'order', clientOrderId: '11', status: 'filled' },
    ]);
  });

  it('a change of a balance, which an account update follows', () => {
    expect(report('balanceUpdate')).toEqual([]);
  });

  it('a subscription that was refused', () => {
    expect(right(userStream.decode(payload('userStreamRefused'), rules))).toMatchObject([
      { kind: 'refused', failure: { kind: 'authentication' } },
    ]);
  });
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly sent: string;
}

interface Order {
  readonly id: string;
  readonly clientOrderId: string;
  readonly timestamp: number;
  readonly lastUpdateTimestamp: number;
  readonly filled: number;
  readonly status: string;
}

interface Response {
  readonly body: unknown;
  readonly parsed: unknown;
}

describe('what ccxt', () => {
  const { requests, responses } = fixture('peers/ccxt') as {
    readonly requests: Readonly<
      Record<'cancel' | 'limit' | 'smallLimit' | 'status' | 'time', Request>
    >;
    readonly responses: Readonly<Record<'placed' | 'open' | 'depth' | 'all', Response>>;
  };
  const ltcUsdt = rule('LTC', 'USDT');
  const reference = { rule: ltcUsdt, clientOrderId: 'unused' };
  const limit = {
    clientOrderId: 'rx-1',
    side: 'buy',
    type: 'limit',
    price: decimal('50'),
    amount: decimal('0.2'),
    rule: ltcUsdt,
  } as const;

  /** What each program makes up for itself. */
  const own = new Set(['timestamp', 'recvWindow', 'newClientOrderId']);
  const shared = (params: Iterable<readonly [string, string]>) =>
    new Map([...params].filter(([name]) => !own.has(name)));

  const ours: readonly (readonly [keyof typeof requests, Omit<Request, 'sent'>, Params])[] = [
    ['limit', orders.place, orders.place.params(limit)],
    [
      'smallLimit',
      orders.place,
      orders.place.params({
        ...limit,
        rule: rule('BTC', 'USDT'),
        price: decimal('55000'),
        amount: decimal('0.00078'),
      }),
    ],
    ['cancel', orders.cancel, orders.cancel.params({ ...reference, exchangeOrderId: '464950' })],
    ['status', orders.status, orders.status.params({ ...reference, exchangeOrderId: '465138' })],
    ['time', binanceSpot.time, binanceSpot.time.params()],
  ];

  it.each(ours)('sends for %s, we send', (name, { method, path }, params) => {
    const theirs = requests[name];
    expect([method, path]).toEqual([theirs.method, theirs.path]);
    expect(shared(Object.entries(params))).toEqual(shared(new URLSearchParams(theirs.sent)));
  });

  const statuses: Readonly<Record<string, object>> = {
    open: { status: 'open' },
    canceled: { status: 'ended', reason: 'canceled' },
  };

  const expected = ({ id, clientOrderId, lastUpdateTimestamp, filled, status }: Order) => ({
    kind: 'order',
    clientOrderId,
    exchangeOrderId: id,
    executedAmount: decimal(`${filled}`),
    time: lastUpdateTimestamp,
    ...statuses[status],
  });

  it('reads in the answer to a placement, we read', () => {
    const { body, parsed } = responses.placed;
    const sol = { ...limit, rule: rule('SOL', 'USDT') };
    expect(right(orders.place.decode(body, sol))).toEqual([
      { ...expected(parsed as Order), pair: 'SOL-USDT' },
    ]);
  });

  const created = (order: Order) => ({
    ...expected(order),
    pair: 'LTC-USDT',
    createdAt: order.timestamp,
  });

  it('reads in open orders, we read', () => {
    const { body, parsed } = responses.open;
    const read = right(orders.open.decode(body, { rules: indexRules([ltcUsdt]) }));
    expect(read).toEqual((parsed as readonly Order[]).map(created));
  });

  it('reads in orders of the past, we read', () => {
    const { body, parsed } = responses.all;
    const read = (body as readonly unknown[]).flatMap((order) =>
      right(orders.status.decode(order, reference)),
    );
    expect(read).toEqual((parsed as readonly Order[]).map(created));
  });

  it('reads in an order book, we read', () => {
    const { body, parsed } = responses.depth;
    const { bids, asks, nonce } = parsed as Readonly<Record<string, unknown>>;
    expect(right(orderBook.snapshot.decode(body, { rule: rule('BTC', 'USDT') }))).toEqual({
      updateId: nonce,
      bids,
      asks,
    });
  });
});
