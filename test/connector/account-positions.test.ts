import type { Gapped } from '../../src/core/gapped.js';
import type { Positions } from '../../src/core/position.js';
import { Decimal } from '../../src/core/decimal.js';
import { record } from '../support/recording.js';
import { paths } from './perpetual-venue.js';
import { createPerpetualWorld } from './perpetual-world.js';

const plain = (positions: Positions | undefined) =>
  positions &&
  Object.fromEntries(Array.from(positions, ([key, one]) => [key, one.amount.toNumber()]));

const marks = (events: readonly Gapped<Positions>[]) =>
  events.map((event) =>
    event.kind === 'data'
      ? [event.backfilled ? 'backfilled' : 'data', plain(event.value)]
      : [event.kind],
  );

/** A connector whose positions somebody follows. */
const following = () => {
  const world = createPerpetualWorld();
  world.hold('2', { pair: 'ETH-USDT' });
  const positions = record(world.perpetual.positions$);
  world.advance(1_000);
  const asked = () => world.network.requests(paths.positions).length;
  return { ...world, positions, asked };
};

describe('positions$', () => {
  it('begins with all that REST states', () => {
    const { positions, asked } = following();
    expect(positions.values.map(plain)).toEqual([{ 'ETH-USDT': 2 }]);
    expect(asked()).toBe(1);
  });

  it('follows the account stream, one position at a time, without asking', () => {
    const { positions, hold, advance, asked } = following();
    hold('0.5');
    advance(100);
    expect(plain(positions.last())).toEqual({ 'ETH-USDT': 2, 'BTC-USDT': 0.5 });
    hold('0', { pair: 'ETH-USDT' });
    advance(100);
    expect(plain(positions.last())).toEqual({ 'BTC-USDT': 0.5 });
    expect(asked()).toBe(1);
  });

  it('tells the two sides of hedge mode apart', () => {
    const { positions, hold, advance } = following();
    hold('0.5', { side: 'long' });
    hold('-0.2', { side: 'short' });
    advance(100);
    expect(plain(positions.last())).toEqual({
      'ETH-USDT': 2,
      'BTC-USDT:long': 0.5,
      'BTC-USDT:short': -0.2,
    });
  });

  it('is shared, and tells whoever comes later the latest', () => {
    const { perpetual, positions, advance, asked } = following();
    const second = record(perpetual.positions$);
    expect(second.values).toEqual([positions.last()]);
    advance(1_000);
    expect(asked()).toBe(1);
  });

  it('does not let a REST answer overwrite what the stream told since it was asked for', () => {
    const { perpetual, hold, advance, network } = createPerpetualWorld();
    hold('2', { pair: 'ETH-USDT' });
    const slow = { answerDelay: 800, times: 1 } as const;
    network.requestFaults.add(({ name }) => name === paths.positions, slow);
    const positions = record(perpetual.positions$);
    advance(500);
    expect(network.requests(paths.positions)).toHaveLength(1);
    hold('0.5');
    advance(2_000);
    expect(plain(positions.last())).toEqual({ 'ETH-USDT': 2, 'BTC-USDT': 0.5 });
  });

  it('is confirmed by REST every 120 s while the stream is well', () => {
    const { hold, advance, asked, positions, tell, now } = following();
    hold('0.5', { isTold: false });
    for (let i = 0; i < 12; i += 1) {
      advance(10_000);
      tell({ kind: 'leverage', pair: 'BTC-USDT', leverage: i, time: now() });
    }
    advance(1_000);
    expect(asked()).toBe(2);
    expect(plain(positions.last())).toEqual({ 'ETH-USDT': 2, 'BTC-USDT': 0.5 });
  });

  it('is asked for every 5 s while the stream is down, and at once when it is back', () => {
    const { network, hold, advance, asked, positions } = following();
    network.refuseSockets(true);
    network.disconnect();
    advance(12_000);
    expect(asked()).toBeGreaterThanOrEqual(3);
    hold('0.5');
    advance(5_000);
    expect(plain(positions.last())).toEqual({ 'ETH-USDT': 2, 'BTC-USDT': 0.5 });
    const before = asked();
    network.refuseSockets(false);
    advance(40_000);
    expect(asked()).toBeGreaterThan(before);
  });

  it('asks where the stream tells a fill, and no position that comes of it', () => {
    const { hold, tell, advance, asked, positions, now } = following();
    const fill = (pair: 'BTC-USDT' | 'ETH-USDT') =>
      tell({
        kind: 'trade',
        pair,
        tradeId: '1',
        exchangeOrderId: '1',
        price: new Decimal(60_000),
        amount: new Decimal(1),
        quoteAmount: new Decimal(60_000),
        fee: { asset: 'USDT', amount: new Decimal(1) },
        liquidity: 'maker',
        time: now(),
      });
    fill('ETH-USDT');
    hold('3', { pair: 'ETH-USDT' });
    advance(5_000);
    expect(asked()).toBe(1);
    hold('1', { isTold: false });
    fill('BTC-USDT');
    advance(5_000);
    expect(asked()).toBe(2);
    expect(plain(positions.last())).toEqual({ 'ETH-USDT': 3, 'BTC-USDT': 1 });
  });

  it('tells of its gaps: the gap, what REST brings in it, and its end', () => {
    const { perpetual, network, hold, advance } = following();
    const gapped = record(perpetual.withGaps.positions$);
    network.disconnect();
    hold('1', { isTold: false });
    advance(10_000);
    const told = marks(gapped.values);
    expect(told.slice(0, 2)).toEqual([['data', { 'ETH-USDT': 2 }], ['gap']]);
    expect(told.slice(2)).toContainEqual(['backfilled', { 'ETH-USDT': 2, 'BTC-USDT': 1 }]);
    expect(told.at(-1)).toEqual(['resumed']);
  });

  it('is a part of the status, ready when REST has stated them and the stream is well', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const status = record(perpetual.status$);
    record(perpetual.positions$);
    expect(status.last()?.parts.positions).toMatchObject({ ready: false, reason: 'starting' });
    advance(1_000);
    expect(status.last()).toMatchObject({ ready: true, parts: { positions: { ready: true } } });
    network.refuseSockets(true);
    network.disconnect();
    advance(6_000);
    expect(status.last()?.parts.positions?.ready).toBe(false);
  });

  it('leaves nothing behind', () => {
    const { positions, advance, network, pending } = following();
    positions.stop();
    advance(10_000);
    expect(network.sockets()).toEqual([]);
    expect(pending()).toBe(0);
  });

  it('errors without keys', () => {
    const { join, advance } = createPerpetualWorld();
    const { perpetual } = { perpetual: join({ credentials: undefined as never }) };
    const positions = record(perpetual.positions$);
    advance(1_000);
    expect(positions.error()).toMatchObject({ kind: 'authentication' });
  });
});

describe('marginCalls$', () => {
  it('tells each warning', () => {
    const { perpetual, tell, advance, now } = createPerpetualWorld();
    const calls = record(perpetual.marginCalls$);
    advance(1_000);
    tell({ kind: 'margin_call', positions: [], time: now() });
    advance(100);
    expect(calls.values).toMatchObject([{ kind: 'margin_call', positions: [] }]);
  });
});
