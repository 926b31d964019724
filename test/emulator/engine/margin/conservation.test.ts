import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sum, ZERO, type Decimal } from '../../../../src/core/decimal.js';
import type { Side } from '../../../../src/core/order.js';
import { INSURANCE_ACCOUNT } from '../../../../src/emulator/engine/margin/context.js';
import type { PerpetualEngine } from '../../../../src/emulator/engine/margin/model.js';
import { createPerpetualEngine } from '../../../../src/emulator/engine/margin/perpetual-engine.js';
import type { EngineOrder } from '../../../../src/emulator/engine/model.js';
import { isReducing } from '../../../../src/emulator/engine/margin/settlement.js';
import { FEES_ACCOUNT } from '../../../../src/emulator/engine/settlement.js';
import { dec, listing } from '../market.js';
import { command, symbols, traders, type Command } from './commands.js';

const everybody = [...traders, FEES_ACCOUNT, INSURANCE_ACCOUNT];
const rates = { makerFee: dec('0.0002'), takerFee: dec('0.0005'), priceStep: dec('0.1') };

/** High enough that accounts come near to their liquidation. */
const brackets = [
  { notionalCap: dec(200), maxLeverage: 50, maintenanceRate: dec('0.01') },
  { notionalCap: dec(600), maxLeverage: 20, maintenanceRate: dec('0.025') },
  { notionalCap: dec(5_000), maxLeverage: 5, maintenanceRate: dec('0.1') },
];

const price = (units: number): Decimal => dec(units).shiftedBy(-1);

const openExchange = () => {
  let time = 0;
  const engine = createPerpetualEngine({
    listings: [listing('BTC', rates), listing('ETH', { ...rates, margin: { brackets } })],
    now: () => (time += 1),
    indexPrices: new Map(symbols.map((one) => [one, dec(100)])),
    fundingInterval: 1_000,
  });
  const brought = new Map(traders.map((name) => [name, dec(50)]));
  for (const [name, funds] of brought) engine.deposit(name, 'USDT', funds);
  return { engine, brought };
};

type Exchange = ReturnType<typeof openExchange>;

const place = (
  engine: PerpetualEngine,
  order: Extract<Command, { kind: 'place' }>,
  id: number,
): void => {
  const isHedged = engine.positionMode(order.accountId) === 'hedge';
  engine.place(order.accountId, {
    symbol: order.symbol,
    clientOrderId: String(id),
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    selfTrade: order.selfTrade,
    amount: dec(order.amount).shiftedBy(-3),
    ...(order.type === 'market' ? {} : { price: price(order.price) }),
    ...(isHedged ? { positionSide: order.hedgeSide } : { reduceOnly: order.reduceOnly }),
  });
};

const run = ({ engine, brought }: Exchange, next: Command, id: number): void => {
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
    case 'modify': {
      const { orderId = -1 } = engine.openOrders(next.accountId)[next.pick] ?? {};
      const change = { price: price(next.price), amount: dec(next.amount).shiftedBy(-3) };
      engine.modify(next.accountId, orderId, change);
      return;
    }
    case 'index': {
      engine.setIndexPrice(next.symbol, price(next.price));
      return;
    }
    case 'funding': {
      engine.setFundingRate(next.symbol, next.rate === undefined ? undefined : dec(next.rate));
      engine.settleFunding(next.symbol);
      return;
    }
    case 'leverage': {
      engine.setLeverage(next.accountId, next.symbol, next.leverage);
      return;
    }
    case 'mode': {
      engine.setPositionMode(next.accountId, next.mode);
      return;
    }
    case 'transfer': {
      const change = dec(next.amount).shiftedBy(-3);
      engine.transfer(next.accountId, 'USDT', change);
      brought.set(next.accountId, brought.get(next.accountId)!.plus(change));
    }
  }
};

const nameOfRefusal = (act: () => void): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Error && error.name.endsWith('Rejection')) return error.message;
    throw error;
  }
};

const restOf = (order: EngineOrder): Decimal =>
  order.amount.minus(order.executedAmount).minus(order.preventedAmount);

/** What an account has put in so far, if all that it holds were sold for what it cost. */
const paidIn = (engine: PerpetualEngine, name: string): Decimal =>
  sum(engine.positions(name).map(({ cost }) => cost));

