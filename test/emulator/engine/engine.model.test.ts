import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Decimal, sum } from '../../../src/core/decimal.js';
import type { OrderType, Side, TimeInForce } from '../../../src/core/order.js';
import { createEngine } from '../../../src/emulator/engine/engine.js';
import type {
  Engine,
  PlaceRequest,
  Placement,
  RejectReason,
  SelfTradeMode,
} from '../../../src/emulator/engine/model.js';
import { FEES_ACCOUNT } from '../../../src/emulator/engine/settlement.js';
import { Auditor } from './auditor.js';
import { dec, listing, rejection } from './market.js';
import {
  BASE,
  NaiveExchange,
  type NaiveOrder,
  type NaiveRequest,
  VALUE,
} from './naive-exchange.js';

type Command =
  | { readonly kind: 'place'; readonly request: NaiveRequest }
  | { readonly kind: 'cancel'; readonly accountId: string; readonly pick: number };

const accounts = ['ann', 'bob', 'cid'];
const bases = ['BTC', 'ETH'];
const sides: readonly Side[] = ['buy', 'sell'];
const assets = [...bases, 'USDT'];
const everybody = [...accounts, FEES_ACCOUNT];
const deposits: Readonly<Record<string, bigint>> = {
  BTC: 14n * BASE,
  ETH: 20n * BASE,
  USDT: 2_500n * VALUE,
};

const between = (min: bigint, max: bigint) => fc.bigInt({ min, max });

const placement: fc.Arbitrary<Command> = fc
  .record({
    accountId: fc.constantFrom(...accounts),
    base: fc.constantFrom('BTC', 'BTC', 'BTC', 'ETH'),
    clientOrderId: fc.integer({ min: 1, max: 30 }).map(String),
    side: fc.constantFrom(...sides),
    type: fc.constantFrom<OrderType>('limit', 'limit', 'limit', 'limit_maker', 'market'),
    timeInForce: fc.constantFrom<TimeInForce>('GTC', 'GTC', 'IOC', 'FOK'),
    price: between(97n, 103n),
    amount: between(1n, 9n),
    selfTrade: fc.constantFrom<SelfTradeMode>(
      'none',
      'expire_taker',
      'expire_maker',
      'expire_both',
      'decrement',
      'transfer',
    ),
    quoteAmount: fc.option(between(1n, 900n * VALUE), { nil: undefined }),
  })
  .map((request) => ({
    kind: 'place',
    request: request.type === 'market' ? request : { ...request, quoteAmount: undefined },
  }));

const cancellation: fc.Arbitrary<Command> = fc.record({
  kind: fc.constant('cancel'),
  accountId: fc.constantFrom(...accounts),
  pick: fc.integer({ min: 0, max: 7 }),
});

const history = fc.array(
  fc.oneof({ arbitrary: placement, weight: 4 }, { arbitrary: cancellation, weight: 1 }),
  { minLength: 25, maxLength: 60, size: 'max' },
);

const units = (amount: bigint): Decimal => dec(amount.toString()).shiftedBy(-8);
const price = (steps: bigint): Decimal => dec(steps.toString()).shiftedBy(-2);
const amount = (steps: bigint): Decimal => dec(steps.toString()).shiftedBy(-3);

const toRequest = (request: NaiveRequest): PlaceRequest => ({
  symbol: `${request.base}USDT`,
  clientOrderId: request.clientOrderId,
  side: request.side,
  type: request.type,
  timeInForce: request.timeInForce,
  selfTrade: request.selfTrade,
  ...(request.type === 'market' ? {} : { price: price(request.price) }),
  ...(request.quoteAmount === undefined
    ? { amount: amount(request.amount) }
    : { quoteAmount: units(request.quoteAmount) }),
});

const openMarket = () => {
  const rates = { makerFee: dec('0.000333'), takerFee: dec('0.000751') };
  const listings = bases.map((base) => listing(base, rates));
  let time = 0;
  const engine = createEngine({ listings, now: () => (time += 1) });
  const naive = new NaiveExchange({ maker: 333n, taker: 751n });
  const auditor = new Auditor();
  for (const accountId of accounts) {
    for (const [asset, held] of Object.entries(deposits)) {
      engine.deposit(accountId, asset, units(held));
      naive.own(accountId, asset, held);
    }
    auditor.balances.set(accountId, new Map(engine.balances(accountId)));
  }
  engine.listen((batch) => auditor.take(batch));
  return { engine, naive, auditor };
};

type Market = ReturnType<typeof openMarket>;

