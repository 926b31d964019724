import { seededRandom } from '../../../src/core/random.js';
import {
  faultNames,
  injectFaults,
  perpetualFaultNames,
  planFaults,
  type FaultName,
} from '../../../src/testing/faults/plan.js';
import { defaultListings } from '../../../src/emulator/listings.js';
import { defaultPerpetuals } from '../../../src/emulator/perpetual-listings.js';
import { createVirtualPerpetualVenue } from '../../../src/testing/virtual-perpetual-venue.js';
import { createVirtualProcess } from '../../../src/testing/virtual-process.js';
import { createVirtualVenue } from '../../../src/testing/virtual-venue.js';
import { BID } from '../../support/orders.js';
import { record } from '../../support/recording.js';

const HOUR = 3_600_000;

describe('a plan of faults', () => {
  it('is the same for the same numbers, and another one for others', () => {
    const plan = (seed: number) => planFaults(seededRandom(seed), { duration: HOUR });
    expect(plan(1)).toEqual(plan(1));
    expect(plan(2)).not.toEqual(plan(1));
  });

  it('begins as many faults as it should, of all kinds, within its time', () => {
    const plan = planFaults(seededRandom(1), { duration: 100 * HOUR, every: 60_000 });
    expect(plan.length / 6_000).toBeCloseTo(1, 1);
    expect(new Set(plan.map(({ name }) => name)).size).toBe(faultNames.length);
    expect(plan.every(({ at, lasts }) => at + lasts <= 100 * HOUR)).toBe(true);
  });

  it('holds the kinds that it was asked for', () => {
    const names: readonly FaultName[] = ['429', 'maintenance'];
    const plan = planFaults(seededRandom(1), { duration: HOUR, names });
    expect(new Set(plan.map(({ name }) => name))).toEqual(new Set(names));
    expect(planFaults(seededRandom(1), { duration: HOUR, names: [] })).toEqual([]);
  });
});

describe.each(faultNames)('the fault "%s"', (name) => {
  it('meets something, and is over in the end', () => {
    const traders = { period: 2_000, levels: 5 };
    const venue = createVirtualVenue({ traders, listings: defaultListings.slice(0, 1) });
    const { network, scheduler, credentials } = venue;
    const process = createVirtualProcess({ ...network, scheduler, random: () => 0.5 });
    const exchange = venue.join({ credentials, environment: process.environment });
    const met: FaultName[] = [];
    const books = record(exchange.orderBook$('BTC-USDT'));
    record(exchange.balances$);
    record(venue.exchange.balances$);
    venue.startTraders();
    venue.advance(5_000);
    const plan = [1, 2, 3].map((seed) => ({ name, at: 15_000 * seed, lasts: 10_000, seed }));
    const faults = injectFaults({ venue, process: () => process }, plan, (one) => met.push(one));
    for (let turn = 0; turn < 30; turn += 1) {
      const order = record(venue.exchange.buy(BID));
      venue.advance(2_000);
      record(venue.exchange.cancel(order.last()!.clientOrderId));
      if (turn % 8 === 7) network.disconnect();
    }
    expect(new Set(met)).toEqual(new Set([name]));
    faults.unsubscribe();
    venue.advance(120_000);
    const told = books.values.length;
    venue.advance(10_000);
    expect(books.values.length > told).toBe(process.isAlive());
  });
});

describe('where positions are held', () => {
  const own = perpetualFaultNames.filter((name) => !faultNames.includes(name));
  const ofPaths: readonly FaultName[] = [
    'account frames lost',
    'market frames lost',
    'slow snapshots',
    '418',
  ];

  it('there are all faults of every market, and more', () => {
    expect(perpetualFaultNames).toEqual([...faultNames, ...own]);
    expect(own).toHaveLength(3);
  });

  it.each([...own, ...ofPaths])(
    'the fault "%s" meets something, and is over in the end',
    (name) => {
      const traders = { period: 5_000, levels: 5 };
      const venue = createVirtualPerpetualVenue({
        traders,
        listings: defaultPerpetuals.slice(0, 1),
      });
      const { exchange, network, scheduler } = venue;
      const process = createVirtualProcess({ ...network, scheduler, random: () => 0.5 });
      const positions = record(exchange.positions$);
      record(exchange.orderBook$('BTC-USDT'));
      venue.startTraders();
      venue.advance(5_000);
      record(
        exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01', positionAction: 'open' }),
      );
      const met: FaultName[] = [];
      const plan = [1, 2].map((seed) => ({ name, at: 15_000 * seed, lasts: 10_000, seed }));
      const faults = injectFaults({ venue, process: () => process }, plan, (one) => met.push(one));
      for (let turn = 0; turn < 10; turn += 1) {
        record(exchange.setLeverage('BTC-USDT', 10 + turn));
        venue.advance(5_000);
        if (turn % 4 === 3) network.disconnect();
      }
      expect(new Set(met)).toEqual(new Set([name]));
      faults.unsubscribe();
      venue.advance(360_000);
      expect([...positions.last()!.values()].map(({ amount }) => amount.toFixed())).toEqual(
        venue.positions().flatMap(({ amount }) => (amount.isZero() ? [] : [amount.toFixed()])),
      );
    },
  );

  it('faults of positions meet nothing elsewhere', () => {
    const venue = createVirtualVenue();
    const process = createVirtualProcess({
      ...venue.network,
      scheduler: venue.scheduler,
      random: () => 0.5,
    });
    const met: FaultName[] = [];
    const plan = own.map((name) => ({ name, at: 1_000, lasts: 1_000, seed: 1 }));
    injectFaults({ venue, process: () => process }, plan, (one) => met.push(one));
    venue.advance(10_000);
    expect(met).toEqual([]);
  });
});
