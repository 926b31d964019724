import { defaultPerpetuals } from '../../src/emulator/perpetual-listings.js';
import { createVirtualPerpetualVenue } from '../../src/testing/virtual-perpetual-venue.js';
import { record } from '../support/recording.js';

const MINUTE = 60_000;
const SHORT = {
  pair: 'BTC-USDT',
  type: 'market',
  amount: '0.01',
  positionAction: 'open',
} as const;

describe('a virtual venue of perpetuals', () => {
  it('lets a connector hold positions, and pays funding in virtual time', () => {
    const venue = createVirtualPerpetualVenue({
      fundingInterval: 8 * MINUTE,
      listings: defaultPerpetuals.slice(0, 1),
      traders: { period: 10_000, levels: 5 },
    });
    const { exchange } = venue;
    const positions = record(exchange.positions$);
    const payments = record(exchange.fundingPayments$);
    const balances = record(exchange.balances$);
    const stop = venue.startTraders();
    venue.advance(5_000);
    record(exchange.sell(SHORT));
    venue.advance(20 * MINUTE);
    stop();
    venue.advance(10 * MINUTE);
    expect(positions.last()?.get('BTC-USDT')?.amount).toEqual(venue.positions()[0]?.amount);
    expect(payments.values).toHaveLength(2);
    expect(payments.values.map(({ amount }) => amount)).toEqual(
      venue.fundingPayments().map(({ payment }) => payment),
    );
    expect(balances.last()?.get('USDT')?.total).toEqual(venue.figures().wallet);
    expect([venue.orders().length, venue.trades().length]).toEqual([1, 1]);
  });

  it('has one more connector for each who joins, and a rival for all', () => {
    const venue = createVirtualPerpetualVenue({ latency: 50, traders: { levels: 1 } });
    const watching = record(venue.join().orderBook$('BTC-USDT'));
    const id = venue.rival('buy', '60000', '1');
    venue.advance(5_000);
    expect(watching.last()?.levels('bids')[0]).toEqual({ price: 60_000, amount: 1 });
    venue.cancelRival(id);
    venue.advance(5_000);
    expect(watching.last()?.levels('bids')).toEqual([]);
    expect(venue.handle('GET', '/fapi/v1/ping', '').status).toBe(200);
  });

  it('tells whole ms, however finely its scheduler counts', () => {
    const venue = createVirtualPerpetualVenue();
    venue.advance(0.5);
    const { body } = venue.handle('GET', '/fapi/v1/time', '');
    expect(JSON.parse(body)).toEqual({ serverTime: Math.floor(venue.now()) });
  });

  it('closes listen keys as any program of the account can: the stream is opened anew', () => {
    const venue = createVirtualPerpetualVenue();
    const status = record(venue.exchange.status$);
    record(venue.exchange.positions$);
    venue.advance(5_000);
    venue.control.closeListenKeys('somebody else');
    venue.advance(5_000);
    expect(venue.network.requests('POST /fapi/v1/listenKey')).toHaveLength(1);
    venue.control.closeListenKeys();
    venue.advance(20_000);
    expect(venue.network.requests('POST /fapi/v1/listenKey')).toHaveLength(2);
    expect(status.last()).toMatchObject({ ready: true });
  });
});
