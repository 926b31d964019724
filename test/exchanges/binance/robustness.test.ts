import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { parseJson } from '../../../src/core/codecs.js';
import type { NewOrder } from '../../../src/core/contract.js';
import { binanceSpot } from '../../../src/exchanges/binance/exchange.js';
import { btcUsdt, decimal, fixture, messages, rules } from './support.js';
import { expectSense, isSound, spoilt, wrong, type Decode } from './sense.js';

const { orderBook, orders, streams, trades, userStream } = binanceSpot;

const order: NewOrder = {
  rule: btcUsdt,
  clientOrderId: 'rx-1',
  side: 'buy',
  type: 'limit',
  amount: decimal('0.3'),
  price: decimal('50000'),
};
const reference = { rule: btcUsdt, clientOrderId: 'rx-1', exchangeOrderId: '12510053279' };

type Sample = readonly [name: string, message: unknown, decode: Decode];

const market = messages('market-data');
const account = messages('orders');

const dataOf = (name: string): unknown => (market[name] as { readonly data: unknown }).data;

const samples: readonly Sample[] = [
  ['time', market.serverTime, (body) => binanceSpot.time.decode(body)],
  ['exchange information', fixture('exchange-info'), (body) => binanceSpot.rules.decode(body)],
  ['depth', market.depth, (body) => orderBook.snapshot.decode(body, { rule: btcUsdt })],
  ['depth diff', dataOf('depthUpdate'), (data) => orderBook.diffs.decode(data, btcUsdt)],
  ['old trades', market.historicalTrades, (body) => trades.since.decode(body, { rule: btcUsdt })],
  ['trade', dataOf('tradeByABuyer'), (data) => trades.channel.decode(data, btcUsdt)],
  ...Object.entries(market)
    .filter(([name]) => !['serverTime', 'depth', 'historicalTrades'].includes(name))
    .map(([name, frame]): Sample => [`frame ${name}`, frame, (input) => streams.read(input)]),
  ...Object.entries(messages('user-stream')).map(([name, frame]): Sample => [
    `account frame ${name}`,
    frame,
    (input) => userStream.decode(input, rules),
  ]),
  ['placed', account.placedFilled, (body) => orders.place.decode(body, order)],
  ['canceled', account.canceled, (body) => orders.cancel.decode(body, reference)],
  ['queried', account.queried, (body) => orders.status.decode(body, reference)],
  ['open', account.open, (body) => orders.open.decode(body, { rules })],
  ['own trades', account.trades, (body) => orders.fills.decode(body, reference)],
  ['balances', account.account, (body) => binanceSpot.balances.decode(body)],
];

describe.each(samples)('%s', (_, message, decode) => {
  it('makes sense as it is', () => {
    const result = decode(message);
    expect(isRight(result) && isSound(result.right)).toBe(true);
  });

  it('never makes false sense, whatever one field of it says', () => {
    let count = 0;
    for (const other of spoilt(message)) {
      expectSense(decode, other);
      count++;
    }
    expect(count).toBeGreaterThan(wrong.length);
  });

  it('never makes false sense, whatever all of it says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => expectSense(decode, json)),
      { numRuns: 100 },
    );
  });

  it('is not the beginning of itself', () => {
    const text = JSON.stringify(message);
    const cut = text.slice(0, -1);
    expect(isRight(decode(parseJson(cut)))).toBe(false);
  });
});

const eventOf = (name: string): unknown =>
  (messages('user-stream')[name] as { readonly event: unknown }).event;

/** What must be there, and right, for a message to be believed. */
const needed: readonly (readonly [string, unknown, Decode, readonly string[]])[] = [
  [
    'a fill',
    eventOf('orderPartlyFilled'),
    (event) => userStream.decode({ event }, rules),
    ['e', 's', 'c', 'C', 'x', 'X', 'i', 'z', 'l', 'L', 'Y', 'n', 'T', 't', 'm'],
  ],
  [
    'what an account holds',
    eventOf('accountPosition'),
    (event) => userStream.decode({ event }, rules),
    ['e', 'u', 'B'],
  ],
  [
    'the answer to a placement',
    account.placedFilled,
    (body) => orders.place.decode(body, order),
    ['symbol', 'orderId', 'clientOrderId', 'executedQty', 'status', 'transactTime', 'fills'],
  ],
  [
    'the answer to a query',
    account.queried,
    (body) => orders.status.decode(body, reference),
    ['symbol', 'orderId', 'clientOrderId', 'executedQty', 'status'],
  ],
  [
    'an own trade',
    (account.trades as readonly unknown[])[0],
    (trade) => orders.fills.decode([trade], reference),
    [
      'id',
      'orderId',
      'price',
      'qty',
      'quoteQty',
      'commission',
      'commissionAsset',
      'time',
      'isMaker',
    ],
  ],
  [
    'a depth diff',
    dataOf('depthUpdate'),
    (data) => orderBook.diffs.decode(data, btcUsdt),
    ['e', 'E', 'U', 'u', 'b', 'a'],
  ],
  [
    'a depth snapshot',
    market.depth,
    (body) => orderBook.snapshot.decode(body, { rule: btcUsdt }),
    ['lastUpdateId', 'bids', 'asks'],
  ],
  [
    'a trade',
    dataOf('tradeByABuyer'),
    (data) => trades.channel.decode(data, btcUsdt),
    ['e', 't', 'p', 'q', 'T', 'm'],
  ],
];

describe.each(needed)('%s', (_, message, decode, fields) => {
  it.each(fields)('without %s is not believed', (field) => {
    const { [field]: dropped, ...others } = message as Readonly<Record<string, unknown>>;
    expect(dropped).toBeDefined();
    expect(isRight(decode(others))).toBe(false);
    expect(isRight(decode({ ...others, [field]: null }))).toBe(false);
  });
});
