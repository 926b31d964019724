import type { OrderCandidate } from '../../src/account/budget-checker.js';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest } from '../../src/core/order.js';
import type { PositionAction } from '../../src/core/position.js';
import { record } from '../support/recording.js';
import { paths } from './perpetual-venue.js';
import { createPerpetualWorld } from './perpetual-world.js';

const ORDER: OrderRequest = { pair: 'BTC-USDT', type: 'limit', amount: '0.01', price: '60000' };

describe('an order in a perpetual market', () => {
  it.each([
    ['one_way', 'buy', 'open', 'net', 'false'],
    ['one_way', 'sell', 'close', 'net', 'true'],
    ['one_way', 'sell', undefined, 'net', 'false'],
    ['hedge', 'buy', 'open', 'long', 'false'],
    ['hedge', 'sell', 'close', 'long', 'true'],
    ['hedge', 'sell', 'open', 'short', 'false'],
    ['hedge', 'buy', 'close', 'short', 'true'],
  ] as const)(
    'in %s mode: a %s that is to %s is of the position %s, reduce-only %s',
    (mode, side, positionAction, positionSide, reduceOnly) => {
      const { perpetual, world, orders, advance } = createPerpetualWorld();
      world.mode = mode;
      const order = record(
        perpetual[side]({ ...ORDER, ...(positionAction && { positionAction }) }),
      );
      advance(1_000);
      expect(orders).toMatchObject([{ side, positionSide, reduceOnly }]);
      expect(order.last()).toMatchObject({ state: 'open', positionAction });
    },
  );

  it('in hedge mode needs an action: without one nothing is sent', () => {
    const { perpetual, world, advance, network } = createPerpetualWorld();
    world.mode = 'hedge';
    const order = record(perpetual.buy(ORDER));
    advance(1_000);
    expect(order.error()).toMatchObject({ kind: 'invalid_order', outcome: 'refused' });
    expect(network.requests(paths.place)).toEqual([]);
  });

  it('waits for the position mode, asked for once', () => {
    const { perpetual, advance, network } = createPerpetualWorld();
    record(perpetual.buy(ORDER));
    advance(1_000);
    record(perpetual.buy(ORDER));
    advance(1_000);
    expect(network.requests(paths.place)).toHaveLength(2);
    expect(network.requests(paths.mode)).toHaveLength(1);
  });

  it('is not sent where the position mode cannot be had', () => {
    const { perpetual, advance, network } = createPerpetualWorld();
    network.requestFaults.add(({ name }) => name === paths.mode, { answerDelay: Infinity });
    const order = record(perpetual.buy(ORDER));
    advance(60_000);
    expect(order.error()).toMatchObject({ kind: 'not_placed' });
    expect(network.requests(paths.place)).toEqual([]);
  });

  it('that is refused for another mode has the mode asked for before the next one', () => {
    const { perpetual, world, orders, advance } = createPerpetualWorld();
    record(perpetual.buy(ORDER));
    advance(1_000);
    world.mode = 'hedge';
    const refused = record(perpetual.buy({ ...ORDER, positionAction: 'open' }));
    advance(1_000);
    expect(refused.error()).toMatchObject({ kind: 'invalid_order' });
    const next = record(perpetual.buy({ ...ORDER, positionAction: 'open' }));
    advance(1_000);
    expect(next.last()?.state).toBe('open');
    expect(orders.at(-1)).toMatchObject({ positionSide: 'long' });
  });

  it('is never sent by a guess, where the mode fell into doubt while the price was asked for', () => {
    const { perpetual, world, orders, network, advance } = createPerpetualWorld();
    record(perpetual.buy(ORDER));
    advance(1_000);
    network.requestFaults.add(({ name }) => name === 'GET /price', { answerDelay: 500, times: 1 });
    record(
      perpetual.sell({ pair: 'BTC-USDT', type: 'market', amount: 1, positionAction: 'close' }),
    );
    world.mode = 'hedge';
    record(perpetual.buy({ ...ORDER, positionAction: 'open' }));
    advance(2_000);
    expect(orders.at(-1)).toMatchObject({ side: 'sell', positionSide: 'long', reduceOnly: 'true' });
  });

  it('that closes may be worth less than the market takes', () => {
    const { perpetual, orders, advance } = createPerpetualWorld();
    const small: OrderRequest = { ...ORDER, amount: '0.001', price: '1000' };
    record(perpetual.sell({ ...small, positionAction: 'close' }));
    const opening = record(perpetual.sell({ ...small, positionAction: 'open' }));
    advance(1_000);
    expect(orders).toHaveLength(1);
    expect(opening.error()).toMatchObject({ kind: 'invalid_order' });
  });
});

