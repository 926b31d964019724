import type { Decimal } from '../../src/core/decimal.js';
import { ACCOUNT, BID, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';

type Plain = Readonly<Record<string, string>>;

interface Held {
  readonly total: Decimal;
  readonly available: Decimal;
}

/** `total (available)` by asset, without what is zero. */
const plain = (balances: Iterable<readonly [string, Held]> = []): Plain =>
  Object.fromEntries(
    [...balances]
      .filter(([, { total }]) => !total.isZero())
      .map(([asset, { total, available }]): [string, string] => [
        asset,
        `${total.toFixed()} (${available.toFixed()})`,
      ]),
  );

const truth = ({ engine }: VirtualVenue): Plain =>
  plain(
    Array.from(engine.balances('user'), ([asset, { free, locked }]): [string, Held] => [
      asset,
      { total: free.plus(locked), available: free },
    ]),
  );

const asked = (venue: VirtualVenue): number => venue.network.requests(ACCOUNT).length;

/** Places an order without the connector; returns its id. */
const byHand = (venue: VirtualVenue): number => {
  const { priceStep, amountStep } = venue.engine.listings.get('BTCUSDT')!;
  return venue.engine.place('user', {
    symbol: 'BTCUSDT',
    clientOrderId: 'by-hand',
    side: 'buy',
    type: 'limit',
    price: priceStep.times(6_000_000),
    amount: amountStep.times(1_000),
  }).order.orderId;
};

describe('balances$', () => {
  it('begins with all that the account holds', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1000.123', BTC: '2', ETH: '0' } });
    const balances = record(venue.exchange.balances$);
    venue.advance(1_000);
    expect(balances.values.map(plain)).toEqual([{ BTC: '2 (2)', USDT: '1000.123 (1000.123)' }]);
  });

  it('follows the account through orders and fills, to the last digit', () => {
    const venue = createVirtualVenue();
    const balances = record(venue.exchange.balances$);
    venue.advance(1_000);
    record(venue.exchange.buy(BID));
    venue.advance(500);
    expect(plain(balances.last())).toMatchObject({ USDT: '100000 (99400)' });
    venue.rival('sell', '60000', '0.00333');
    venue.advance(500);
    expect(plain(balances.last())).toEqual(truth(venue));
    venue.rival('sell', '60000', '0.00667');
    venue.advance(500);
    expect(plain(balances.last())).toEqual(truth(venue));
    expect(asked(venue)).toBe(1);
  });

  it('is shared, and tells whoever comes later the latest', () => {
    const venue = createVirtualVenue();
    const first = record(venue.exchange.balances$);
    venue.advance(1_000);
    const second = record(venue.exchange.balances$);
    expect(second.values).toEqual([first.last()]);
    expect(asked(venue)).toBe(1);
    expect(venue.network.sockets()).toEqual([USER_STREAM]);
  });

  it('is told to whoever comes while others use the account stream already', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.orderUpdates$);
    venue.advance(60_000);
    const balances = record(venue.exchange.balances$);
    venue.advance(1_000);
    expect(plain(balances.last())).toEqual(truth(venue));
  });

  it('does not let a REST answer overwrite what the stream told since it was asked for', () => {
    const venue = createVirtualVenue();
    const balances = record(venue.exchange.balances$);
    venue.advance(59_000);
    venue.network.requestFaults.add(({ name }) => name === ACCOUNT, { answerDelay: 5_000 });
    venue.advance(2_000);
    expect(asked(venue)).toBe(2);
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(plain(balances.last())).toMatchObject({ USDT: '100000 (99400)' });
    venue.advance(10_000);
    expect(plain(balances.last())).toEqual(truth(venue));
    for (const seen of balances.values.slice(1).map(plain))
      expect(seen).toMatchObject({ USDT: '100000 (99400)' });
  });

  it('waits for the whole account: a part of it is never passed off for all', () => {
    const venue = createVirtualVenue();
    venue.network.requestFaults.add(({ name }) => name === ACCOUNT, { answerDelay: 5_000 });
    const balances = record(venue.exchange.balances$);
    venue.advance(1_000);
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(balances.values).toEqual([]);
    venue.advance(5_000);
    expect(balances.values.map(plain)).toEqual([truth(venue)]);
  });

  it('is confirmed by REST every two minutes while all is well', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.balances$);
    for (let half = 0; half < 120; half += 1) {
      venue.advance(15_000);
      venue.engine.cancel('user', byHand(venue), 'by-hand-too');
      venue.advance(15_000);
    }
    expect(asked(venue)).toBe(30);
  });

  it('is asked for every 5 s once the stream has told nothing for a minute', () => {
    const venue = createVirtualVenue();
    const balances = record(venue.exchange.balances$);
    venue.advance(59_000);
    expect(asked(venue)).toBe(1);
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0, times: 2 });
    byHand(venue);
    venue.advance(6_500);
    expect(asked(venue)).toBe(3);
    expect(plain(balances.last())).toEqual(truth(venue));
    venue.advance(60_000);
    expect(asked(venue)).toBe(15);
  });

  it('is asked for every 5 s while the stream is down, and at once when it is back', () => {
    const venue = createVirtualVenue();
    const balances = record(venue.exchange.balances$);
    venue.advance(10_000);
    venue.network.refuseSockets(true);
    venue.network.disconnect();
    byHand(venue);
    const before = asked(venue);
    venue.advance(60_000);
    expect(asked(venue) - before).toBeGreaterThanOrEqual(12);
    expect(asked(venue) - before).toBeLessThanOrEqual(13);
    expect(plain(balances.last())).toEqual(truth(venue));
    venue.engine.cancel('user', venue.orders()[0]!.orderId, 'by-hand-too');
    venue.network.refuseSockets(false);
    venue.advance(35_000);
    expect(plain(balances.last())).toEqual(truth(venue));
  });

  it('survives answers that fail, tells errors$, and goes on', () => {
    const venue = createVirtualVenue();
    const balances = record(venue.exchange.balances$);
    const errors = record(venue.exchange.errors$);
    venue.network.requestFaults.add(({ name }) => name === ACCOUNT, {
      answer: { status: 500, headers: {}, body: 'out of order' },
      times: 12,
    });
    venue.advance(60_000);
    expect(balances.state()).toBe('going on');
    expect(plain(balances.last())).toEqual(truth(venue));
    expect(errors.values.length).toBeGreaterThan(0);
    for (const error of errors.values) expect(error.request).toBe(ACCOUNT);
  });
});
