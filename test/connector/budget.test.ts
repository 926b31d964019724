import type { OrderCandidate } from '../../src/account/budget-checker.js';
import { Decimal } from '../../src/core/decimal.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID } from '../support/orders.js';
import { record } from '../support/recording.js';

const COMMISSION = 'GET /api/v3/account/commission';
const HOUR = 3_600_000;

const candidate: OrderCandidate = {
  pair: 'BTC-USDT',
  side: 'buy',
  type: 'limit',
  amount: new Decimal('0.01'),
  price: new Decimal(60_000),
};

const plain = (adjusted: readonly { readonly amount: Decimal }[] | undefined) =>
  adjusted?.map(({ amount }) => amount.toFixed());

describe('tradeFee$', () => {
  it('tells what the account pays, asks every 12 h, and is shared', () => {
    const venue = createVirtualVenue();
    const [one, other] = [
      record(venue.exchange.tradeFee$('BTC-USDT')),
      record(venue.exchange.tradeFee$('BTC-USDT')),
    ];
    venue.advance(1_000);
    expect(one.last()?.taker.buy.rate.toFixed()).toBe('0.001');
    expect(one.last()).not.toHaveProperty('discountAsset');
    venue.control.payFeesInBnb('user', true);
    venue.advance(11 * HOUR);
    expect(venue.network.requests(COMMISSION)).toHaveLength(1);
    venue.advance(2 * HOUR);
    expect(venue.network.requests(COMMISSION)).toHaveLength(2);
    expect(one.last()?.discountAsset).toBe('BNB');
    expect(one.last()?.taker.buy.discounted.toFixed()).toBe('0.00075');
    expect(other.values).toEqual(one.values);
  });

  it('asks for nothing anew that it knows, and leaves nothing behind', () => {
    const venue = createVirtualVenue();
    for (const wait of [1_000, 11 * HOUR, 2 * HOUR]) {
      const fee = record(venue.exchange.tradeFee$('BTC-USDT'));
      venue.advance(1_000);
      expect(fee.values).toHaveLength(1);
      fee.stop();
      expect(venue.pending()).toBe(0);
      venue.advance(wait);
    }
    expect(venue.network.requests(COMMISSION)).toHaveLength(1);
    const later = record(venue.exchange.tradeFee$('BTC-USDT'));
    venue.advance(1_000);
    expect(later.values).toHaveLength(1);
    expect(venue.network.requests(COMMISSION)).toHaveLength(2);
  });

  it('tells a regular account’s without keys, and errors for a pair that there is not', () => {
    const venue = createVirtualVenue();
    const exchange = venue.join();
    const [fee, none] = [record(exchange.tradeFee$('BTC-USDT')), record(exchange.tradeFee$('A-B'))];
    venue.advance(1_000);
    expect(fee.last()?.maker.sell.rate.toFixed()).toBe('0.001');
    expect(none.error()).toMatchObject({ kind: 'not_supported' });
    expect(venue.network.requests(COMMISSION)).toHaveLength(0);
  });
});

describe('budgetChecker', () => {
  it('fits a candidate to what is available, orders on their way included', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1000' } });
    record(venue.exchange.connect());
    venue.advance(1_000);
    record(venue.exchange.buy(BID));
    const fit = (allOrNone: boolean) =>
      record(venue.exchange.budgetChecker.adjustCandidate(candidate, { allOrNone }));
    const [whole, part] = [fit(true), fit(false)];
    venue.advance(1_000);
    expect([whole.state(), whole.values.length]).toEqual(['completed', 1]);
    expect(whole.last()?.amount.toFixed()).toBe('0');
    expect(part.last()).toMatchObject({ resized: true, amount: new Decimal('0.00666') });
  });

  it('takes several candidates one after the other', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1000' } });
    const list = [candidate, candidate, { ...candidate, side: 'sell' as const }];
    const all = record(venue.exchange.budgetChecker.adjustCandidates(list, { allOrNone: false }));
    const none = record(venue.exchange.budgetChecker.adjustCandidates([]));
    venue.advance(5_000);
    expect(plain(all.last())).toEqual(['0.01', '0.00666', '0']);
    expect(none.last()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });

  it('reckons with a fee in BNB at its present price', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1000', BNB: '1' } });
    venue.control.payFeesInBnb('user', true);
    const traders = venue.startTraders();
    venue.advance(60_000);
    traders();
    const fit = record(venue.exchange.budgetChecker.adjustCandidate(candidate));
    venue.advance(5_000);
    const bnb = venue.engine.lastPrice('BNBUSDT')!;
    expect(fit.last()?.estimatedFee).toEqual({
      asset: 'BNB',
      amount: new Decimal(600).times('0.00075').div(bnb),
    });
  });

  it('errors for a pair that there is not', () => {
    const venue = createVirtualVenue();
    const pair = 'A-B' as const;
    const fit = record(venue.exchange.budgetChecker.adjustCandidate({ ...candidate, pair }));
    venue.advance(5_000);
    expect(fit.error()).toMatchObject({ kind: 'not_supported' });
  });
});
