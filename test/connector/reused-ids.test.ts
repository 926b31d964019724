import { Decimal } from '../../src/core/decimal.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, PLACE, steps } from '../support/orders.js';
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
});
