import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { record } from '../support/recording.js';

const PING = 'GET /api/v3/ping';
const pings = ({ network }: VirtualVenue): number => network.requests(PING).length;

const silence = ({ network }: VirtualVenue): (() => void) =>
  network.requestFaults.add(() => true, { requestDelay: Infinity, answer: 'broken connection' });

/** A connector with a stream that needs no REST once it is up. */
const trading = () => {
  const venue = createVirtualVenue();
  const status = record(venue.exchange.status$);
  const errors = record(venue.exchange.errors$);
  const trades = record(venue.exchange.trades$('BTC-USDT'));
  venue.advance(5_000);
  return { venue, status, errors, trades };
};

describe('the network check', () => {
  it('asks every 10 s while something is in demand, and never otherwise', () => {
    const { venue, status, trades } = trading();
    venue.advance(100_000);
    expect(pings(venue)).toBeGreaterThanOrEqual(9);
    expect(pings(venue)).toBeLessThanOrEqual(11);
    expect(status.last()!.network).toBe('connected');
    trades.stop();
    const before = pings(venue);
    venue.advance(100_000);
    expect(pings(venue)).toBe(before);
    expect(venue.pending()).toBe(0);
  });

  it('asks for nothing where other answers have come within 10 s', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.balances$);
    venue.network.refuseSockets(true);
    venue.advance(120_000);
    expect(pings(venue)).toBe(0);
  });

  it('says reconnecting while the exchange gives no sign of life, and tells errors$ once', () => {
    const { venue, status, errors } = trading();
    const told = (): number => errors.values.filter(({ request }) => request === PING).length;
    const heal = silence(venue);
    venue.advance(60_000);
    expect(status.last()).toMatchObject({
      network: 'reconnecting',
      parts: { trades: { ready: true } },
    });
    expect(told()).toBe(1);
    heal();
    venue.advance(20_000);
    expect(status.last()!.network).toBe('connected');
    silence(venue);
    venue.advance(60_000);
    expect(told()).toBe(2);
  });

  it('waits 10 s for an answer, no longer', () => {
    const { venue, status } = trading();
    venue.network.requestFaults.add(({ name }) => name === PING, { answerDelay: Infinity });
    venue.advance(21_000);
    expect(status.last()!.network).toBe('reconnecting');
  });

  it('forgets an outage when nothing is in demand any more', () => {
    const { venue, status, trades } = trading();
    silence(venue);
    venue.advance(60_000);
    trades.stop();
    expect(status.last()).toEqual({ network: 'stopped', ready: false, parts: {} });
  });

  it('takes a refusal for a sign of life', () => {
    const { venue, status } = trading();
    venue.network.requestFaults.add(({ name }) => name === PING, {
      answer: { status: 403, headers: {}, body: '<html>no</html>' },
    });
    venue.advance(60_000);
    expect(status.last()!.network).toBe('connected');
  });
});

describe('the part clock', () => {
  it('is in demand with the account’s side, and ready once the exchange’s time is known', () => {
    const venue = createVirtualVenue();
    const heal = venue.network.requestFaults.add(({ name }) => name === 'GET /api/v3/time', {
      requestDelay: Infinity,
      answer: 'broken connection',
    });
    const status = record(venue.exchange.status$);
    const fills = record(venue.exchange.fills$);
    venue.advance(5_000);
    expect(status.last()).toMatchObject({ ready: false, parts: { clock: { ready: false } } });
    heal();
    venue.advance(30_000);
    expect(status.last()).toMatchObject({ ready: true, parts: { clock: { ready: true } } });
    fills.stop();
    expect(status.last()!.parts).toEqual({});
  });
});