describe('the funds of a margin account', () => {
  /** 1,000 USDT at a leverage of 20, both followed. */
  const followed = () => {
    const world = createPerpetualWorld();
    const balances = record(world.perpetual.balances$);
    record(world.perpetual.leverage$('BTC-USDT'));
    record(world.perpetual.connect());
    world.advance(5_000);
    const available = () => balances.last()?.get('USDT')?.available.toNumber();
    return { ...world, balances, available };
  };

  it('are taken as margin by an order that opens, as soon as it is placed', () => {
    const { perpetual, available } = followed();
    record(perpetual.sell({ ...ORDER, positionAction: 'open' }));
    expect(available()).toBe(970);
  });

  it('are not taken by an order that closes', () => {
    const { perpetual, available } = followed();
    record(perpetual.sell({ ...ORDER, positionAction: 'close' }));
    expect(available()).toBe(1_000);
  });

  it('refuse an order beyond them before anything is sent', () => {
    const { perpetual, network, advance } = followed();
    const order = record(perpetual.buy({ ...ORDER, amount: '0.4', positionAction: 'open' }));
    advance(1_000);
    expect(order.error()).toMatchObject({ kind: 'insufficient_funds' });
    expect(network.requests(paths.place)).toEqual([]);
  });

  it('are asked for after something happened, and then count an order once', () => {
    const { perpetual, world, advance, available, network } = followed();
    const before = network.requests(paths.balances).length;
    record(perpetual.buy({ ...ORDER, positionAction: 'open' }));
    world.available = world.available.minus(30);
    advance(10_000);
    expect(available()).toBe(970);
    expect(network.requests(paths.balances).length - before).toBeLessThanOrEqual(3);
  });

  it('go down with a total at once, and up once REST says so', () => {
    const { tell, advance, balances, now } = followed();
    const told = (total: number) =>
      tell({
        kind: 'totals',
        totals: new Map([['USDT', new Decimal(total)]]),
        time: now(),
      });
    told(900);
    advance(20);
    const usdt = () => balances.last()?.get('USDT');
    expect([usdt()?.total.toNumber(), usdt()?.available.toNumber()]).toEqual([900, 900]);
    told(1_200);
    advance(20);
    expect([usdt()?.total.toNumber(), usdt()?.available.toNumber()]).toEqual([1_200, 900]);
  });

  it('cannot be estimated', () => {
    const { join } = createPerpetualWorld();
    expect(() => join({ balances: 'estimated' })).toThrow('cannot be estimated');
  });
});

describe('the budget checker of a margin account', () => {
  const candidate: OrderCandidate = {
    pair: 'BTC-USDT',
    side: 'buy',
    type: 'limit',
    amount: new Decimal(1),
    price: new Decimal(60_000),
  };
  const adjust = (positionAction: PositionAction) => {
    const { perpetual, advance } = createPerpetualWorld();
    const adjusted = record(
      perpetual.budgetChecker.adjustCandidate(
        { ...candidate, positionAction },
        { allOrNone: false },
      ),
    );
    advance(1_000);
    return adjusted.last();
  };

  it('reckons with margin and the fee of an order that opens', () => {
    // 1,000 USDT buy 0.333 BTC at 60,000 with 20-fold leverage, less what the fee takes.
    const adjusted = adjust('open');
    expect(adjusted?.resized).toBe(true);
    expect(adjusted?.amount.toFixed()).toBe('0.33');
    expect(adjusted?.orderCollateral.amount.toFixed()).toBe('990');
    expect(adjusted?.feeCollateral?.amount.toFixed()).toBe('9.9');
  });

  it('takes nothing for an order that closes, whose fee comes from what it sets free', () => {
    const adjusted = adjust('close');
    expect(adjusted?.resized).toBe(false);
    expect(adjusted?.orderCollateral.amount.toFixed()).toBe('0');
    expect(adjusted?.feeCollateral).toBeUndefined();
    expect(adjusted?.potentialReturns).toMatchObject({ asset: 'USDT' });
    expect(adjusted?.potentialReturns.amount.toFixed()).toBe('2970');
  });
});
