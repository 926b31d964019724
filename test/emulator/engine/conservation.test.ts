import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sum, ZERO, type Decimal } from '../../../src/core/decimal.js';
import type { OrderType, Side, TimeInForce } from '../../../src/core/order.js';
import { createCommissions } from '../../../src/emulator/binance/commissions.js';
import { createEngine } from '../../../src/emulator/engine/engine.js';
import type {
  Engine,
  EngineOrder,
  Listing,
  SelfTradeMode,
} from '../../../src/emulator/engine/model.js';
import { FEES_ACCOUNT } from '../../../src/emulator/engine/settlement.js';
import { Auditor } from './auditor.js';
import { dec, listing, rejection } from './market.js';

const accounts = ['ann', 'bob', 'cid'];
const assets = ['BTC', 'BNB', 'USDT'];
const everybody = [...accounts, FEES_ACCOUNT];

const rates = { makerFee: dec('0.000333'), takerFee: dec('0.007511') };
/** BNB is bought and sold for USDT, and BTC for both. */
const listings: readonly Listing[] = [
  listing('BTC', rates),
  listing('BNB', rates),
  { ...listing('BTC', rates), symbol: 'BTCBNB', quote: 'BNB' },
];

const accountId = fc.constantFrom(...accounts);
const pick = fc.integer({ min: 0, max: 5 });
const steps = (max: number) => fc.integer({ min: 1, max });

const placement = fc.record({
  kind: fc.constant('place' as const),
  accountId,
  symbol: fc.constantFrom(...listings.map(({ symbol }) => symbol)),
  side: fc.constantFrom<Side>('buy', 'sell'),
  type: fc.constantFrom<OrderType>('limit', 'limit', 'limit', 'limit_maker', 'market'),
  timeInForce: fc.constantFrom<TimeInForce>('GTC', 'GTC', 'GTC', 'IOC', 'FOK'),
  selfTrade: fc.constantFrom<SelfTradeMode>(
    'none',
    'expire_taker',
    'expire_maker',
    'expire_both',
    'decrement',
    'transfer',
  ),
  price: fc.integer({ min: 98, max: 102 }),
  amount: steps(40),
  byQuote: fc.boolean(),
});

const command = fc.oneof(
  { arbitrary: placement, weight: 12 },
  { arbitrary: fc.record({ kind: fc.constant('cancel' as const), accountId, pick }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('amend' as const),
      accountId,
      pick,
      amount: steps(20),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      accountId,
      asset: fc.constantFrom(...assets),
      amount: fc.integer({ min: -500, max: 500 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('discount' as const), accountId, on: fc.boolean() }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('fees' as const),
      symbol: fc.constantFrom(...listings.map(({ symbol }) => symbol)),
      fee: fc.constantFrom('0', '0.00031', '0.2'),
    }),
    weight: 1,
  },
);

type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const openExchange = () => {
  const commissions = createCommissions();
  for (const name of accounts) {
    commissions.open(name, {
      special: { taker: '0.00001' },
      tax: { buyer: '0.0000123' },
      payInBnb: name !== 'cid',
    });
  }
  let time = 0;
  const engine = createEngine({ listings, now: () => (time += 1), fees: commissions.policy });
  // Never enough of BNB for all.
  const funds = { BTC: dec(1), BNB: dec('0.012'), USDT: dec(100) };
  const brought = new Map(assets.map((asset) => [asset, ZERO]));
  for (const name of accounts) {
    for (const [asset, amount] of Object.entries(funds)) {
      engine.deposit(name, asset, amount);
      brought.set(asset, brought.get(asset)!.plus(amount));
    }
  }
  const auditor = new Auditor();
  for (const name of accounts) auditor.balances.set(name, new Map(engine.balances(name)));
  engine.listen((batch) => auditor.take(batch));
  return { engine, commissions, brought, auditor };
};

type Exchange = ReturnType<typeof openExchange>;

const price = (units: number): Decimal => dec(units).shiftedBy(-2).multipliedBy(100);
const amount = (units: number): Decimal => dec(units).shiftedBy(-3);

