import fc from 'fast-check';
import type { Balances } from '../../src/core/balance.js';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest, Side } from '../../src/core/order.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { ACCOUNT, BID, PLACE, steps } from '../support/orders.js';
import { record } from '../support/recording.js';

const availableOf = (balances: Balances | undefined, asset: string) =>
  balances?.get(asset)?.available.toFixed();

/** A venue whose balances are followed and known. */
const followed = (usdt: string) => {
  const venue = createVirtualVenue({ balances: { USDT: usdt, BTC: '2' } });
  record(venue.exchange.connect());
  const balances = record(venue.exchange.balances$);
  venue.advance(1_000);
  return { venue, balances, usdt: () => availableOf(balances.last(), 'USDT') };
};

describe('what an order locks', () => {
  it('is set aside in the turn in which it is placed, and once only', () => {
    const { venue, usdt, balances } = followed('1000');
    record(venue.exchange.buy(BID));
    expect(usdt()).toBe('400');
    const before = balances.values.length;
    venue.advance(1_000);
    for (const seen of balances.values.slice(before)) expect(availableOf(seen, 'USDT')).toBe('400');
    expect(venue.orders()).toHaveLength(1);
  });

  it('cannot be spent by a second order of the same tick', () => {
    const { venue } = followed('1000');
    const [one, other] = [record(venue.exchange.buy(BID)), record(venue.exchange.buy(BID))];
    venue.advance(1_000);
    expect(steps(one.values)).toEqual(['pending_create 0', 'open 0']);
    expect(other.error()).toMatchObject({
      kind: 'insufficient_funds',
      order: {
        error: {
          message: 'The order takes 600 USDT, of which 400 is available; nothing was sent.',
        },
      },
    });
    expect(venue.network.requests(PLACE)).toHaveLength(1);
  });

  it('is free again as soon as the exchange refused the order', () => {
    const { venue, usdt } = followed('1000');
    venue.rival('sell', '60000', '1');
    record(venue.exchange.buy({ ...BID, type: 'limit_maker' }));
    expect(usdt()).toBe('400');
    venue.advance(1_000);
    expect(usdt()).toBe('1000');
  });

  it('is of the base asset for a sell, and the quote amount for a market order by that', () => {
    const { venue, balances } = followed('1000');
    venue.rival('sell', '60000', '1');
    record(venue.exchange.sell({ ...BID, price: '70000', amount: '0.5' }));
    record(venue.exchange.buy({ pair: 'BTC-USDT', type: 'market', quoteAmount: '600' }));
    expect(availableOf(balances.last(), 'BTC')).toBe('1.5');
    expect(availableOf(balances.last(), 'USDT')).toBe('400');
    venue.advance(1_000);
    expect(availableOf(balances.last(), 'BTC')).toBe('1.50999');
    expect(availableOf(balances.last(), 'USDT')).toBe('400');
  });

  it('is kept aside while it is not known whether there is an order', () => {
    const { venue, usdt } = followed('1000');
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: Infinity,
    });
    record(venue.exchange.buy(BID));
    venue.advance(9_000);
    expect(usdt()).toBe('400');
    venue.advance(60_000);
    expect(usdt()).toBe('1000');
  });

  it('is not checked while nobody follows the balances', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1' } });
    const order = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(order.error()).toMatchObject({ kind: 'insufficient_funds', code: -2010 });
    expect(venue.network.requests(PLACE)).toHaveLength(1);
  });

  it('counts for whoever follows the balances from then on', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1000' }, latency: 200 });
    record(venue.exchange.tradingRules$);
    venue.advance(5_000);
    record(venue.exchange.buy(BID));
    const balances = record(venue.exchange.balances$);
    venue.advance(60_000);
    for (const seen of balances.values) expect(availableOf(seen, 'USDT')).toBe('400');
    balances.stop();
    const anew = record(venue.exchange.balances$);
    venue.advance(1_000);
    for (const seen of anew.values) expect(availableOf(seen, 'USDT')).toBe('400');
  });
});

it('tells all subscribers the same at last, though one of them places an order at the news', () => {
  const { venue } = followed('1000');
  let placed = false;
  venue.exchange.balances$.subscribe((balances) => {
    if (placed || balances.get('USDT')?.available.eq(1_000) === true) return;
    placed = true;
    record(venue.exchange.buy({ ...BID, amount: '0.005' }));
  });
  const late = record(venue.exchange.balances$);
  record(venue.exchange.buy({ ...BID, amount: '0.005' }));
  expect(availableOf(late.last(), 'USDT')).toBe('400');
});

