import { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest } from '../../src/core/order.js';
import { defaultListings } from '../../src/emulator/listings.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';
import { USER_STREAM } from '../support/orders.js';
import { record } from '../support/recording.js';

const dec = (value: string) => new Decimal(value);

/** A market that may be bought at 60,600 at most, with offers of 0.01 at 60,000 and at 61,000. */
const createVenue = () => {
  const [btc, ...others] = defaultListings;
  const priceRange = { buy: { up: dec('1.01') }, sell: {} };
  const market = { ...btc!, referencePrice: dec('60000'), priceRange };
  const venue = createVirtualVenue({ listings: [market, ...others] });
  for (const price of ['60000', '61000']) venue.rival('sell', price, '0.01');
  return venue;
};

const limit = { pair: 'BTC-USDT', type: 'limit', price: '61000', amount: '0.02' } as const;
const market = { pair: 'BTC-USDT', type: 'market' } as const;

describe('an order that would trade beyond the price range', () => {
  it.each<[string, OrderRequest]>([
    ['a limit order', limit],
    ['a market order', { ...market, amount: '0.02' }],
    ['a market order by quote amount', { ...market, quoteAmount: '1210' }],
  ])('(%s) is expired with what it got', (_, request) => {
    const venue = createVenue();
    const fills = record(venue.exchange.fills$);
    const errors = record(venue.exchange.errors$);
    const story = record(venue.exchange.buy(request));
    venue.advance(60_000);
    const { state, reason, executedAmount, fillsComplete } = story.last()!;
    expect({ state, reason, fillsComplete }).toEqual({
      state: 'canceled',
      reason: 'expired',
      fillsComplete: true,
    });
    expect(executedAmount.toFixed()).toBe('0.01');
    expect(fills.values).toHaveLength(1);
    expect(story.state()).toBe('completed');
    expect(errors.values).toEqual([]);
  });

  it('is expired with nothing where it meets nobody in range', () => {
    const venue = createVenue();
    venue.control.changeRules('BTCUSDT', { referencePrice: dec('50000') });
    const story = record(venue.exchange.buy({ ...market, quoteAmount: '1210' }));
    venue.advance(60_000);
    expect(story.last()).toMatchObject({ state: 'canceled', reason: 'expired' });
    expect(story.last()!.executedAmount.toFixed()).toBe('0');
  });

  it('is found out about though the account stream is mute', () => {
    const venue = createVenue();
    venue.network.frameFaults.add(({ path }) => path === USER_STREAM, { copies: 0 });
    venue.network.requestFaults.add(({ name }) => name === 'POST /api/v3/order', {
      answerDelay: Infinity,
    });
    const story = record(venue.exchange.buy(limit));
    venue.advance(130_000);
    expect(story.last()).toMatchObject({ state: 'canceled', reason: 'expired' });
    expect(story.last()!.executedAmount.toFixed()).toBe('0.01');
  });
});
