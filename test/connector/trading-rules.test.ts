import { Decimal } from '../../src/core/decimal.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, PLACE } from '../support/orders.js';
import { record } from '../support/recording.js';

const RULES = 'GET /api/v3/exchangeInfo';

const coarsen = ({ engine }: VirtualVenue, priceStep = '7'): void =>
  engine.changeListing('BTCUSDT', { priceStep: new Decimal(priceStep) });

/** A price that is a multiple of the usual step, and of no other. */
const bid = { ...BID, price: '60000.01' };

describe('ruleChanges$', () => {
  it('tells what a later set of rules has differently, and nothing else', () => {
    const venue = createVirtualVenue();
    const changes = record(venue.exchange.ruleChanges$);
    const rules = record(venue.exchange.tradingRules$);
    venue.advance(60_000);
    const before = rules.last()!.get('BTC-USDT');
    coarsen(venue);
    venue.advance(1_800_000);
    const after = rules.last()!.get('BTC-USDT');
    expect(after!.priceStep.toFixed()).toBe('7');
    expect(changes.values).toEqual([{ kind: 'changed', pair: 'BTC-USDT', before, after }]);
    venue.advance(1_800_000);
    expect(changes.values).toHaveLength(1);
    expect(venue.network.requests(RULES)).toHaveLength(3);
  });

  it('does not tell one who comes later of what was before', () => {
    const venue = createVirtualVenue();
    const early = record(venue.exchange.ruleChanges$);
    venue.advance(60_000);
    coarsen(venue);
    venue.advance(1_800_000);
    const late = record(venue.exchange.ruleChanges$);
    venue.advance(1_800_000);
    expect(early.values).toHaveLength(1);
    expect(late.values).toEqual([]);
  });
});

describe('the trading rules', () => {
  it('are loaded once more when the exchange refuses what they permit', () => {
    const venue = createVirtualVenue();
    const changes = record(venue.exchange.ruleChanges$);
    venue.advance(60_000);
    coarsen(venue);
    const refused = record(venue.exchange.buy(bid));
    venue.advance(1_000);
    expect(refused.error()).toMatchObject({ kind: 'invalid_order' });
    expect(changes.values).toMatchObject([{ kind: 'changed', pair: 'BTC-USDT' }]);
    expect(venue.network.requests(RULES)).toHaveLength(2);
    const taken = record(venue.exchange.buy(bid));
    venue.advance(1_000);
    expect(taken.last()).toMatchObject({ state: 'open' });
    expect(taken.last()!.price!.modulo(7).isZero()).toBe(true);
    venue.advance(60_000);
    expect(venue.network.requests(RULES)).toHaveLength(2);
  });

  it('are loaded every 10 s at the most, however much is refused', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.connect());
    venue.advance(60_000);
    venue.network.requestFaults.add(({ name }) => name === PLACE, {
      answer: {
        status: 400,
        headers: {},
        body: '{"code":-1013,"msg":"Filter failure: PRICE_FILTER"}',
      },
    });
    for (let time = 0; time < 60; time += 1) {
      record(venue.exchange.buy(bid));
      venue.advance(500);
    }
    venue.advance(60_000);
    const times = venue.network.requests(RULES).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(3);
    expect(times.length).toBeLessThan(7);
    times
      .slice(2)
      .forEach((at, index) => expect(at - times[index + 1]!).toBeGreaterThanOrEqual(10_000));
  });

  it('are loaded once more for an order in a market that took none: it may be open again', () => {
    const venue = createVirtualVenue();
    venue.control.setMarketStatus('BTCUSDT', 'BREAK');
    record(venue.exchange.connect());
    venue.advance(60_000);
    venue.control.setMarketStatus('BTCUSDT', 'TRADING');
    const refused = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(refused.error()).toMatchObject({ kind: 'invalid_order' });
    expect(venue.network.requests(PLACE)).toEqual([]);
    expect(venue.network.requests(RULES)).toHaveLength(2);
    const taken = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    expect(taken.last()).toMatchObject({ state: 'open' });
  });

  it('are not loaded for what an order itself lacks', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.connect());
    venue.advance(60_000);
    const refused = record(venue.exchange.buy({ ...BID, amount: '0' }));
    venue.advance(60_000);
    expect(refused.error()).toMatchObject({ kind: 'invalid_order' });
    expect(venue.network.requests(RULES)).toHaveLength(1);
  });

  it('are not loaded where a refusal says nothing of them', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.connect());
    venue.advance(60_000);
    venue.rival('sell', '60000', '1');
    const refused = record(venue.exchange.buy({ ...BID, type: 'limit_maker' }));
    venue.advance(60_000);
    expect(refused.error()).toMatchObject({ kind: 'invalid_order' });
    expect(venue.network.requests(PLACE)).toHaveLength(1);
    expect(venue.network.requests(RULES)).toHaveLength(1);
  });
});
