import { concat, toArray } from 'rxjs';
import { Decimal } from '../../src/core/decimal.js';
import { seededRandom } from '../../src/core/random.js';
import { isDone, type InFlightOrder } from '../../src/orders/in-flight-order.js';
import { createVirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import { record } from '../support/recording.js';

const ignore = (): void => undefined;

/** Binance's perpetuals, emulated, whose market goes on, and a connector to them. */
const createFuturesWorld = (seed: number, fundingInterval = 20_000) => {
  const venue = createVirtualPerpetualVenue({ seed, fundingInterval });
  return { ...venue, perpetual: venue.exchange, stop: venue.startTraders() };
};

/** A position, as both sides tell it. */
interface Held {
  readonly side: string;
  readonly amount: Decimal;
  readonly entryPrice: Decimal;
}

const plain = (positions: Iterable<Held>) =>
  Array.from(
    positions,
    ({ side, amount, entryPrice }) => `${side} ${amount.toFixed()} at ${entryPrice.toFixed()}`,
  ).sort();

const sum = (values: readonly (Decimal | undefined)[]): string =>
  values.reduce<Decimal>((total, value) => total.plus(value ?? 0), new Decimal(0)).toFixed();

const text = ({ amount, time }: { readonly amount: Decimal; readonly time: number }) =>
  `${amount.toFixed()} at ${time}`;

describe('a perpetual connector that loses its sockets every 10 s', () => {
  it.each([1, 2])('agrees with the exchange’s books to the last digit (seed %i)', (seed) => {
    const world = createFuturesWorld(seed);
    const { perpetual, network, advance, engine, accountId, control } = world;
    const random = seededRandom(seed + 100);
    const orders = new Map<string, InFlightOrder>();
    perpetual.orderUpdates$.subscribe((order) => orders.set(order.clientOrderId, order));
    const status = record(perpetual.connect());
    const positions = record(perpetual.positions$);
    const balances = record(perpetual.balances$);
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    const mode = record(perpetual.positionMode$);
    const info = record(perpetual.fundingInfo$('BTC-USDT'));
    const payments = record(perpetual.fundingPayments$);
    const fills = record(perpetual.fills$);
    advance(2_000);
    record(concat(perpetual.setPositionMode('hedge'), perpetual.setLeverage('BTC-USDT', 10)));
    advance(2_000);

    for (let second = 1; second <= 60; second += 1) {
      const side = random() < 0.5 ? 'buy' : 'sell';
      const positionAction = random() < 0.6 ? 'open' : 'close';
      const order = { pair: 'BTC-USDT', type: 'market', amount: '0.003', positionAction } as const;
      perpetual[side](order).subscribe({ error: ignore });
      advance(1_000);
      if (second % 10 === 0) network.disconnect();
      if (second % 25 === 0) control.expireListenKeys();
    }
    world.stop();
    advance(100_000);

    const books = engine.positions(accountId);
    const trades = engine.trades(accountId);
    expect([...orders.values()].filter((order) => !isDone(order))).toEqual([]);
    expect(trades.length).toBeGreaterThan(20);
    expect(fills.values.map(({ tradeId }) => tradeId).sort()).toEqual(
      trades.map(({ tradeId }) => `${tradeId}`).sort(),
    );
    expect(sum(fills.values.map(({ realizedPnl }) => realizedPnl))).toBe(
      sum(books.map(({ realizedPnl }) => realizedPnl)),
    );
    const open = books.filter(({ amount }) => !amount.isZero());
    expect(open.length).toBeGreaterThan(0);
    expect(plain(positions.last()?.values() ?? [])).toEqual(plain(open));
    expect(leverage.last()).toBe(engine.leverage(accountId, 'BTCUSDT'));
    expect(mode.last()).toBe(engine.positionMode(accountId));
    const paid = engine.fundingPayments(accountId);
    expect(paid.length).toBeGreaterThan(3);
    expect(payments.values.map(text)).toEqual(
      paid.map(({ payment, time }) => text({ amount: payment, time })),
    );
    const terms = engine.terms('BTCUSDT');
    expect(info.last()).toMatchObject({
      markPrice: terms.markPrice,
      rate: terms.fundingRate,
      nextFundingTime: terms.nextFundingTime,
    });
    expect(status.last()).toMatchObject({ network: 'connected', ready: true });
    const { total, available } = balances.last()?.get('USDT') ?? {};
    const figures = engine.figures(accountId, 'USDT');
    expect([total?.toFixed(), available?.toFixed()]).toEqual([
      figures.wallet.toFixed(),
      figures.available.toFixed(),
    ]);
    expect(control.violations()).toEqual({});
  });
});

describe('the emulated exchange', () => {
  it('refuses another mode while a position is open, and the state stays what it says', () => {
    const { perpetual, advance, engine, accountId } = createFuturesWorld(7);
    const mode = record(perpetual.positionMode$);
    const leverage = record(perpetual.leverage$('BTC-USDT'));
    advance(3_000);
    const twice = concat(
      perpetual.setPositionMode('one_way'),
      perpetual.setPositionMode('one_way'),
      perpetual.setLeverage('BTC-USDT', 7),
      perpetual.setLeverage('BTC-USDT', 7),
    );
    const set = record(twice.pipe(toArray()));
    advance(3_000);
    expect(set.values).toEqual([['one_way', 'one_way', 7, 7]]);
    record(
      perpetual.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01', positionAction: 'open' }),
    );
    advance(2_000);
    expect(engine.positions(accountId)).toHaveLength(1);
    for (let time = 0; time < 2; time += 1) {
      const refused = record(perpetual.setPositionMode('hedge'));
      advance(2_000);
      expect(refused.error()).toMatchObject({ kind: 'position_conflict', outcome: 'refused' });
    }
    const again = record(perpetual.setLeverage('BTC-USDT', 8));
    advance(2_000);
    expect(again.values).toEqual([8]);
    expect([mode.last(), leverage.last()]).toEqual([
      engine.positionMode(accountId),
      engine.leverage(accountId, 'BTCUSDT'),
    ]);
    const position = perpetual.sell({
      pair: 'BTC-USDT',
      type: 'market',
      amount: '0.03',
      positionAction: 'close',
    });
    record(position);
    advance(2_000);
    // What closes is never more than there is.
    expect(engine.positions(accountId).every(({ amount }) => amount.isZero())).toBe(true);
  });
});

describe('the account stream of a perpetual connector', () => {
  it('stays where nothing happens: the exchange answers that it is there', () => {
    const { perpetual, network, advance, stop } = createFuturesWorld(1, 8 * 3_600_000);
    stop();
    record(perpetual.connect());
    advance(180_000);
    expect(network.attempts().filter((path) => path.startsWith('/private'))).toHaveLength(1);
  });
});
