import type { Balances } from '../../src/core/balance.js';
import { Decimal } from '../../src/core/decimal.js';
import { seededRandom } from '../../src/core/random.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { createVirtualProcess } from '../../src/testing/virtual-process.js';
import { ACCOUNT, BID, byHand, FILLS, PLACE, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { tryEstimates } from './estimates-world.js';

/** A venue without events of balances, and what its connector reckons. */
const estimated = (usdt = '1000') => {
  const store = memoryStore();
  const venue = createVirtualVenue({
    balances: { USDT: usdt, BTC: '1', BNB: '1' },
    balanceMode: 'estimated',
    connector: { store },
  });
  record(venue.exchange.connect());
  const balances = record(venue.exchange.balances$);
  venue.advance(1_000);
  const of = (asset: string) => balances.last()?.get(asset);
  const asked = () => venue.network.requests(ACCOUNT).length;
  return { venue, store, balances, of, asked };
};

/** What is wrong with the estimates. */
const errorsIn = (venue: VirtualVenue, balances: Balances | undefined): readonly string[] =>
  [...venue.balances()].flatMap(([asset, { free, locked }]) => {
    const { available, total } = balances?.get(asset) ?? {};
    return free.eq(available ?? 0) && free.plus(locked).eq(total ?? 0)
      ? []
      : [`${available?.toFixed()} of ${total?.toFixed()} ${asset}, not ${free.toFixed()}`];
  });

describe('estimated balances', () => {
  it('follow an order through its fills, its fees and its end, without asking', () => {
    const { venue, of, asked } = estimated();
    const order = record(venue.exchange.buy(BID));
    expect(of('USDT')?.available.toFixed()).toBe('400');
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    expect([of('USDT')?.total.toFixed(), of('USDT')?.available.toFixed()]).toEqual(['760', '400']);
    expect(of('BTC')?.available.toFixed()).toBe('1.003996');
    record(venue.exchange.cancel(order.last()?.clientOrderId ?? ''));
    venue.advance(1_000);
    expect([of('USDT')?.total.toFixed(), of('USDT')?.available.toFixed()]).toEqual(['760', '760']);
    expect(asked()).toBe(1);
  });

  it('follow the orders of an earlier connector', () => {
    const { venue, store } = estimated();
    record(venue.exchange.buy(BID));
    record(venue.exchange.sell({ ...BID, price: '70000' }));
    venue.advance(1_000);
    venue.network.disconnect();
    const next = venue.join({ credentials: venue.credentials, store });
    record(next.connect());
    const balances = record(next.balances$);
    venue.advance(5_000);
    venue.rival('sell', '60000', '0.004');
    venue.rival('buy', '70000', '0.01');
    venue.advance(1_000);
    record(next.cancelAll());
    venue.advance(1_000);
    expect(errorsIn(venue, balances.last())).toEqual([]);
  });

  it('set aside what an order will lock that was on its way when the earlier connector ended', () => {
    const { venue } = estimated();
    const { credentials, network, scheduler } = venue;
    const store = memoryStore();
    const { http, socket } = network;
    const { environment, kill } = createVirtualProcess({
      scheduler,
      http,
      socket,
      random: seededRandom(1),
    });
    const first = venue.join({ credentials, store, environment });
    record(first.connect());
    venue.advance(1_000);
    network.requestFaults.add(({ name }) => name === PLACE, { requestDelay: 2_000 });
    record(first.buy(BID));
    kill();
    const next = venue.join({ credentials, store });
    record(next.connect());
    const balances = record(next.balances$);
    venue.advance(1_000);
    expect(venue.orders()).toEqual([]);
    expect(balances.last()?.get('USDT')?.available.toFixed()).toBe('400');
    venue.advance(4_000);
    record(next.cancelAll());
    venue.advance(1_000);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
    expect(errorsIn(venue, balances.last())).toEqual([]);
  });

  it('know since when an order is locked for of which they hear no sooner than of its fill', () => {
    const { venue, of, asked } = estimated();
    const { network } = venue;
    network.refuseSockets(true);
    network.disconnect();
    network.requestFaults.add(({ name }) => name === PLACE, { answer: 'broken connection' });
    venue.advance(4_990);
    record(venue.exchange.buy(BID));
    venue.advance(15);
    venue.control.deposit('BTC', 1);
    venue.advance(185);
    expect([asked(), of('USDT')?.available.toFixed()]).toEqual([3, '0']);
    venue.rival('sell', '60000', '0.004');
    venue.advance(2_000);
    expect(record(venue.exchange.inFlightOrders$).last()?.size).toBe(1);
    expect([asked(), of('USDT')?.available.toFixed()]).toEqual([3, '400']);
  });

  it('set free what is left of an order whose last fill they hear of after its end', () => {
    const { venue, balances, asked } = estimated('10000');
    const order = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    venue.advance(10);
    byHand(venue, 'by-hand');
    venue.advance(7_000);
    expect(asked()).toBe(2);
    record(venue.exchange.cancel(order.last()?.clientOrderId ?? ''));
    venue.advance(8_000);
    expect(order.last()).toMatchObject({ state: 'canceled', fillsComplete: true });
    expect(asked()).toBe(2);
    expect(errorsIn(venue, balances.last())).toEqual([]);
  });

  it('reckon with a fee in BNB', () => {
    const { venue, of } = estimated();
    venue.rival('buy', '600', '1');
    venue.engine.deposit('rival', 'BNB', new Decimal(5));
    venue.engine.place('rival', {
      symbol: 'BNBUSDT',
      clientOrderId: 'bnb-bid',
      side: 'buy',
      type: 'limit',
      price: new Decimal(600),
      amount: new Decimal(1),
    });
    venue.engine.deposit('other', 'BNB', new Decimal(5));
    venue.engine.place('other', {
      symbol: 'BNBUSDT',
      clientOrderId: 'bnb-ask',
      side: 'sell',
      type: 'limit',
      price: new Decimal(600),
      amount: new Decimal(1),
    });
    venue.control.payFeesInBnb('user', true);
    venue.rival('sell', '60000', '1');
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(of('BTC')?.available.toFixed()).toBe('1.01');
    expect(of('BNB')?.available.toFixed()).toBe('0.99925');
  });
});

describe('what cannot be reckoned is asked for', () => {
  it('where fills that the exchange counts are not to be had', () => {
    const { venue, balances } = estimated();
    const order = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    const { network } = venue;
    network.requestFaults.add(({ name }) => name === FILLS, {
      answer: { status: 200, headers: {}, body: '[]' },
    });
    network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 1 });
    venue.rival('sell', '60000', '0.004');
    record(venue.exchange.cancel(order.last()?.clientOrderId ?? ''));
    venue.advance(30_000);
    expect(order.last()).toMatchObject({ state: 'canceled', fillsComplete: false });
    expect(errorsIn(venue, balances.last())).toEqual([]);
  });

  it('where an order is kept from trading with another one of the account', () => {
    const { venue, balances } = estimated();
    const maker = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    for (const amount of ['0.004', '0.006']) {
      record(venue.exchange.sell({ ...BID, amount, selfTradePrevention: 'decrement' }));
      venue.advance(3_000);
      expect(errorsIn(venue, balances.last())).toEqual([]);
    }
    expect(maker.last()).toMatchObject({ reason: 'self_trade_prevented' });
  });

  it('where others trade with the account, every 6 s at most', () => {
    const { venue, balances, asked } = estimated('10000');
    for (let order = 0; order < 12; order += 1) {
      byHand(venue, `by-hand-${order}`);
      venue.advance(500);
    }
    venue.advance(7_000);
    expect(asked()).toBe(3);
    expect(errorsIn(venue, balances.last())).toEqual([]);
    venue.advance(30_000);
    expect(asked()).toBe(3);
  });

  it('again, where the answer that is on its way may be from before', () => {
    const { venue, balances } = estimated('10000');
    byHand(venue, 'by-hand-1');
    venue.advance(5_500);
    venue.network.requestFaults.add(({ name }) => name === ACCOUNT, {
      answerDelay: 9_000,
      times: 1,
    });
    venue.advance(1_000);
    byHand(venue, 'by-hand-2');
    venue.advance(12_000);
    expect(errorsIn(venue, balances.last())).toEqual([]);
  });
});

describe('estimates while everything breaks', () => {
  const trials = Array.from({ length: 20 }, (_, index) => tryEstimates(index + 1));

  it('are what the account has whenever every order is known and nothing is in transit', () => {
    expect(trials.flatMap(({ wrong }) => wrong)).toEqual([]);
  });

  it('are looked at in quiet moments, and everything happens', () => {
    for (const { quietMoments } of trials) expect(quietMoments).toBeGreaterThan(500);
    const done = new Set(trials.flatMap((trial) => [...trial.done.keys()]));
    expect(done.size).toBe(15);
  });
});
