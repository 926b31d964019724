import type { FundingInfo } from '../../src/core/funding.js';
import { record } from '../support/recording.js';
import { paths } from './perpetual-venue.js';
import { createPerpetualWorld } from './perpetual-world.js';

const price = ({ markPrice }: FundingInfo): number => markPrice.toNumber();

/** A connector whose funding somebody follows. */
const following = () => {
  const world = createPerpetualWorld();
  const infos = record(world.perpetual.fundingInfo$('BTC-USDT'));
  world.advance(1_000);
  const asked = () => world.network.requests(paths.funding).length;
  return { ...world, infos, asked };
};

describe('fundingInfo$', () => {
  it('begins with what REST says, and follows its channel without asking', () => {
    const { infos, quote, advance, asked } = following();
    expect(infos.values.map(price)).toEqual([60_010]);
    for (let i = 1; i <= 10; i += 1) {
      quote(60_010 + i);
      advance(3_000);
    }
    expect(infos.values.map(price).slice(1)).toEqual([...Array(10).keys()].map((i) => 60_011 + i));
    expect(asked()).toBeLessThanOrEqual(2);
  });

  it('tells index price, mark price, rate and next time', () => {
    const { infos } = following();
    expect(Object.keys(infos.last() ?? {}).sort()).toEqual([
      'indexPrice',
      'markPrice',
      'nextFundingTime',
      'pair',
      'rate',
      'time',
    ]);
  });

  it('never goes back in time', () => {
    const { infos, quote, advance, now } = following();
    quote(61_000);
    advance(100);
    quote(62_000, { time: now() - 5_000 });
    advance(100);
    expect(infos.values.map(price)).toEqual([60_010, 61_000]);
  });

  it('is asked for every 5 s while its channel is down', () => {
    const { network, quote, advance, asked, infos } = following();
    quote(60_500);
    advance(100);
    network.refuseSockets(true);
    network.disconnect();
    quote(61_000);
    const before = asked();
    advance(20_000);
    expect(asked() - before).toBe(4);
    expect(price(infos.last()!)).toBe(61_000);
  });

  it('goes on without REST, and tells of the failure', () => {
    const { perpetual, network, quote, advance, errors } = createPerpetualWorld();
    network.requestFaults.add(({ name }) => name === paths.funding, { answerDelay: Infinity });
    const infos = record(perpetual.fundingInfo$('BTC-USDT'));
    advance(2_000);
    quote(61_000);
    advance(60_000);
    expect(infos.values.map(price)).toEqual([61_000]);
    expect(errors.map(({ kind }) => kind)).toContain('timeout');
  });

  it('tells of its gaps', () => {
    const { perpetual, network, quote, advance } = following();
    const gapped = record(perpetual.fundingInfo$('BTC-USDT', { gaps: true }));
    quote(60_500);
    advance(100);
    network.disconnect();
    advance(4_000);
    quote(61_000);
    advance(5_000);
    const kinds = gapped.values.map(({ kind }) => kind);
    expect(kinds.slice(0, 5)).toEqual(['data', 'data', 'gap', 'resumed', 'data']);
  });

  it('replaces the socket of a channel that has become mute', () => {
    const { network, quote, advance } = following();
    for (let i = 1; i <= 30; i += 1) {
      quote(60_010 + i);
      advance(1_000);
    }
    const before = network.attempts().length;
    network.frameFaults.add(({ text }) => text.includes('@funding'), { copies: 0 });
    for (let i = 1; i <= 90; i += 1) {
      quote(61_000 + i);
      advance(1_000);
    }
    expect(network.attempts().length).toBeGreaterThan(before);
  });

  it('is a part of the status', () => {
    const { perpetual, advance } = createPerpetualWorld();
    const status = record(perpetual.status$);
    record(perpetual.fundingInfo$('BTC-USDT'));
    advance(1_000);
    expect(status.last()?.parts.fundingInfo).toMatchObject({ ready: true });
  });

  it('is shared, and leaves nothing behind', () => {
    const { perpetual, infos, asked, network, advance, pending } = following();
    const second = record(perpetual.fundingInfo$('BTC-USDT'));
    expect(second.values).toEqual(infos.values);
    expect(asked()).toBe(1);
    infos.stop();
    second.stop();
    advance(10_000);
    expect([network.sockets(), pending()]).toEqual([[], 0]);
  });

  it('errors for a pair that the exchange does not have', () => {
    const { perpetual, advance } = createPerpetualWorld();
    const infos = record(perpetual.fundingInfo$('NO-USDT'));
    advance(1_000);
    expect(infos.error()).toMatchObject({ kind: 'not_supported' });
  });
});