const expectSound = ({ engine, brought }: Exchange): void => {
  const positions = everybody.flatMap((name) => engine.positions(name));
  for (const one of symbols) {
    const amounts = positions.filter((position) => position.symbol === one);
    assert.equal(sum(amounts.map((position) => position.amount)).toFixed(), '0');
  }
  const wallets = sum(everybody.map((name) => engine.figures(name, 'USDT').wallet));
  const invested = sum(everybody.map((name) => paidIn(engine, name)));
  assert.equal(wallets.minus(invested).toFixed(), sum(brought.values()).toFixed());
  const equity = sum(everybody.map((name) => engine.figures(name, 'USDT').marginBalance));
  assert.equal(equity.toFixed(), sum(brought.values()).toFixed());
  for (const name of traders) {
    const { marginBalance, maintenanceMargin } = engine.figures(name, 'USDT');
    // Only an account that nothing can be taken from any more has less than it must.
    if (maintenanceMargin.isZero()) assert(marginBalance.gte(ZERO));
    const isHedged = engine.positionMode(name) === 'hedge';
    for (const { side, amount: held } of engine.positions(name)) {
      if (held.isZero()) continue;
      assert.equal(side === 'both', !isHedged);
      if (side !== 'both') assert.equal(held.gt(ZERO), side === 'long');
    }
  }
};

/** No order that may only close a position rests with more than there is to close. */
const expectReducersFit = (engine: PerpetualEngine): void => {
  for (const name of traders) {
    for (const one of symbols) {
      const held = engine.position(name, one, 'both').amount;
      for (const side of ['buy', 'sell'] as const) {
        const rests = engine
          .openOrders(name, one)
          .filter((order) => order.reduceOnly === true && order.side === side)
          .map(restOf);
        if (rests.length === 0) continue;
        const room = side === 'buy' ? held.negated() : held;
        assert(sum(rests).lte(room), `${sum(rests).toFixed()} > ${room.toFixed()}`);
      }
    }
  }
};

/** What open orders could open is set aside for, by the side, and nothing else is. */
const expectOrdersValued = (engine: PerpetualEngine): void => {
  for (const name of traders) {
    for (const one of symbols) {
      const orders = engine.openOrders(name, one).filter((order) => !isReducing(order));
      const worth = (side: Side): string =>
        sum(
          orders
            .filter((order) => order.side === side)
            .map((order) => restOf(order).multipliedBy(order.price)),
        ).toFixed();
      const { buying, selling } = engine.marketMargin(name, one);
      assert.deepEqual([buying.toFixed(), selling.toFixed()], [worth('buy'), worth('sell')]);
    }
  }
};

describe('the money and the positions of margin accounts', () => {
  it('neither appear nor vanish, whatever is done', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(command, { minLength: 50, maxLength: 110, size: 'max' }), (commands) => {
        const exchange = openExchange();
        const { engine } = exchange;
        const before = new Map<string, Decimal>();
        engine.listen((batch) => {
          for (const event of batch) {
            seen.add(event.type);
            if (event.type === 'account') seen.add(event.reason);
            if (event.type !== 'order') continue;
            const { order, execution, trade } = event;
            seen.add(execution);
            if (order.clientOrderId.startsWith('autoclose-')) seen.add('liquidation');
            if (!trade || order.positionSide !== undefined) continue;
            const name = `${order.accountId} ${order.symbol}`;
            const held = before.get(name) ?? ZERO;
            const change = order.side === 'buy' ? trade.amount : trade.amount.negated();
            before.set(name, held.plus(change));
            // It took from a position no more than there was.
            if (order.reduceOnly) assert(held.multipliedBy(held.plus(change)).gte(ZERO));
          }
        });
        for (const [index, next] of commands.entries()) {
          for (const name of traders) {
            for (const one of symbols) {
              const { amount: held } = engine.position(name, one, 'both');
              before.set(`${name} ${one}`, held);
            }
          }
          seen.add(nameOfRefusal(() => run(exchange, next, index)) ?? next.kind);
          expectSound(exchange);
          expectReducersFit(engine);
          expectOrdersValued(engine);
        }
      }),
      { numRuns: 150 },
    );
    // The property would mean little if some of it never happened.
    const kinds = [
      'trade',
      'expired',
      'replaced',
      'funding',
      'leverage',
      'margin_call',
      'liquidation',
    ];
    for (const kind of [...kinds, 'insurance', 'deposit', 'withdraw']) expect(seen).toContain(kind);
    for (const reason of [
      'insufficient_margin',
      'nothing_to_reduce',
      'mode_unchanged',
      'open_orders',
      'open_positions',
      'invalid_leverage',
      'leverage_too_small',
      'position_too_large',
    ]) {
      expect(seen).toContain(reason);
    }
  });
});
