import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import type { NewOrder } from '../../../src/core/contract.js';
import { expectSense, isSound, spoilt, wrong, type Decode } from '../binance/sense.js';
import { btcUsdt, exchange, fixture, frameData, messages, rules } from './support.js';

const { balances, orderBook, orders, perpetual, streams, trades, tradeFees, userStream } = exchange;
const market = messages('market-data');
const account = messages('account');

const order: NewOrder = { rule: btcUsdt, clientOrderId: 'rx-1', side: 'buy', type: 'market' };
const reference = { rule: btcUsdt, clientOrderId: 'rx-1' };
const ofMarket = { rule: btcUsdt };

type Sample = readonly [name: string, message: unknown, decode: Decode];

const samples: readonly Sample[] = [
  ['exchange information', fixture('exchange-info'), (body) => exchange.rules.decode(body)],
  ['depth', market.depth, (body) => orderBook.snapshot.decode(body, ofMarket)],
  ['diff', frameData(market.depthUpdate), (data) => orderBook.diffs.decode(data, btcUsdt)],
  ['trade', frameData(market.aggTrade), (data) => trades.channel.decode(data, btcUsdt)],
  ['old trades', market.aggTrades, (body) => trades.since.decode(body, ofMarket)],
  [
    'mark price',
    frameData(market.markPrice),
    (data) => perpetual.fundingInfo.decode(data, btcUsdt),
  ],
  [
    'premium index',
    market.premiumIndex,
    (body) => perpetual.latestFundingInfo.decode(body, ofMarket),
  ],
  ['market frame', market.markPrice, (frame) => streams.read(frame)],
  ...Object.entries(messages('user-stream')).map(([name, frame]): Sample => [
    `account frame ${name}`,
    frame,
    (input) => userStream.decode(input, rules),
  ]),
  ['placed', account.placed, (body) => orders.place.decode(body, order)],
  ['canceled', account.canceled, (body) => orders.cancel.decode(body, reference)],
  ['queried', account.queried, (body) => orders.status.decode(body, reference)],
  ['own trades', account.trades, (body) => orders.fills.decode(body, reference)],
  ['balances', account.balances, (body) => balances.decode(body)],
  ['positions', account.positions, (body) => perpetual.positions.decode(body, { rules })],
  [
    'incomes',
    account.incomes,
    (body) => perpetual.fundingPayments.decode(body, { rules, since: 0 }),
  ],
  ['leverage', account.symbolConfig, (body) => perpetual.leverage.decode(body, ofMarket)],
  ['position mode', account.hedgeMode, (body) => perpetual.positionMode.decode(body)],
  ['fees', account.commissionRate, (body) => tradeFees.decode(body, ofMarket)],
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
});
