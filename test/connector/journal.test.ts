import { concat, delay, EMPTY, ignoreElements, of, throwError } from 'rxjs';
import { memoryStore } from '../../src/store/memory-store.js';
import type { Store } from '../../src/store/store.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, PLACE, steps } from '../support/orders.js';
import { record } from '../support/recording.js';

/** A store of somebody else's that throws where it should error, from its second line on. */
const throwing = (): Store => {
  let appended = 0;
  return {
    load: () => of([]),
    append: () => {
      appended += 1;
      if (appended > 1) throw new Error('The disk is full.');
      return EMPTY;
    },
    compact: () => EMPTY,
  };
};

describe('a journal that cannot be written', () => {
  it('is told on errors$, and changes nothing about an order that was placed', () => {
    const venue = createVirtualVenue({ connector: { store: throwing() } });
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(BID));
    venue.advance(2_000);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
    expect(story.last()!.state).toBe('open');
    expect(errors.values.map(({ message }) => message)).toContain('The disk is full.');
  });
});

describe('an order’s intent', () => {
  /** A store that takes its time to say that a line is safe. */
  const slow = (ms: number) => {
    const lines = memoryStore();
    const venue = createVirtualVenue();
    const { scheduler, network, credentials } = venue;
    const late$ = of(undefined).pipe(delay(ms, scheduler), ignoreElements());
    const store: Store = { ...lines, append: (line) => concat(late$, lines.append(line)) };
    const exchange = venue.join({ credentials, store });
    record(exchange.tradingRules$);
    venue.advance(1_000);
    const sent = (): number => network.requests(PLACE).length;
    const kept = () => record(lines.load()).last()!;
    return { venue, exchange, sent, kept };
  };

  it('is safe before its request leaves, however long the store takes', () => {
    const { venue, exchange, sent, kept } = slow(7_000);
    const story = record(exchange.buy(BID));
    venue.advance(6_999);
    expect([sent(), kept().length]).toEqual([0, 0]);
    venue.advance(1);
    expect([sent(), kept().length]).toEqual([1, 1]);
    expect(JSON.parse(kept()[0]!)).toMatchObject({
      type: 'placed',
      intent: { clientOrderId: story.last()!.clientOrderId, pair: 'BTC-USDT' },
    });
    venue.advance(1_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0']);
  });

  it('that cannot be kept is none: nothing is sent, and the order says so', () => {
    const full = throwError(() => new Error('The disk is full.'));
    const store: Store = { ...memoryStore(), append: () => full };
    const venue = createVirtualVenue({ connector: { store } });
    const story = record(venue.exchange.buy(BID));
    venue.advance(60_000);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
    expect(venue.network.requests(PLACE)).toEqual([]);
  });
});

describe('a journal', () => {
  it('holds no keys and no signature', () => {
    const store = memoryStore();
    const venue = createVirtualVenue({ connector: { store } });
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      answer: 'broken connection',
      times: 1,
    });
    record(venue.exchange.buy(BID));
    record(venue.exchange.buy({ ...BID, amount: '1000' }));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.004');
    record(venue.exchange.cancelAll());
    venue.advance(60_000);
    const text = record(store.load()).last()!.join();
    expect(text).toContain('trade');
    expect(text).not.toContain(venue.credentials.apiKey);
    expect(text).not.toContain(venue.credentials.apiSecret);
    expect(text).not.toMatch(/signature/i);
  });

  it('does not grow with the number of orders ever placed', () => {
    const store = memoryStore();
    const venue = createVirtualVenue({ balances: { USDT: '1000000' }, connector: { store } });
    record(venue.exchange.connect());
    venue.advance(1_000);
    const alive = record(venue.exchange.buy({ ...BID, price: '50000' })).last()!.clientOrderId;
    let most = 0;
    for (let order = 0; order < 500; order += 1) {
      record(venue.exchange.buy(BID));
      venue.advance(300);
      venue.rival('sell', '60000', '0.01');
      venue.advance(200);
      most = Math.max(most, record(store.load()).last()!.length);
    }
    expect(venue.orders().filter(({ status }) => status === 'filled').length).toBeGreaterThan(400);
    expect(most).toBeLessThan(1_100);
    const kept = record(store.load())
      .last()!
      .filter((line) => line.includes(alive));
    expect(kept.length).toBeGreaterThanOrEqual(2);
  });
});
