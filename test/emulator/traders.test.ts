import { VirtualTimeScheduler } from 'rxjs';
import { seededRandom } from '../../src/core/random.js';
import type { Engine, EngineEvent, Listing } from '../../src/emulator/engine/model.js';
import { createTraders, runTraders } from '../../src/emulator/traders.js';
import { dec, listing, recorded, request } from './engine/market.js';

const bitcoin = listing('BTC', { amountStep: dec('0.00001'), minAmount: dec('0.00001') });

interface Market {
  readonly engine: Engine;
  readonly events: readonly EngineEvent[];
  readonly ticks: (count: number, afterEach?: (tick: number) => void) => void;
}

interface Setting {
  readonly market?: Listing;
  readonly fairPrice?: number;
  readonly volatility?: number;
}

const openMarket = (seed: number, setting: Setting = {}): Market => {
  const { market = bitcoin, fairPrice = 64_000, volatility = 0.0001 } = setting;
  const { engine, events } = recorded({ listings: [market] });
  const { symbol } = market;
  const random = seededRandom(seed);
  const traders = createTraders({ engine, symbol, random, fairPrice, volatility });
  return {
    engine,
    events,
    ticks: (count, afterEach) => {
      for (let tick = 0; tick < count; tick += 1) {
        traders.tick();
        afterEach?.(tick);
      }
    },
  };
};

const top = (engine: Engine, symbol = 'BTCUSDT') => {
  const { bids, asks } = engine.depth(symbol, 1);
  const [bid, ask] = [bids[0]![0].toNumber(), asks[0]![0].toNumber()];
  const mid = (bid + ask) / 2;
  /** In basis points. */
  return { mid, spread: (10_000 * (ask - bid)) / mid };
};

/** Quotes 0.01 at a distance from the mid on both sides, anew each second; how often it is filled. */
const fillsOfQuotes = (seed: number, basisPoints: number, seconds: number): number => {
  const { engine, ticks } = openMarket(seed);
  engine.deposit('me', 'BTC', dec(10));
  engine.deposit('me', 'USDT', dec(1_000_000));
  const share = basisPoints / 10_000;
  ticks(seconds * 10, (tick) => {
    if (tick % 10 > 0) return;
    for (const { orderId } of engine.openOrders('me')) engine.cancel('me', orderId, 'x');
    const { mid } = top(engine);
    const [bid, ask] = [(mid * (1 - share)).toFixed(2), (mid * (1 + share)).toFixed(2)];
    engine.place('me', request('buy', { clientOrderId: 'bid', amount: '0.01', price: bid }));
    engine.place('me', request('sell', { clientOrderId: 'ask', amount: '0.01', price: ask }));
  });
  return engine.trades('me').length;
};