const expectSameOrder = (engine: Engine, expected: NaiveOrder): void => {
  const symbol = `${expected.base}USDT`;
  const order = engine.order(expected.accountId, symbol, { orderId: expected.orderId });
  assert.deepEqual(
    [order?.clientOrderId, order?.side, order?.amount, order?.executedAmount],
    [expected.clientOrderId, expected.side, amount(expected.amount), amount(expected.executed)],
  );
  assert.deepEqual([order?.status, order?.expiry], [expected.status, expected.expiry]);
  assert.deepEqual(order?.preventedAmount, amount(expected.prevented));
};

type Outcome = RejectReason | undefined;

const cancel = ({ engine, naive }: Market, accountId: string, pick: number): Outcome => {
  const orderId = naive.open(accountId)[pick]?.orderId ?? pick;
  const reason = rejection(() => engine.cancel(accountId, orderId, 'x'));
  assert.equal(reason, naive.cancel(accountId, orderId));
  return reason;
};

const place = ({ engine, naive }: Market, request: NaiveRequest): Outcome => {
  let placed: Placement | undefined;
  const reason = rejection(() => (placed = engine.place(request.accountId, toRequest(request))));
  const expected = naive.place(request);
  if (typeof expected === 'string' || !placed) {
    assert.equal(reason, expected);
    return reason;
  }
  assert.equal(placed.order.orderId, expected.order.orderId);
  assert.deepEqual(
    placed.trades.map((trade) => [trade.price, trade.amount]),
    expected.fills.map((fill) => [price(fill.maker.price), amount(fill.amount)]),
  );
  return undefined;
};

/** Runs a command on both; what is refused leaves no trace. */
const run = (market: Market, command: Command): void => {
  const { batches } = market.auditor;
  const reason =
    command.kind === 'place'
      ? place(market, command.request)
      : cancel(market, command.accountId, command.pick);
  assert.equal(market.auditor.batches, batches + (reason ? 0 : 1));
};

const expectSameOrders = ({ engine, naive }: Market): void => {
  for (const order of naive.orders) expectSameOrder(engine, order);
  for (const accountId of accounts) {
    const ids = (orders: readonly { readonly orderId: number }[]) => orders.map((o) => o.orderId);
    const all = naive.orders.filter((order) => order.accountId === accountId);
    assert.deepEqual(ids(engine.orders(accountId)), ids(all));
    assert.deepEqual(ids(engine.openOrders(accountId)), ids(naive.open(accountId)));
  }
};

const expectSameBalances = ({ engine, naive, auditor }: Market): void => {
  for (const accountId of everybody) {
    const balances = engine.balances(accountId);
    for (const asset of assets) {
      const { free, locked } = balances.get(asset) ?? { free: dec(0), locked: dec(0) };
      assert.deepEqual(free, units(naive.free(accountId, asset)));
      assert.deepEqual(locked, units(naive.locked(accountId, asset)));
      assert(free.gte(0) && locked.gte(0));
    }
    assert.deepEqual(auditor.balances.get(accountId) ?? new Map(), balances);
  }
};

const expectConservation = ({ engine }: Market): void => {
  for (const [asset, held] of Object.entries(deposits)) {
    const holdings = everybody.map((accountId) => {
      const balance = engine.balances(accountId).get(asset);
      return balance ? balance.free.plus(balance.locked) : dec(0);
    });
    const deposited = units(held * BigInt(accounts.length));
    assert.deepEqual(sum(holdings), deposited);
  }
};

const expectSameBooks = ({ engine, auditor }: Market): void => {
  for (const base of bases) {
    const symbol = `${base}USDT`;
    const { bids, asks, updateId } = engine.depth(symbol, 1_000);
    const text = (levels: typeof bids) => levels.map((level) => level.map((x) => x.toFixed()));
    assert.deepEqual(text(bids), auditor.levels(symbol, 'buy'));
    assert.deepEqual(text(asks), auditor.levels(symbol, 'sell'));
    assert.equal(updateId, auditor.lastId(`${symbol} update`));
    const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
    if (bid && ask) assert(bid.lt(ask));
  }
};

describe('the engine, under any commands', () => {
  it('does what the plainest exchange does, and its events tell all of it', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const market = openMarket();
        for (const command of commands) {
          run(market, command);
          expectSameBalances(market);
          expectConservation(market);
          expectSameBooks(market);
        }
        expectSameOrders(market);
      }),
      { numRuns: 100 },
    );
  });

  it('tells each account its trades, both sides of each, in order', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const market = openMarket();
        const told: unknown[] = [];
        market.engine.listen((batch) => {
          for (const event of batch)
            if (event.type === 'order' && event.trade) told.push(event.trade);
        });
        for (const command of commands) run(market, command);
        const kept = accounts.flatMap((accountId) => market.engine.trades(accountId));
        assert.deepEqual(new Set(kept), new Set(told));
        assert.equal(kept.length, told.length);
        for (const accountId of accounts) {
          const times = market.engine.trades(accountId).map(({ time }) => time);
          assert.deepEqual(
            times,
            times.toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});
