import type {
  OrderStatus,
  PlaceRequest,
  RejectReason,
} from '../../../src/emulator/engine/model.js';
import { book, dec, fills, recorded, rejection, request, type Terms, wallet } from './market.js';

/** Asks of 1 and 2 at 101 and of 3 at 102, bids of 1 and 2 at 99 and of 3 at 98; `me` may trade. */
const openMarket = () => {
  const market = recorded();
  const { engine } = market;
  for (const accountId of ['ann', 'bob', 'me']) {
    engine.deposit(accountId, 'BTC', dec(10));
    engine.deposit(accountId, 'USDT', dec(1_000));
  }
  engine.place('ann', request('sell', { price: 101, amount: 1 }));
  engine.place('bob', request('sell', { price: 101, amount: 2 }));
  engine.place('ann', request('sell', { price: 102, amount: 3 }));
  engine.place('ann', request('buy', { price: 99, amount: 1 }));
  engine.place('bob', request('buy', { price: 99, amount: 2 }));
  engine.place('ann', request('buy', { price: 98, amount: 3 }));
  market.events.length = 0;
  market.batches.length = 0;
  return market;
};

interface Case {
  readonly name: string;
  readonly order: PlaceRequest;
  readonly fills: readonly string[];
  readonly status: OrderStatus;
  readonly expiry?: 'ioc_rest' | 'fok' | 'no_liquidity';
  /** The two best levels of each side afterwards; the untouched book, if absent. */
  readonly book?: readonly string[];
}

const untouched = ['3 @ 102', '3 @ 101', '-', '3 @ 99', '3 @ 98'];

const buy = (terms: Terms) => request('buy', terms);
const sell = (terms: Terms) => request('sell', terms);