const place = (engine: Engine, order: Extract<Command, { kind: 'place' }>, id: number): void => {
  const { symbol, side, type, timeInForce, selfTrade } = order;
  const byQuote = type === 'market' && order.byQuote;
  engine.place(order.accountId, {
    symbol,
    clientOrderId: String(id),
    side,
    type,
    timeInForce,
    selfTrade,
    ...(type === 'market' ? {} : { price: price(order.price) }),
    ...(byQuote ? { quoteAmount: amount(order.amount * 97) } : { amount: amount(order.amount) }),
  });
};

const run = ({ engine, commissions, brought }: Exchange, next: Command, id: number): void => {
  switch (next.kind) {
    case 'place': {
      place(engine, next, id);
      return;
    }
    case 'cancel': {
      const { orderId = -1 } = engine.openOrders(next.accountId)[next.pick] ?? {};
      engine.cancel(next.accountId, orderId, 'x');
      return;
    }
    case 'amend': {
      const { orderId = -1 } = engine.openOrders(next.accountId)[next.pick] ?? {};
      const change = { amount: amount(next.amount), clientOrderId: String(id) };
      engine.amend(next.accountId, orderId, change);
      return;
    }
    case 'transfer':
      engine.transfer(next.accountId, next.asset, amount(next.amount));
      brought.set(next.asset, brought.get(next.asset)!.plus(amount(next.amount)));
      return;
    case 'discount': {
      commissions.payInBnb(next.accountId, next.on);
      return;
    }
    case 'fees':
      engine.changeListing(next.symbol, { takerFee: dec(next.fee) });
  }
};

const costOf = ({ side, price: each, ...order }: EngineOrder): Decimal => {
  const rest = order.amount.minus(order.executedAmount).minus(order.preventedAmount);
  return side === 'buy' ? rest.multipliedBy(each) : rest;
};

const expectSound = ({ engine, brought, auditor }: Exchange): void => {
  for (const asset of assets) {
    const held = everybody.map((name) => engine.balances(name).get(asset));
    const all = sum(held.flatMap((balance) => (balance ? [balance.free, balance.locked] : [])));
    assert.equal(all.toFixed(), brought.get(asset)!.toFixed());
    for (const balance of held) assert(!balance || (balance.free.gte(0) && balance.locked.gte(0)));
  }
  for (const name of accounts) {
    const locked = new Map(assets.map((asset) => [asset, ZERO]));
    for (const order of engine.openOrders(name)) {
      const { base, quote } = engine.listings.get(order.symbol)!;
      const asset = order.side === 'buy' ? quote : base;
      locked.set(asset, locked.get(asset)!.plus(costOf(order)));
    }
    for (const [asset, balance] of engine.balances(name)) {
      assert.equal(balance.locked.toFixed(), locked.get(asset)!.toFixed());
    }
    assert.deepEqual(auditor.balances.get(name), engine.balances(name));
  }
};

describe('the money of an exchange', () => {
  it('neither appears nor vanishes, whatever is done, and is never owed', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(command, { minLength: 40, maxLength: 90, size: 'max' }), (commands) => {
        const exchange = openExchange();
        exchange.engine.listen((batch) => {
          for (const event of batch) {
            if (event.type === 'order') seen.add(event.execution);
            if (event.type === 'order' && event.trade) seen.add(`fee in ${event.trade.fee.asset}`);
          }
        });
        for (const [index, next] of commands.entries()) {
          seen.add(rejection(() => run(exchange, next, index)) ?? next.kind);
          expectSound(exchange);
        }
      }),
      { numRuns: 150 },
    );
    // The property would mean little if some of it never happened.
    for (const kind of ['transfer', 'prevented', 'replaced', 'canceled', 'expired', 'trade']) {
      expect(seen).toContain(kind);
    }
    for (const asset of assets) expect(seen).toContain(`fee in ${asset}`);
    expect(seen).toContain('insufficient_balance');
  });
});
