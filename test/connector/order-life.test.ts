import type { DecimalInput } from '../../src/core/decimal.js';
import type { OrderRequest } from '../../src/core/order.js';
import type { TradingPair } from '../../src/core/trading-pair.js';
import { OrderFailedError } from '../../src/orders/order-failed-error.js';
import { BID, PLACE, steps } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

describe('the story of an order', () => {
  it('that rests and is filled', () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'open 0', 'filled 0.01']);
    expect(story.state()).toBe('completed');
    const order = story.last()!;
    expect(order).toMatchObject({
      pair: 'BTC-USDT',
      side: 'buy',
      type: 'limit',
      reason: 'filled',
      error: undefined,
      fillsComplete: true,
      exchangeOrderId: `${venue.orders()[0]!.orderId}`,
      clientOrderId: venue.orders()[0]!.clientOrderId,
    });
    expect(order.executedQuote.toFixed()).toBe('600');
    expect(order.averagePrice!.toFixed()).toBe('60000');
    expect(order.fills).toEqual([
      expect.objectContaining({ liquidity: 'maker', tradeId: `${venue.trades()[0]!.tradeId}` }),
    ]);
  });

  it('that is partly filled and canceled', () => {
    const venue = createVirtualVenue();
    const story = record(venue.exchange.buy(BID));
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    const canceled = record(venue.exchange.cancel(story.last()!.clientOrderId));
    venue.advance(1_000);
    expect(steps(story.values)).toEqual([
      'pending_create 0',
      'open 0',
      'partially_filled 0.004',
      'pending_cancel 0.004',
      'canceled 0.004',
    ]);
    expect(story.last()).toMatchObject({ reason: 'canceled', fillsComplete: true });
    expect(story.state()).toBe('completed');
    expect(canceled.values).toMatchObject([{ outcome: 'canceled' }]);
    expect(venue.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('at the market, over two levels', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '0.004');
    venue.rival('sell', '60100', '0.02');
    const story = record(venue.exchange.buy({ pair: 'BTC-USDT', type: 'market', amount: '0.01' }));
    venue.advance(1_000);
    const order = story.last()!;
    expect(order).toMatchObject({ state: 'filled', price: undefined });
    expect(order.fills.map(({ price, amount }) => [price.toFixed(), amount.toFixed()])).toEqual([
      ['60000', '0.004'],
      ['60100', '0.006'],
    ]);
    expect(order.averagePrice!.toFixed()).toBe('60060');
    expect(story.state()).toBe('completed');
  });

  it('that takes what there is and expires', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '0.004');
    const story = record(venue.exchange.buy({ ...BID, timeInForce: 'IOC' }));
    venue.advance(1_000);
    expect(story.last()).toMatchObject({ state: 'canceled', reason: 'expired' });
    expect(story.last()!.executedAmount.toFixed()).toBe('0.004');
    expect(story.state()).toBe('completed');
  });
});

describe('an order that fails', () => {
  const failure = (venue = createVirtualVenue(), request: OrderRequest = BID) => {
    const story = record(venue.exchange.buy(request));
    const live = record(venue.exchange.inFlightOrders$);
    venue.advance(30_000);
    expect(steps(story.values)).toEqual(['pending_create 0', 'failed 0']);
    expect(story.error()).toBeInstanceOf(OrderFailedError);
    expect(live.last()!.size).toBe(0);
    const error = story.error() as OrderFailedError;
    expect(error.order).toBe(story.last());
    expect(error.message).toContain(error.order.clientOrderId);
    return { error, placed: venue.network.requests(PLACE).length };
  };

  it('because it would take at once', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '59000', '0.01');
    const { error, placed } = failure(venue, { ...BID, type: 'limit_maker' });
    expect(error).toMatchObject({ kind: 'invalid_order', code: -2010, request: PLACE });
    expect(error.order.reason).toBe('rejected');
    expect(placed).toBe(1);
    expect(venue.orders()).toEqual([]);
  });

  it('because the account cannot pay for it', () => {
    const venue = createVirtualVenue({ balances: { USDT: '1' } });
    expect(failure(venue).error).toMatchObject({ kind: 'insufficient_funds', code: -2010 });
  });

  it.each<[string, { amount?: DecimalInput; price?: DecimalInput; pair?: TradingPair }, string]>([
    ['no amount', { amount: '0' }, 'invalid_order'],
    ['an amount that is no number', { amount: 'much' }, 'invalid_order'],
    ['an amount that is not a number', { amount: NaN }, 'invalid_order'],
    ['an amount below a step', { amount: '0.000001' }, 'invalid_order'],
    ['too little value', { amount: '0.00001' }, 'invalid_order'],
    ['a price of zero', { price: 0 }, 'invalid_order'],
    ['a pair that does not exist', { pair: 'BTC-EUR' }, 'not_supported'],
  ])('before anything is sent: %s', (_, change, kind) => {
    const { error, placed } = failure(createVirtualVenue(), { ...BID, ...change });
    expect(error.kind).toBe(kind);
    expect(placed).toBe(0);
  });

  it('because the rules of the market do not load', () => {
    const venue = createVirtualVenue();
    venue.network.requestFaults.add(({ name }) => name === 'GET /api/v3/exchangeInfo', {
      answerDelay: Infinity,
    });
    const { error, placed } = failure(venue);
    expect(error.kind).toBe('not_placed');
    expect(placed).toBe(0);
  });
});

describe('the subscribers of an order', () => {
  it('hear the whole story, whenever they come', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy(BID);
    const first = record(order$);
    const second = record(order$);
    venue.advance(1_000);
    const third = record(order$);
    expect(steps(third.values)).toEqual(['pending_create 0', 'open 0']);
    venue.rival('sell', '60000', '0.004');
    venue.advance(1_000);
    venue.rival('sell', '60000', '0.006');
    venue.advance(1_000);
    const last = record(order$);
    const whole = ['pending_create 0', 'open 0', 'partially_filled 0.004', 'filled 0.01'];
    for (const story of [first, second, third, last]) {
      expect(steps(story.values)).toEqual(whole);
      expect(story.state()).toBe('completed');
    }
    venue.advance(3_600_000);
    expect(steps(record(order$).values)).toEqual(whole);
  });

  it('all hear of a failure, whenever they come', () => {
    const venue = createVirtualVenue();
    const order$ = venue.exchange.buy({ ...BID, amount: '0' });
    const first = record(order$);
    venue.advance(1_000);
    const late = record(order$);
    expect(steps(late.values)).toEqual(['pending_create 0', 'failed 0']);
    for (const story of [first, late]) expect(story.error()).toBeInstanceOf(OrderFailedError);
  });

  it('see the same orders on orderUpdates$ and inFlightOrders$', () => {
    const venue = createVirtualVenue();
    const updates = record(venue.exchange.orderUpdates$);
    const live = record(venue.exchange.inFlightOrders$);
    const story = record(venue.exchange.buy(BID));
    expect(live.values.map(({ size }) => size)).toEqual([0, 1]);
    venue.advance(1_000);
    expect([...live.last()!.values()]).toEqual([story.last()]);
    venue.rival('sell', '60000', '0.01');
    venue.advance(1_000);
    expect(updates.values).toEqual(story.values);
    expect(live.last()!.size).toBe(0);
  });
});
