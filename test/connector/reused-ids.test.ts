import { skewed } from '../support/skewed.js';
import { Decimal } from '../../src/core/decimal.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { createVirtualProcess } from '../../src/testing/virtual-process.js';
import { BID, OPEN_ORDERS, PLACE, STATUS, steps, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const mine = { ...BID, clientOrderId: 'mine' };

/** An order that is open at the exchange under the same id, since somebody else placed it. */
const byHand = ({ engine }: VirtualVenue): number =>
  engine.place('user', {
    symbol: 'BTCUSDT',
    clientOrderId: mine.clientOrderId,
    side: 'buy',
    type: 'limit',
    price: new Decimal(59_000),
    amount: new Decimal('0.02'),
  }).order.orderId;

const start = () => {
  const venue = createVirtualVenue();
  const fills = record(venue.exchange.fills$);
  const external = record(venue.exchange.externalOrders$);
  return { venue, fills, external };
};

describe('an id that a strategy chose', () => {
  it('and that an older open order has, fails its order, and the older one stays somebody else’s', () => {
    const { venue, fills, external } = start();
    byHand(venue);
    venue.rival('sell', '59000', '0.005');
    venue.advance(20_000);
    const story = record(venue.exchange.buy(mine));
    venue.advance(5_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
    expect(story.error()).toMatchObject({ kind: 'duplicate_order_id' });
    venue.rival('sell', '59000', '0.005');
    venue.advance(130_000);
    expect(fills.values).toEqual([]);
    expect(external.last()).toMatchObject([{ clientOrderId: 'mine' }]);
    expect(venue.orders()).toHaveLength(1);
  });

  it('may be free again after that', () => {
    const { venue } = start();
    const other = byHand(venue);
    venue.advance(20_000);
    record(venue.exchange.buy(mine));
    venue.advance(5_000);
    venue.engine.cancel('user', other, 'a cancel');
    venue.advance(1_000);
    const story = record(venue.exchange.buy(mine));
    venue.advance(1_000);
    expect(story.last()!.state).toBe('open');
  });

  it('is its order’s where this very order is the one that has it', () => {
    const { venue } = start();
    venue.advance(20_000);
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      answer: {
        status: 400,
        headers: {},
        body: JSON.stringify({ code: -2010, msg: 'Duplicate order sent.' }),
      },
    });
    const story = record(venue.exchange.buy(mine));
    venue.advance(30_000);
    expect(story.last()!.state).toBe('open');
  });

  it('does not bring the fills of an older order where the placement was lost', () => {
    const { venue, fills } = start();
    venue.advance(1_000);
    const older = record(venue.exchange.buy(mine));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(60_000);
    expect(older.state()).toBe('completed');
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    const story = record(venue.exchange.buy(mine));
    venue.advance(60_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
    expect(story.error()).toMatchObject({ kind: 'not_placed' });
    expect(fills.values).toHaveLength(1);
  });

  it.each([0, 3_600_000])(
    'does not bring the fills of an older order after a restart, our clock %d ms wrong',
    (wrong) => {
      const venue = createVirtualVenue();
      venue.control.clockAhead(wrong);
      const store = memoryStore();
      const { network, scheduler, credentials } = venue;
      const begin = () => {
        const { environment, kill } = createVirtualProcess({
          ...network,
          scheduler,
          random: () => 0.5,
        });
        const exchange = venue.join({ credentials, store, environment });
        return { exchange, kill, fills: record(exchange.fills$) };
      };
      const first = begin();
      record(first.exchange.buy(mine));
      venue.advance(1_000);
      venue.rival('sell', '60000', '0.01');
      venue.advance(60_000);
      expect(first.fills.values).toHaveLength(1);
      network.requestFaults.add(({ name }) => name === PLACE, { requestDelay: Infinity, times: 1 });
      record(first.exchange.buy(mine));
      venue.advance(100);
      first.kill();
      venue.advance(5_000);
      const second = begin();
      const updates = record(second.exchange.orderUpdates$);
      venue.advance(60_000);
      expect(second.fills.values).toEqual([]);
      expect(updates.last()).toMatchObject({ state: 'failed', reason: 'not_placed' });
    },
  );

  it('is its order’s after a restart where the exchange took it, however the clock was set since', () => {
    const venue = createVirtualVenue();
    venue.control.clockAhead(-3_600_000);
    const store = memoryStore();
    const { network, scheduler, credentials } = venue;
    const begin = () => {
      const { environment, kill } = createVirtualProcess({
        ...network,
        scheduler,
        random: () => 0.5,
      });
      return { exchange: venue.join({ credentials, store, environment }), kill };
    };
    const first = begin();
    network.requestFaults.add(({ name }) => name === PLACE, { answerDelay: Infinity });
    network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    record(first.exchange.buy(mine));
    venue.advance(100);
    first.kill();
    expect(venue.orders()).toHaveLength(1);
    venue.advance(5_000);
    const second = begin();
    const live = record(second.exchange.inFlightOrders$);
    venue.advance(60_000);
    expect(live.last()!.get('mine')).toMatchObject({ state: 'open' });
  });

  it.each(['the account’s stream', 'the list of open orders'])(
    'and that an older open order has, is not taken for found by %s before that is certain',
    (by) => {
      const { venue, fills } = start();
      byHand(venue);
      venue.advance(20_000);
      const answers = venue.network.requestFaults.add(({ name }) => name === STATUS, {
        answer: 'broken connection',
      });
      const story = record(venue.exchange.buy(mine));
      venue.advance(100);
      if (by === 'the account’s stream') venue.rival('sell', '59000', '0.005');
      else venue.network.disconnect(USER_STREAM);
      venue.advance(5_000);
      if (by !== 'the account’s stream')
        expect(venue.network.requests(OPEN_ORDERS).length).toBeGreaterThan(1);
      expect(steps(story.values)).toEqual(['pending_create 0']);
      answers();
      venue.advance(40_000);
      expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
      expect(fills.values).toEqual([]);
    },
  );
});

describe('an id that was made here', () => {
  it('is its order’s after a restart, however wrong the clock was when it was sent', () => {
    const venue = createVirtualVenue();
    const store = memoryStore();
    const { network, scheduler, credentials } = venue;
    let ahead = 0;
    const begin = () => {
      const life = createVirtualProcess({
        ...network,
        scheduler: skewed(scheduler, () => ahead),
        random: () => 0.5,
      });
      return {
        ...life,
        exchange: venue.join({ credentials, store, environment: life.environment }),
      };
    };
    const first = begin();
    record(first.exchange.balances$);
    venue.advance(5_000);
    ahead = 9_000;
    // The refusal for the clock is answered, what follows is not.
    network.requestFaults.add(({ name }) => name === PLACE && network.requests(PLACE).length > 1, {
      answerDelay: Infinity,
    });
    network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    record(first.exchange.buy(BID));
    venue.advance(500);
    first.kill();
    ahead = 0;
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
    const { exchange } = begin();
    const updates = record(exchange.orderUpdates$);
    venue.advance(60_000);
    expect(updates.values).toMatchObject([{ state: 'open' }]);
  });
});
