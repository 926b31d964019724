import type { ConnectorOptions } from '../../src/connector/create-connector.js';
import { Decimal } from '../../src/core/decimal.js';
import type { OrderRequest, Side } from '../../src/core/order.js';
import { OrderFailedError } from '../../src/orders/order-failed-error.js';
import { createVirtualVenue, type VirtualVenue } from '../../src/testing/virtual-venue.js';
import { BID, PLACE, steps } from '../support/orders.js';
import { record } from '../support/recording.js';

const PRICE = 'GET /api/v3/ticker/price';
const MARKET = { pair: 'BTC-USDT', type: 'market' } as const;

const requested = (venue: VirtualVenue, name: string): number =>
  venue.network.requests(name).length;

const withConnector = (connector: ConnectorOptions<'com'>) => createVirtualVenue({ connector });

/** Places an order and tells how it ended. */
const place = (venue: VirtualVenue, request: OrderRequest, side: Side = 'buy') => {
  const { buy, sell } = venue.exchange;
  const story = record((side === 'buy' ? buy : sell)(request));
  venue.advance(1_000);
  const error = story.error();
  return {
    story,
    last: story.last(),
    kind: error instanceof OrderFailedError ? error.kind : undefined,
  };
};

describe('a market order by quote amount', () => {
  it('spends it as far as it goes, and is filled when the exchange says so', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '0.001');
    venue.rival('sell', '61000', '1');
    const { story, last } = place(venue, { ...MARKET, quoteAmount: '121' });
    expect(last).toMatchObject({ state: 'filled', type: 'market', fillsComplete: true });
    expect(last?.amount?.toFixed()).toBe('0.002');
    expect(last?.executedQuote.toFixed()).toBe('121');
    expect(last?.quoteAmount?.toFixed()).toBe('121');
    expect(story.values[0]).toMatchObject({ state: 'pending_create', amount: undefined });
    expect(story.state()).toBe('completed');
  });

  it('receives it', () => {
    const venue = createVirtualVenue();
    venue.rival('buy', '60000', '1');
    const { last } = place(venue, { ...MARKET, quoteAmount: '120' }, 'sell');
    expect(last?.state).toBe('filled');
    expect(last?.executedAmount.toFixed()).toBe('0.002');
  });

  it('is over without being filled where nobody sells so much', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '0.001');
    const { last } = place(venue, { ...MARKET, quoteAmount: '120' });
    expect(last).toMatchObject({ state: 'canceled', reason: 'expired', amount: undefined });
    expect(last?.executedQuote.toFixed()).toBe('60');
  });

  it('is checked without asking for a price', () => {
    const venue = createVirtualVenue();
    const { kind } = place(venue, { ...MARKET, quoteAmount: '4.99' });
    expect(kind).toBe('invalid_order');
    expect([requested(venue, PLACE), requested(venue, PRICE)]).toEqual([0, 0]);
  });
});

describe('the value of a market order by amount', () => {
  const small = { ...MARKET, amount: '0.00008' };

  it('is told by the book that is live, without a call', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '1');
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    venue.advance(1_000);
    expect(place(venue, small).kind).toBe('invalid_order');
    expect(place(venue, { ...MARKET, amount: '0.00009' }).last?.state).toBe('filled');
    expect(requested(venue, PRICE)).toBe(0);
    book.stop();
    place(venue, small);
    expect(requested(venue, PRICE)).toBe(1);
  });

  it('is told by the exchange where no book is live', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '1');
    venue.rival('buy', '60000', '0.5');
    expect(place(venue, small).kind).toBe('invalid_order');
    expect([requested(venue, PLACE), requested(venue, PRICE)]).toEqual([0, 1]);
    expect(place(venue, { ...MARKET, amount: '0.00009' }).last?.state).toBe('filled');
  });

  it('is left to the exchange where it does not tell a price within a second', () => {
    const venue = createVirtualVenue();
    venue.rival('sell', '60000', '1');
    venue.rival('buy', '60000', '0.5');
    venue.network.requestFaults.add(({ name }) => name === PRICE, { answerDelay: 5_000 });
    const story = record(venue.exchange.buy(small));
    venue.advance(900);
    expect(requested(venue, PLACE)).toBe(0);
    venue.advance(1_000);
    expect(requested(venue, PLACE)).toBe(1);
    expect(story.error()).toMatchObject({ kind: 'invalid_order', code: -1013 });
  });

  it('matters to no limit order', () => {
    const venue = createVirtualVenue();
    place(venue, BID);
    expect(requested(venue, PRICE)).toBe(0);
  });
});

it('sends no more orders than may be open', () => {
  const venue = createVirtualVenue();
  venue.engine.changeListing('BTCUSDT', { restrictions: { maxOpenOrders: 2 } });
  for (const price of ['60000', '60001']) place(venue, { ...BID, price });
  const { kind, last } = place(venue, BID);
  expect([kind, last?.error?.message]).toEqual([
    'invalid_order',
    '2 orders are open in BTC-USDT, which takes 2 at most; cancel one first.',
  ]);
  expect(place(venue, { ...BID, pair: 'ETH-USDT', price: '3000' }).last?.state).toBe('open');
  expect(requested(venue, PLACE)).toBe(3);
});