const cases: readonly Case[] = [
  {
    name: 'a limit order that meets nobody rests',
    order: buy({ price: '99.5', amount: 1 }),
    fills: [],
    status: 'new',
    book: ['3 @ 102', '3 @ 101', '-', '1 @ 99.5', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a limit order takes the oldest of the best price first',
    order: buy({ price: 101, amount: '1.5' }),
    fills: ['1 @ 101', '0.5 @ 101'],
    status: 'filled',
    book: ['3 @ 102', '1.5 @ 101', '-', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a limit order takes several levels at their prices and rests with what is left',
    order: buy({ price: 102, amount: 7 }),
    fills: ['1 @ 101', '2 @ 101', '3 @ 102'],
    status: 'partially_filled',
    book: ['-', '1 @ 102', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a limit sale goes down the bids',
    order: sell({ price: 98, amount: 4 }),
    fills: ['1 @ 99', '2 @ 99', '1 @ 98'],
    status: 'filled',
    book: ['3 @ 102', '3 @ 101', '-', '2 @ 98'],
  },
  {
    name: 'an IOC order that is covered is filled',
    order: buy({ timeInForce: 'IOC', price: 101, amount: 3 }),
    fills: ['1 @ 101', '2 @ 101'],
    status: 'filled',
    book: ['3 @ 102', '-', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'an IOC order loses what its price does not get',
    order: sell({ timeInForce: 'IOC', price: 99, amount: 5 }),
    fills: ['1 @ 99', '2 @ 99'],
    status: 'expired',
    expiry: 'ioc_rest',
    book: ['3 @ 102', '3 @ 101', '-', '3 @ 98'],
  },
  {
    name: 'an IOC order that meets nobody expires',
    order: buy({ timeInForce: 'IOC', price: '100.99', amount: 1 }),
    fills: [],
    status: 'expired',
    expiry: 'ioc_rest',
  },
  {
    name: 'a FOK order that is covered is filled',
    order: sell({ timeInForce: 'FOK', price: 98, amount: 6 }),
    fills: ['1 @ 99', '2 @ 99', '3 @ 98'],
    status: 'filled',
    book: ['3 @ 102', '3 @ 101', '-'],
  },
  {
    name: 'a FOK order that is a step too large touches nothing',
    order: buy({ timeInForce: 'FOK', price: 101, amount: '3.001' }),
    fills: [],
    status: 'expired',
    expiry: 'fok',
  },
  {
    name: 'a post-only order rests beside the best',
    order: sell({ type: 'limit_maker', price: '99.01', amount: 1 }),
    fills: [],
    status: 'new',
    book: ['3 @ 102', '3 @ 101', '1 @ 99.01', '-', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a market order by amount takes what it needs',
    order: buy({ type: 'market', amount: 4 }),
    fills: ['1 @ 101', '2 @ 101', '1 @ 102'],
    status: 'filled',
    book: ['2 @ 102', '-', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a market order that empties the book expires',
    order: sell({ type: 'market', amount: 7 }),
    fills: ['1 @ 99', '2 @ 99', '3 @ 98'],
    status: 'expired',
    expiry: 'no_liquidity',
    book: ['3 @ 102', '3 @ 101', '-'],
  },
  {
    name: 'a market order by quote spends it to the last step',
    order: buy({ type: 'market', quoteAmount: 500 }),
    fills: ['1 @ 101', '2 @ 101', '1.931 @ 102'],
    status: 'filled',
    book: ['1.069 @ 102', '-', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a market sale by quote receives no more than it',
    order: sell({ type: 'market', quoteAmount: '99.098' }),
    fills: ['1 @ 99'],
    status: 'filled',
    book: ['3 @ 102', '3 @ 101', '-', '2 @ 99', '3 @ 98'],
  },
  {
    name: 'a market order by quote that empties the book expires',
    order: buy({ type: 'market', quoteAmount: 700 }),
    fills: ['1 @ 101', '2 @ 101', '3 @ 102'],
    status: 'expired',
    expiry: 'no_liquidity',
    book: ['-', '3 @ 99', '3 @ 98'],
  },
  {
    name: 'a market order by quote that pays for no step expires',
    order: buy({ type: 'market', quoteAmount: '0.1' }),
    fills: [],
    status: 'expired',
    expiry: 'no_liquidity',
  },
];

describe('placing', () => {
  it.each(cases)('$name', ({ order: terms, fills: expected, status, expiry, book: after }) => {
    const { engine } = openMarket();
    const { order, trades } = engine.place('me', terms);
    expect(fills(trades)).toEqual(expected);
    expect(order.status).toBe(status);
    expect(order.expiry).toBe(expiry);
    expect(book(engine)).toEqual(after ?? untouched);
    expect(engine.order('me', 'BTCUSDT', { orderId: order.orderId })).toEqual(order);
    const rests = status === 'new' || status === 'partially_filled';
    expect(order.workedAt).toBe(rests ? order.createdAt : undefined);
    expect(engine.openOrders('me')).toEqual(rests ? [order] : []);
  });

  it('tells what a market order by quote came to', () => {
    const { order } = openMarket().engine.place('me', buy({ type: 'market', quoteAmount: 500 }));
    expect(order.quoteAmount).toEqual(dec(500));
    expect(order.amount).toEqual(dec('4.931'));
    expect(order.executedAmount).toEqual(dec('4.931'));
    expect(order.executedQuote).toEqual(dec('499.962'));
    expect(order.price).toEqual(dec(0));
  });

  it('lets an account trade with itself', () => {
    const { engine } = openMarket();
    engine.place('ann', buy({ price: 101, amount: 1 }));
    expect(engine.trades('ann').map((trade) => [trade.side, trade.isMaker])).toEqual([
      ['sell', true],
      ['buy', false],
    ]);
    // 0.1 % of 101 as the maker, 0.2 % of 1 as the taker.
    expect(wallet(engine, 'ann')).toEqual({
      BTC: '6.998 + 3',
      USDT: '606.899 + 393',
    });
  });

  it('keeps the place of a partly filled order', () => {
    const { engine } = openMarket();
    engine.place('me', buy({ price: 101, amount: '0.5' }));
    const { trades } = engine.place('me', buy({ price: 101, amount: 1 }));
    expect(fills(trades)).toEqual(['0.5 @ 101', '0.5 @ 101']);
    expect(engine.openOrders('bob')[0]?.executedAmount).toEqual(dec('0.5'));
  });

  it.each<[string, Partial<PlaceRequest>]>([
    ['an amount of zero', { amount: dec(0) }],
    ['a negative amount', { amount: dec(-1) }],
    ['an amount that is no number', { amount: dec('NaN') }],
    ['a price of zero', { price: dec(0) }],
    ['no listing', { symbol: 'XRPUSDT' }],
  ])('does not know what to do with %s', (_, terms) => {
    const { engine, events } = openMarket();
    expect(() => engine.place('me', { ...buy({}), ...terms })).toThrow(RangeError);
    expect(events).toEqual([]);
  });
});

describe('refusing', () => {
  it.each<[RejectReason, string, PlaceRequest]>([
    ['would_match', 'a post-only order at the best ask', buy({ type: 'limit_maker', price: 101 })],
    [
      'would_match',
      'a post-only order below the best bid',
      sell({ type: 'limit_maker', price: 98 }),
    ],
    ['insufficient_balance', 'a purchase beyond the quote', buy({ price: 90, amount: '11.112' })],
    ['insufficient_balance', 'a sale beyond the base', sell({ price: 110, amount: '10.001' })],
    // It would pay 101 in the end, but its price is what it promises.
    ['insufficient_balance', 'a dear price', buy({ price: '1000.01', amount: 1 })],
    ['insufficient_balance', 'a market sale of more', sell({ type: 'market', amount: '10.001' })],
    [
      'insufficient_balance',
      'a FOK order, though it expired',
      buy({ timeInForce: 'FOK', price: 90, amount: 12 }),
    ],
  ])('says %s to %s', (reason, _, terms) => {
    const { engine, events } = openMarket();
    expect(rejection(() => engine.place('me', terms))).toBe(reason);
    expect(events).toEqual([]);
    expect(book(engine)).toEqual(untouched);
    expect(wallet(engine, 'me')).toEqual({ BTC: '10 + 0', USDT: '1000 + 0' });
    expect(engine.orders('me')).toEqual([]);
    expect(engine.place('me', buy({ price: 1 })).order.orderId).toBe(7);
  });

  it('says insufficient_balance to a market purchase that costs more than there is', () => {
    const { engine } = openMarket();
    engine.place('me', buy({ price: 90, amount: 9 }));
    const market = (amount: string) => () => engine.place('me', buy({ type: 'market', amount }));
    expect(rejection(market('1.882'))).toBe('insufficient_balance');
    expect(rejection(market('1.881'))).toBeUndefined();
    expect(wallet(engine, 'me').USDT).toBe('0.019 + 810');
  });

  it('lets a client id be used again once its order is over, and by others at any time', () => {
    const { engine } = openMarket();
    const terms = { clientOrderId: 'mine', price: 90 };
    const { orderId } = engine.place('me', buy(terms)).order;
    expect(rejection(() => engine.place('me', sell(terms)))).toBe('duplicate_client_order_id');
    const elsewhere = { ...terms, symbol: 'ETHUSDT' };
    expect(rejection(() => engine.place('me', buy(elsewhere)))).toBe('duplicate_client_order_id');
    expect(rejection(() => engine.place('ann', buy(terms)))).toBeUndefined();
    engine.cancel('me', orderId, 'x');
    expect(rejection(() => engine.place('me', buy(terms)))).toBeUndefined();
  });
});

describe('canceling', () => {
  it('takes the rest out of the book and frees what it locked', () => {
    const { engine } = openMarket();
    const { order } = engine.place('me', buy({ price: 101, amount: 5 }));
    expect(wallet(engine, 'me')).toEqual({ BTC: '12.994 + 0', USDT: '495 + 202' });
    const canceled = engine.cancel('me', order.orderId, 'x');
    expect(canceled.status).toBe('canceled');
    expect(canceled.executedAmount).toEqual(dec(3));
    expect(wallet(engine, 'me')).toEqual({ BTC: '12.994 + 0', USDT: '697 + 0' });
    expect(book(engine)).toEqual(['3 @ 102', '-', '3 @ 99', '3 @ 98']);
  });

  it.each<[string, string, number]>([
    ['nobody', 'me', 99],
    ['somebody else', 'me', 1],
    ['an order that is over', 'ann', 7],
  ])('knows no open order of %s', (_, accountId, orderId) => {
    const { engine, events } = openMarket();
    engine.place('ann', buy({ type: 'market' }));
    events.length = 0;
    expect(rejection(() => engine.cancel(accountId, orderId, 'x'))).toBe('unknown_order');
    expect(events).toEqual([]);
  });
});
