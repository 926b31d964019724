import type { ConnectorStatus, PartName } from '../../src/connector/status.js';
import { BID, MARKET_STREAM, USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';
import { START } from '../../src/testing/virtual-time.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

/** A status in one line: the network, then what is ready and what is not. */
const line = ({ network, ready, parts }: ConnectorStatus): string =>
  [
    network,
    ...(ready ? ['ready'] : []),
    ...Object.entries(parts)
      .map(([name, part]) => `${part.ready ? '+' : '-'}${name}`)
      .sort(),
  ].join(' ');

describe('status$', () => {
  it('says at once that nothing is in demand', () => {
    const venue = createVirtualVenue();
    const status = record(venue.exchange.status$);
    expect(status.values).toEqual([{ network: 'stopped', ready: false, parts: {} }]);
  });

  it('is ready when all that is in demand is, and not before', () => {
    const venue = createVirtualVenue();
    const status = record(venue.exchange.status$);
    const balances = record(venue.exchange.balances$);
    venue.advance(1_000);
    const lines = status.values.map(line);
    expect(lines[0]).toBe('stopped');
    expect(lines.at(-1)).toBe('connected ready +balances +clock +userStream');
    expect(lines.filter((one) => one.includes('ready'))).toHaveLength(1);
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    expect(status.last()).toMatchObject({ ready: false, network: 'connected' });
    venue.advance(1_000);
    expect(status.last()).toMatchObject({ ready: true });
    balances.stop();
    book.stop();
    expect(status.last()).toEqual({ network: 'stopped', ready: false, parts: {} });
  });

  it('says which part is not ready, since when and why', () => {
    const venue = createVirtualVenue();
    const status = record(venue.exchange.connect());
    const of = (part: PartName) => status.last()!.parts[part];
    expect(of('userStream')).toEqual({ ready: false, since: START, reason: 'starting' });
    venue.advance(1_000);
    expect(of('userStream')).toMatchObject({ ready: true });
    const since = of('userStream')!.since;
    expect(since).toBeGreaterThan(START);
    venue.advance(60_000);
    expect(of('userStream')!.since).toBe(since);
    venue.network.refuseSockets(true);
    venue.network.disconnect(USER_STREAM);
    const lostAt = venue.now();
    venue.advance(10_000);
    expect(of('userStream')).toMatchObject({ ready: false, since: lostAt });
    expect(of('userStream')!.reason).toEqual(expect.any(String));
  });

  it('is reconnecting while what was ready is not, and connected again after that', () => {
    const venue = createVirtualVenue();
    const status = record(venue.exchange.status$);
    record(venue.exchange.orderBook$('BTC-USDT'));
    record(venue.exchange.orderUpdates$);
    venue.advance(1_000);
    expect(status.last()).toMatchObject({ network: 'connected', ready: true });
    for (const path of [USER_STREAM, MARKET_STREAM]) {
      venue.network.refuseSockets(true);
      venue.network.disconnect(path);
      expect(status.last()).toMatchObject({ network: 'reconnecting', ready: false });
      venue.advance(20_000);
      expect(status.last()).toMatchObject({ network: 'reconnecting', ready: false });
      venue.network.refuseSockets(false);
      venue.advance(60_000);
      expect(status.last()).toMatchObject({ network: 'connected', ready: true });
    }
  });

  it('is not ready while a book is out of step', () => {
    const venue = createVirtualVenue();
    const status = record(venue.exchange.status$);
    record(venue.exchange.orderBook$('BTC-USDT'));
    venue.rival('buy', '60000', '1');
    venue.advance(1_000);
    venue.network.frameFaults.add(({ text }) => text.includes('depthUpdate'), {
      copies: 0,
      times: 1,
    });
    venue.network.requestFaults.add(({ name }) => name === 'GET /api/v3/depth', {
      answerDelay: 2_000,
    });
    venue.rival('buy', '60001', '1');
    venue.advance(200);
    venue.rival('buy', '60002', '1');
    venue.advance(1_000);
    expect(line(status.last()!)).toBe('reconnecting -orderBooks');
    venue.advance(4_000);
    expect(line(status.last()!)).toBe('connected ready +orderBooks');
  });

  it('shows what orders need while they are alive', () => {
    const venue = createVirtualVenue();
    const status = record(venue.exchange.status$);
    record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(status.last()).toMatchObject({ ready: true });
    expect(status.last()!.parts.userStream).toMatchObject({ ready: true });
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(status.last()).toMatchObject({ network: 'stopped', parts: {} });
  });
});