describe('what a program without types may hand in', () => {
  it.each<[what: string, request: unknown, kind: string]>([
    ['nothing', undefined, 'not_supported'],
    ['null', null, 'not_supported'],
    ['a number', 5, 'not_supported'],
    ['no pair', { ...BID, pair: undefined }, 'not_supported'],
    ['a symbol for a pair', { ...BID, pair: 'BTCUSDT' }, 'not_supported'],
    ['another type', { ...BID, type: 'stop_loss' }, 'invalid_order'],
    ['no amount', { ...BID, amount: null }, 'invalid_order'],
    ['a number beyond all bounds', { ...BID, amount: '1e999999999' }, 'invalid_order'],
    ['an object for a price', { ...BID, price: {} }, 'invalid_order'],
  ])('%s: a failed order before any request', (_, request, kind) => {
    const venue = createVirtualVenue();
    const result = place(venue, request as OrderRequest);
    expect(result.kind).toBe(kind);
    expect(result.last?.state).toBe('failed');
    expect(requested(venue, PLACE)).toBe(0);
    expect(result.last?.error?.message).toMatch(/got|written/);
  });

  it('a pair that is none asks the exchange nothing at all', () => {
    const venue = createVirtualVenue();
    record(venue.exchange.buy({ ...BID, amount: 'abc' }));
    venue.advance(60_000);
    expect(venue.network.requests()).toEqual([]);
    expect(venue.pending()).toBe(0);
  });
});

describe('a client order id that a strategy chose', () => {
  const mine = { ...BID, clientOrderId: 'mine-1' };

  it('is the order’s', () => {
    const venue = createVirtualVenue();
    expect(place(venue, mine).last?.clientOrderId).toBe('mine-1');
    expect(venue.orders()).toMatchObject([{ clientOrderId: 'mine-1' }]);
  });

  it('is refused where the exchange would not take it', () => {
    const venue = createVirtualVenue();
    expect(place(venue, { ...BID, clientOrderId: 'my order' }).kind).toBe('invalid_order');
    expect(requested(venue, PLACE)).toBe(0);
  });

  it('belongs to one order: a second one is refused, and leaves the first alone', () => {
    const venue = createVirtualVenue();
    const first = place(venue, mine);
    const second = record(venue.exchange.buy(mine, { cancelOnUnsubscribe: true }));
    venue.advance(5_000);
    expect(second.error()).toMatchObject({ kind: 'duplicate_order_id' });
    expect(steps(first.story.values)).toEqual(['pending_create 0', 'open 0']);
    expect(venue.orders()).toMatchObject([{ status: 'new' }]);
  });

  it('begins as the connector was told, else with rx-', () => {
    for (const clientOrderIdPrefix of ['desk7-', undefined]) {
      const options = clientOrderIdPrefix === undefined ? {} : { clientOrderIdPrefix };
      const { last } = place(withConnector(options), BID);
      expect(last?.clientOrderId.startsWith(clientOrderIdPrefix ?? 'rx-')).toBe(true);
    }
  });

  it('may begin with what the exchange takes only', () => {
    for (const clientOrderIdPrefix of ['my orders ', 'a-prefix-that-is-too-long'])
      expect(() => withConnector({ clientOrderIdPrefix })).toThrow(
        expect.objectContaining({ kind: 'not_supported' }) as Error,
      );
  });
});

it('keeps an order from trading with its own account as it was told', () => {
  const venue = createVirtualVenue();
  place(venue, BID);
  const order = { ...BID, selfTradePrevention: 'expire_taker' } as const;
  expect(place(venue, order, 'sell').last).toMatchObject({
    state: 'canceled',
    reason: 'self_trade_prevented',
  });
  expect(venue.orders()).toMatchObject([{ status: 'new' }, { status: 'expired_in_match' }]);
});

it('rounds as the connector was told', () => {
  const request = { ...BID, price: '60000.016' };
  const priceBy = (rounding: 'passive' | 'nearest') =>
    place(withConnector({ rounding }), request).last?.price?.toFixed();
  expect([priceBy('passive'), priceBy('nearest')]).toEqual(['60000.01', '60000.02']);
  expect(place(withConnector({ rounding: 'strict' }), request).kind).toBe('invalid_order');
});

it('cancels a market order that waits for its price, without sending it', () => {
  const venue = createVirtualVenue();
  venue.network.requestFaults.add(({ name }) => name === PRICE, { answerDelay: 800 });
  const story = record(venue.exchange.buy({ ...MARKET, amount: new Decimal(1) }));
  venue.advance(100);
  record(venue.exchange.cancel(story.last()?.clientOrderId ?? ''));
  venue.advance(5_000);
  expect(story.error()).toMatchObject({ kind: 'not_placed' });
  expect(requested(venue, PLACE)).toBe(0);
});
