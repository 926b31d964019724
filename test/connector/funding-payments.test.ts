import type { FundingPayment } from '../../src/core/funding.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { record } from '../support/recording.js';
import { paths } from './perpetual-venue.js';
import { createPerpetualWorld } from './perpetual-world.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ids = (payments: readonly FundingPayment[]) => payments.map(({ id }) => id).join();

/** A connector whose funding payments somebody follows. */
const following = (options: Parameters<typeof createPerpetualWorld>[0] = {}) => {
  const world = createPerpetualWorld(options);
  const payments = record(world.perpetual.fundingPayments$);
  world.advance(1_000);
  const asked = () => world.network.requests(paths.payments).length;
  /** Lets time pass until just before the next full hour. */
  const toHour = () => world.advance(HOUR - (world.now() % HOUR) - 1);
  return { ...world, payments, asked, toHour };
};

describe('fundingPayments$', () => {
  it('tells nothing that was paid before', () => {
    const world = createPerpetualWorld();
    world.pay('1');
    world.advance(5_000);
    const payments = record(world.perpetual.fundingPayments$);
    world.advance(HOUR);
    expect(payments.values).toEqual([]);
  });

  it('tells a payment soon after its funding time, though the stream says nothing', () => {
    const { payments, pay, advance, toHour } = following();
    toHour();
    advance(1);
    pay('-0.25');
    advance(1_500);
    expect(payments.values).toMatchObject([{ id: '1', pair: 'BTC-USDT', asset: 'USDT' }]);
    expect(payments.last()?.amount.toFixed()).toBe('-0.25');
  });

  it('tells one that is listed a minute late', () => {
    const { payments, pay, advance, toHour } = following();
    toHour();
    advance(MINUTE);
    pay('1');
    advance(31_000);
    expect(ids(payments.values)).toBe('1');
  });

  it('is asked for when the stream says that funding was paid, at whatever time', () => {
    const { payments, pay, advance } = following();
    pay('1', { isTold: true });
    advance(1_500);
    expect(ids(payments.values)).toBe('1');
    advance(2 * HOUR);
    expect(ids(payments.values)).toBe('1');
  });

  it('is asked for when the next funding time of a followed pair moves on', () => {
    const { perpetual, payments, pay, quote, advance, now } = following();
    record(perpetual.fundingInfo$('BTC-USDT'));
    advance(2_000);
    pay('1');
    quote(60_000, { nextFundingTime: now() + 3 * HOUR });
    advance(1_500);
    expect(ids(payments.values)).toBe('1');
  });

  it('is asked for every 10 min at least', () => {
    const { payments, pay, advance, asked } = following();
    const before = asked();
    pay('1');
    advance(10 * MINUTE);
    expect(ids(payments.values)).toBe('1');
    expect(asked() - before).toBeLessThanOrEqual(2);
  });

  it('tells many at once, over several answers, in order and once', () => {
    const { payments, pay, advance } = following();
    for (let i = 0; i < 10; i += 1) {
      pay(`${i}`);
      advance(10);
    }
    advance(HOUR);
    expect(ids(payments.values)).toBe('1,2,3,4,5,6,7,8,9,10');
  });

  it('tells what was paid while the stream and REST were down, once they are back', () => {
    const { payments, pay, advance, network, refuse, errors } = following();
    network.refuseSockets(true);
    network.disconnect();
    refuse({ kind: 'maintenance' });
    advance(5 * MINUTE);
    pay('1');
    advance(20 * MINUTE);
    expect(payments.values).toEqual([]);
    expect(errors.map(({ kind }) => kind)).toContain('maintenance');
    refuse(undefined);
    network.refuseSockets(false);
    advance(5 * MINUTE);
    expect(ids(payments.values)).toBe('1');
  });

  it('tells whoever comes back what was paid since, and nothing twice', () => {
    const { perpetual, payments, pay, advance } = following();
    pay('1');
    advance(10 * MINUTE);
    payments.stop();
    pay('2');
    advance(HOUR);
    const again = record(perpetual.fundingPayments$);
    advance(5_000);
    expect([ids(payments.values), ids(again.values)]).toEqual(['1', '2']);
  });

  it('goes on after a restart where it was, each once', () => {
    const store = memoryStore();
    const { payments, pay, advance, join } = following({ store });
    pay('1');
    advance(10 * MINUTE);
    payments.stop();
    pay('2');
    advance(HOUR);
    const next = record(join({ store }).fundingPayments$);
    advance(5_000);
    const last = record(join({ store }).fundingPayments$);
    advance(5_000);
    expect([payments, next, last].map(({ values }) => ids(values))).toEqual(['1', '2', '']);
  });

  it('goes on after a restart where nothing was paid before', () => {
    const store = memoryStore();
    const { payments, pay, advance, join } = following({ store });
    payments.stop();
    pay('1');
    advance(HOUR);
    const next = record(join({ store }).fundingPayments$);
    advance(5_000);
    expect(ids(next.values)).toBe('1');
  });

  it('leaves nothing behind', () => {
    const { payments, advance, network, pending } = following();
    payments.stop();
    advance(10_000);
    expect([network.sockets(), pending()]).toEqual([[], 0]);
  });
});

describe('connect() of a perpetual connector', () => {
  it('keeps positions and the position mode up', () => {
    const { perpetual, network, advance } = createPerpetualWorld();
    const status = record(perpetual.connect());
    advance(2_000);
    expect(Object.keys(status.last()?.parts ?? {})).toContain('positions');
    expect(status.last()?.ready).toBe(true);
    expect(network.requests(paths.mode)).toHaveLength(1);
  });
});
