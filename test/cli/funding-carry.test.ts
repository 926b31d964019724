import { lacking, type Legs } from '../../src/cli/funding-carry.js';
import { Decimal } from '../../src/core/decimal.js';
import { seededRandom } from '../../src/core/random.js';
import { AMOUNT, createCarryWorld } from './carry-world.js';

describe('what the legs lack', () => {
  it.each([
    ['nothing while nothing is wanted', 0, 0, 0, 0, 0],
    ['the perpetual first', -5, 0, 0, -5, 0],
    ['on the spot market what the perpetual has already', -5, -2, 0, -3, 2],
    ['nothing once both are there', -5, -5, 5, 0, 0],
    ['what closes the perpetual', 0, -5, 5, 5, 0],
    ['what closes the spot market behind it', 0, -1, 5, 1, -4],
    ['what is too much', -5, -6, 6.5, 1, -0.5],
  ])('is %s', (_, wanted, perpetual, spot, ...lacks) => {
    const legs: Legs = {
      wanted: new Decimal(wanted),
      perpetual: new Decimal(perpetual),
      spot: new Decimal(spot),
    };
    expect([lacking.perpetual(legs).toNumber(), lacking.spot(legs).toNumber()]).toEqual(lacks);
  });
});

describe('a funding carry', () => {
  it('sells the perpetual and buys as much while longs pay, and is paid', () => {
    const { start, advance, held, books, venue } = createCarryWorld();
    start();
    advance(10_000);
    expect(held()).toEqual([`-${AMOUNT}`, AMOUNT]);
    expect(venue.engine.leverage(venue.accountId, 'BTCUSDT')).toBe(5);
    expect(books.perpetual.payments.map(({ amount }) => amount.gt(0))).toEqual([true, true]);
  });

  it('closes both while shorts pay, and opens them again', () => {
    const { start, advance, held, setRate } = createCarryWorld();
    start();
    advance(3_000);
    setRate('-0.0001');
    advance(3_000);
    expect(held()).toEqual(['0', '0']);
    setRate('0.0001');
    advance(3_000);
    expect(held()).toEqual([`-${AMOUNT}`, AMOUNT]);
  });

  it('holds nothing where nobody is paid', () => {
    const { start, advance, books, setRate } = createCarryWorld();
    setRate('0');
    start();
    advance(10_000);
    expect([books.spot.orders.size, books.perpetual.orders.size]).toEqual([0, 0]);
  });

  it('closes both at the end, and completes then', () => {
    const { start, advance, held, end } = createCarryWorld();
    const carry = start();
    advance(3_000);
    end();
    expect(carry.state()).toBe('going on');
    advance(1_000);
    expect([carry.state(), ...held()]).toEqual(['completed', '0', '0']);
  });

  it('ends at once where nothing is held', () => {
    const { start, advance, end } = createCarryWorld();
    const carry = start();
    end();
    advance(100);
    expect(carry.state()).toBe('completed');
  });

  it('waits at the end for an order of which no fill is known yet', () => {
    const { start, advance, held, end, venue } = createCarryWorld();
    venue.control.userEvents('after', 3_000);
    const carry = start();
    advance(500);
    end();
    advance(500);
    expect([carry.state(), held()[0]]).toEqual(['going on', `-${AMOUNT}`]);
    advance(20_000);
    expect([carry.state(), ...held()]).toEqual(['completed', '0', '0']);
  });

  it('makes an order that failed again a second later', () => {
    const { start, advance, held, spotVenue, books } = createCarryWorld();
    const { control } = spotVenue;
    control.setMarketStatus('BTCUSDT', 'BREAK');
    start();
    advance(3_000);
    expect(held()).toEqual([`-${AMOUNT}`, '0']);
    expect(books.spot.orders.size).toBeLessThan(5);
    control.setMarketStatus('BTCUSDT', 'TRADING');
    advance(3_000);
    expect(held()).toEqual([`-${AMOUNT}`, AMOUNT]);
  });

  it.each([1, 2])(
    'ends with books that are the exchanges’ own, though all sockets break (seed %i)',
    (seed) => {
      const world = createCarryWorld({ seed });
      const { start, advance, held, setRate, networks, books } = world;
      const random = seededRandom(seed);
      const carry = start();
      for (let second = 1; second <= 60; second += 1) {
        advance(1_000);
        if (second % 6 === 0) setRate((0.0006 * random() - 0.0002).toFixed(8));
        if (second % 5 === 0) networks.spot.disconnect();
        if (second % 7 === 0) networks.perpetual.disconnect();
      }
      world.end();
      advance(40_000);
      expect([carry.state(), ...held()]).toEqual(['completed', '0', '0']);
      expect(world.differences()).toEqual([]);
      expect(books.perpetual.payments.length).toBeGreaterThan(5);
      expect(world.venue.control.violations()).toEqual({});
    },
  );
});
