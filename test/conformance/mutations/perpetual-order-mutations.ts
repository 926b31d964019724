import type { Exchange } from 'rxchange';
import {
  bookOver,
  broken,
  eventsAs,
  lacking,
  misasked,
  misread,
  ordersOver,
  over,
  streamsOver,
  without,
  type Broken,
  type Mutation,
} from './mutation.js';

type ListenKey = Extract<Exchange['userStream'], { readonly type: 'listenKey' }>;

const keyOver = (change: (stream: ListenKey) => Partial<ListenKey>): Mutation =>
  over(({ userStream }) =>
    userStream.type === 'listenKey' ? { userStream: { ...userStream, ...change(userStream) } } : {},
  );

/** Ways to break orders and events of perpetuals. */
export const perpetualOrderMutations: readonly Broken[] = [
  broken(
    'an order that closes may open',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) => without(params, 'reduceOnly')),
    })),
    '13.70',
  ),
  broken(
    'an order that closes in hedge mode says so twice',
    ordersOver(({ place }) => ({
      place: misasked(place, (params, { reduceOnly }) =>
        reduceOnly === true ? { ...params, reduceOnly: 'true' } : params,
      ),
    })),
    '13.72 13.74',
  ),
  broken(
    'long and short positions are swapped in orders',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) =>
        params.positionSide === 'BOTH' || params.positionSide === undefined
          ? params
          : { ...params, positionSide: params.positionSide === 'LONG' ? 'SHORT' : 'LONG' },
      ),
    })),
    '13.71 13.72 13.73 13.74',
  ),
  broken(
    'orders do not name their position',
    ordersOver(({ place }) => ({
      place: misasked(place, (params) => without(params, 'positionSide')),
    })),
    '6.30 6.31 6.32 6.34 6.35 6.36 6.37 6.38 6.39 13.70 13.71 13.72 13.73 13.74',
  ),
  broken(
    'profit is left out',
    ordersOver(({ fills }) => ({
      fills: misread(fills, (all) => all.map((trade) => lacking(trade, 'realizedPnl'))),
    })),
    '6.14',
  ),
  broken(
    'positions are told above zero',
    eventsAs((event) => [
      event.kind === 'positions'
        ? {
            ...event,
            positions: event.positions.map((one) => ({ ...one, amount: one.amount.abs() })),
          }
        : event,
    ]),
    '13.40 13.54',
  ),
  broken(
    'closed positions are not told',
    eventsAs((event) => [
      event.kind === 'positions'
        ? { ...event, positions: event.positions.filter(({ amount }) => !amount.isZero()) }
        : event,
    ]),
    '13.41 13.55',
  ),
  broken(
    'a leverage is not told',
    eventsAs((event) => (event.kind === 'leverage' ? [] : [event])),
    '13.42 13.57',
  ),
  broken(
    'that funding was paid is not told',
    eventsAs((event) => (event.kind === 'funding' ? [] : [event])),
    '13.43 13.53',
  ),
  broken(
    'nobody is warned',
    eventsAs((event) => (event.kind === 'margin_call' ? [] : [event])),
    '13.44 13.62',
  ),
  broken(
    'a key is kept alive too late',
    keyOver(() => ({ keepAliveEvery: 90 * 60_000 })),
    '7.38 7.39',
  ),
  broken(
    'a key that is gone is kept alive on and on',
    keyOver(() => ({ keyIsGone: new Set() })),
    '7.39',
  ),
  broken(
    'the key is not in the address',
    keyOver(() => ({ url: ({ wsApi }) => `${wsApi}/ws` })),
    '7.30 7.40 7.46',
  ),
  broken(
    'a key is read from another field',
    keyOver(({ create }) => ({ create: misread(create, () => 'another') })),
    '7.36 7.40 7.46',
  ),
  broken(
    'books begin by the ids of spot',
    bookOver(() => ({
      attach: (id, { firstUpdateId, lastUpdateId }) =>
        lastUpdateId <= id ? 'stale' : firstUpdateId > id + 1 ? 'gap' : 'next',
    })),
    '2.09 2.23 2.24 2.25 2.27 2.28 2.29',
  ),
  broken(
    'books run on by the ids of spot',
    bookOver(() => ({
      follow: (id, { firstUpdateId, lastUpdateId }) =>
        lastUpdateId <= id ? 'stale' : firstUpdateId > id + 1 ? 'gap' : 'next',
    })),
    '2.12 2.23 2.24 2.25 2.27 2.28 2.29',
  ),
  broken(
    'all streams are told at one address',
    streamsOver(() => ({ url: ({ stream }) => `${stream}/public/stream` })),
    '3.02 4.21 13.03 13.51',
  ),
  broken(
    'the collateral is left out',
    over(({ rules }) => ({
      rules: misread(rules, (answer) => ({
        ...answer,
        rules: answer.rules.map((rule) => lacking(rule, 'collateral')),
      })),
    })),
    '1.12 1.19',
  ),
  broken(
    'it is thought to be spot',
    (exchange) => lacking(exchange, 'perpetual'),
    '6.30 6.31 6.32 6.34 6.35 6.36 6.37 6.38 6.39 8.04 8.10 13.01',
  ),
];