describe('the synthetic traders', () => {
  it('make the same history from the same seed', () => {
    const [first, second, other] = [1, 1, 2].map((seed) => {
      const { events, ticks } = openMarket(seed);
      ticks(100);
      expect(events.length).toBeGreaterThan(2_500);
      return JSON.stringify(events, (_, value: unknown) =>
        value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value,
      );
    });
    expect(second === first).toBe(true);
    expect(other === first).toBe(false);
  });

  it('wait while the market is closed, and go on by its new rules', () => {
    const { engine, events, ticks } = openMarket(1);
    ticks(10);
    const before = events.length;
    engine.changeListing('BTCUSDT', { status: 'halt', priceStep: dec(10) });
    ticks(10);
    expect(events.length).toBe(before);
    engine.changeListing('BTCUSDT', { status: 'trading' });
    ticks(200);
    const orders = engine.orders('house-makers').slice(-60);
    expect(orders.map(({ price }) => price.modulo(10).toNumber())).toEqual(orders.map(() => 0));
    expect(Math.abs(top(engine).mid / 64_000 - 1)).toBeLessThan(0.02);
  });

  it('fill the book before the first tick', () => {
    const { bids, asks } = openMarket(1).engine.depth('BTCUSDT', 100);
    expect([bids.length, asks.length]).toEqual([30, 30]);
  });

  it.each([1, 2, 3])('keep both sides deep and the spread narrow (seed %d)', (seed) => {
    const { engine, ticks } = openMarket(seed);
    const spreads: number[] = [];
    const depths: number[] = [];
    ticks(1_000, () => {
      const { bids, asks } = engine.depth('BTCUSDT', 100);
      depths.push(Math.min(bids.length, asks.length));
      spreads.push(top(engine).spread);
    });
    expect(Math.min(...depths)).toBeGreaterThan(5);
    const median = spreads.toSorted((a, b) => a - b)[500]!;
    expect(median).toBeGreaterThan(1.5);
    expect(median).toBeLessThan(4);
  });

  it.each([2, 3, 5])(
    'fill quotes %d basis points from the mid every 2 s and more often',
    (distance) => {
      const fills = [1, 2, 3].map((seed) => fillsOfQuotes(seed, distance, 40));
      const mean = fills.reduce((a, b) => a + b) / fills.length;
      expect(mean).toBeGreaterThan(20);
      expect(Math.min(...fills)).toBeGreaterThan(12);
    },
  );

  it('leave a quote alone that nobody reaches', () => {
    expect(fillsOfQuotes(1, 100, 30)).toBe(0);
  });

  it('trade with an order that the price has passed', () => {
    const { engine, ticks } = openMarket(1);
    engine.deposit('me', 'USDT', dec(1e9));
    const { order } = engine.place('me', request('buy', { price: 64_500, amount: 1_000 }));
    expect(order.status).toBe('partially_filled');
    ticks(1);
    expect(engine.order('me', 'BTCUSDT', order)?.executedAmount).not.toEqual(order.executedAmount);
  });

  it('make the same fair price whatever others do', () => {
    const [quiet, busy] = [
      openMarket(3, { volatility: 0.002 }),
      openMarket(3, { volatility: 0.002 }),
    ];
    busy.engine.deposit('me', 'USDT', dec(1e12));
    quiet.ticks(300);
    busy.ticks(300, (tick) => {
      busy.engine.place('me', request('buy', { clientOrderId: `${tick}`, type: 'market' }));
    });
    const drift = top(busy.engine).mid / top(quiet.engine).mid - 1;
    expect(Math.abs(drift)).toBeLessThan(0.001);
  });

  it.each<[string, Partial<Listing>, number]>([
    ['a price of a few steps', { priceStep: dec('0.0001'), amountStep: dec(1) }, 0.012],
    ['a dear quote asset', { priceStep: dec('0.00001'), minNotional: dec('0.0001') }, 0.05],
    ['whole units', { priceStep: dec(1), amountStep: dec(1), minAmount: dec(1) }, 3],
    ['a low most', { maxAmount: dec('0.002') }, 64_000],
  ])('can trade %s', (_, changes, fairPrice) => {
    const market = listing('XYZ', changes);
    const { engine, events, ticks } = openMarket(5, { market, fairPrice });
    ticks(200);
    expect(events.filter(({ type }) => type === 'trade').length).toBeGreaterThan(50);
    const orders = events.flatMap((event) => (event.type === 'order' ? [event.order] : []));
    const wrong = orders.filter(
      ({ type, price, amount }) =>
        !amount.mod(market.amountStep).isZero() ||
        !price.mod(market.priceStep).isZero() ||
        amount.lt(market.minAmount) ||
        amount.gt(market.maxAmount) ||
        (type !== 'market' && price.lte(0)),
    );
    expect(wrong).toEqual([]);
    expect(engine.depth('XYZUSDT', 1).bids).toHaveLength(1);
  });

  it('share their accounts between markets', () => {
    const listings = [bitcoin, listing('ETH')];
    const { engine } = recorded({ listings });
    const markets = listings.map(({ symbol }, index) =>
      createTraders({ engine, symbol, random: seededRandom(index), fairPrice: 3_000 }),
    );
    for (let tick = 0; tick < 100; tick += 1) for (const { tick: step } of markets) step();
    for (const { symbol } of listings) expect(engine.lastPrice(symbol)).toBeDefined();
  });

  it('take over from others that left their quotes behind', () => {
    const { engine } = recorded({ listings: [bitcoin] });
    const random = seededRandom(1);
    for (const fairPrice of [64_000, 64_010]) {
      const traders = createTraders({ engine, symbol: 'BTCUSDT', random, fairPrice });
      for (let tick = 0; tick < 50; tick += 1) traders.tick();
    }
    const { bids, asks } = engine.depth('BTCUSDT', 100);
    expect(Math.max(bids.length, asks.length)).toBeLessThanOrEqual(30);
  });

  it('know only what is listed', () => {
    const { engine } = recorded();
    const options = { engine, symbol: 'XRPUSDT', random: seededRandom(1), fairPrice: 1 };
    expect(() => createTraders(options)).toThrow('XRPUSDT is not listed');
  });
});

describe('running traders', () => {
  it('ticks once a period while it is subscribed', () => {
    const scheduler = new VirtualTimeScheduler();
    const times: number[] = [];
    const ticking$ = runTraders(
      { period: 100, tick: () => times.push(scheduler.now()) },
      scheduler,
    );
    scheduler.maxFrames = 350;
    scheduler.flush();
    expect(times).toEqual([]);
    const subscription = ticking$.subscribe();
    scheduler.maxFrames = 700;
    scheduler.flush();
    subscription.unsubscribe();
    scheduler.maxFrames = 2_000;
    scheduler.flush();
    expect(times).toEqual([100, 200, 300, 400, 500, 600, 700]);
  });
});
