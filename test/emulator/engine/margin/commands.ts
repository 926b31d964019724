import fc from 'fast-check';
import type { OrderType, Side, TimeInForce } from '../../../../src/core/order.js';
import type { SelfTradeMode } from '../../../../src/emulator/engine/model.js';

export const traders = ['ann', 'bob', 'cid'];
export const symbols = ['BTCUSDT', 'ETHUSDT'];

const accountId = fc.constantFrom(...traders);
const symbol = fc.constantFrom(...symbols);
const amount = fc.integer({ min: 1, max: 4000 });

/** Whatever accounts and the exchange may do, so often as it makes markets live. */
export const command = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      accountId,
      symbol,
      side: fc.constantFrom<Side>('buy', 'sell'),
      type: fc.constantFrom<OrderType>('limit', 'limit', 'limit', 'limit_maker', 'market'),
      timeInForce: fc.constantFrom<TimeInForce>('GTC', 'GTC', 'GTC', 'IOC', 'FOK'),
      selfTrade: fc.constantFrom<SelfTradeMode>('none', 'expire_maker', 'expire_taker'),
      price: fc.integer({ min: 985, max: 1015 }),
      amount,
      reduceOnly: fc.boolean(),
      hedgeSide: fc.constantFrom('long' as const, 'short' as const),
    }),
    weight: 20,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      accountId,
      pick: fc.integer({ min: 0, max: 5 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('modify' as const),
      accountId,
      pick: fc.integer({ min: 0, max: 3 }),
      price: fc.integer({ min: 985, max: 1015 }),
      amount,
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('index' as const),
      symbol,
      price: fc.integer({ min: 700, max: 1400 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('funding' as const),
      symbol,
      rate: fc.constantFrom('0.000123457', '-0.01', undefined),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('leverage' as const),
      accountId,
      symbol,
      leverage: fc.integer({ min: 0, max: 126 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('mode' as const),
      accountId,
      mode: fc.constantFrom('hedge' as const, 'one_way' as const),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      accountId,
      amount: fc.integer({ min: -30_000, max: 30_000 }),
    }),
    weight: 1,
  },
);

export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;