describe('what is told to be available', () => {
  interface Step {
    readonly wait: number;
    readonly side: Side;
    readonly type: OrderRequest['type'];
    readonly price: number;
    readonly amount: number;
    readonly then: 'place' | 'cancel' | 'rival';
  }
  const step: fc.Arbitrary<Step> = fc.record({
    wait: fc.constantFrom(0, 0, 1, 5, 10, 15, 20, 40, 200),
    side: fc.constantFrom<Side>('buy', 'sell'),
    type: fc.constantFrom('limit', 'limit', 'limit_maker', 'market'),
    price: fc.integer({ min: 58, max: 62 }).map((thousands) => thousands * 1_000),
    amount: fc.integer({ min: 1, max: 60 }).map((units) => units / 1_000),
    then: fc.constantFrom('place', 'place', 'place', 'cancel', 'rival'),
  });

  const requestOf = ({ side, type, price, amount }: Step): OrderRequest => {
    const pair = 'BTC-USDT';
    if (type === 'market' && side === 'buy')
      return { pair, type, quoteAmount: new Decimal(price).times(amount) };
    return { pair, type, amount, ...(type === 'market' ? {} : { price }) };
  };

  const act = (venue: VirtualVenue, todo: Step): void => {
    const { exchange } = venue;
    if (todo.then === 'rival') venue.rival(todo.side, `${todo.price}`, `${todo.amount}`);
    else if (todo.then === 'cancel') exchange.cancelAll().subscribe();
    else
      (todo.side === 'buy' ? exchange.buy : exchange.sell)(requestOf(todo)).subscribe({
        error: () => undefined,
      });
  };

  /** What one turn of events shows to be wrong, while it goes on and at its end. */
  const trial = (
    venue: VirtualVenue,
    todo: readonly Step[],
    rest: () => void,
  ): { readonly wrong: readonly string[]; readonly told: number } => {
    const wrong: string[] = [];
    let told = 0;
    venue.exchange.balances$.subscribe((balances) => {
      for (const [asset, { available, total }] of balances) {
        const free = venue.balances().get(asset)?.free ?? new Decimal(0);
        told += 1;
        if (available.lt(0) || available.gt(total) || available.gt(free))
          wrong.push(
            `${available.toFixed()} of ${total.toFixed()} ${asset}, not ${free.toFixed()}`,
          );
      }
    });
    record(venue.exchange.connect());
    venue.advance(119_900);
    for (const each of todo) {
      act(venue, each);
      venue.advance(each.wait);
    }
    rest();
    const last = record(venue.exchange.balances$).last();
    for (const [asset, { free, locked }] of venue.balances()) {
      const { available, total } = last?.get(asset) ?? {};
      if (!free.eq(available ?? 0) || !free.plus(locked).eq(total ?? 0))
        wrong.push(`at rest ${available?.toFixed() ?? 'no'} ${asset}, not ${free.toFixed()}`);
    }
    return { wrong, told };
  };

  const todos = fc.array(step, { minLength: 1, maxLength: 12 });
  const latencies = fc.constantFrom(0, 5, 30);
  const orders = fc.constantFrom<[when: 'before' | 'after', ms: number]>(
    ['before', 0],
    ['after', 0],
    ['after', 25],
  );
  const balances = { USDT: '3000', BTC: '0.05' };

  it('is never more than there is at the exchange, and at rest the same', () => {
    let heard = 0;
    fc.assert(
      fc.property(todos, latencies, orders, fc.boolean(), (todo, latency, [when, ms], isMute) => {
        const venue = createVirtualVenue({ balances, latency });
        venue.control.userEvents(when, ms);
        if (isMute) venue.network.refuseSockets(true);
        const { wrong, told } = trial(venue, todo, () => {
          venue.network.refuseSockets(false);
          venue.advance(40_000);
        });
        heard += told;
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(heard).toBeGreaterThan(1_000);
  });

  it('is the same without events of balances, reckoned from orders, fills and fees', () => {
    let heard = 0;
    fc.assert(
      fc.property(todos, latencies, orders, (todo, latency, [when, ms]) => {
        const venue = createVirtualVenue({ balances, latency, balanceMode: 'estimated' });
        venue.control.userEvents(when, ms);
        const { wrong, told } = trial(venue, todo, () => venue.advance(3_000));
        heard += told;
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(heard).toBeGreaterThan(1_000);
  });
});

it('counts nothing twice that a REST answer includes before its order is known', () => {
  const { venue, usdt } = followed('1000');
  venue.advance(58_980);
  venue.control.userEvents('after', 3_000);
  venue.network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: 1_000 });
  venue.network.requestFaults.add(({ name }) => name === ACCOUNT, { requestDelay: 30 });
  record(venue.exchange.buy(BID));
  venue.advance(15);
  venue.control.deposit('BTC', 1);
  venue.advance(6_000);
  expect(venue.network.requests(ACCOUNT)).toHaveLength(2);
  expect(usdt()).toBe('400');
});
