import { keepBooks, type Books } from '../../src/cli/books.js';
import { reconcile, type Truth } from '../../src/cli/reconciliation.js';
import { closingStatement, liveLine } from '../../src/cli/statement.js';
import { Decimal } from '../../src/core/decimal.js';
import type { EngineOrder } from '../../src/emulator/engine/model.js';
import type { InFlightOrder } from '../../src/orders/in-flight-order.js';
import { BID } from '../support/orders.js';
import { record } from '../support/recording.js';
import { createVirtualVenue } from '../../src/testing/virtual-venue.js';

/** The books of a client that bought, sold, and canceled an order that was filled in part. */
const traded = () => {
  const venue = createVirtualVenue();
  const books = keepBooks(venue.exchange);
  record(books.kept$);
  venue.advance(1_000);
  record(venue.exchange.buy(BID));
  const open = record(venue.exchange.sell({ ...BID, price: '61000' }));
  venue.advance(1_000);
  venue.rival('sell', '60000', '0.01');
  venue.rival('buy', '61000', '0.004');
  venue.advance(1_000);
  record(venue.exchange.cancel(open.last()!.clientOrderId));
  venue.advance(1_000);
  const truth: Truth = {
    orders: venue.orders,
    trades: venue.trades,
    balances: venue.balances,
  };
  return { venue, books, truth };
};

const whats = (books: Books, truth: Truth): readonly string[] =>
  reconcile(books, truth).map(({ what }) => what.replace(/ rx-.*| \d+.*/, ''));

const changeFirst = <T>(items: readonly T[], change: Partial<T>): readonly T[] =>
  items.map((item, index) => (index === 0 ? { ...item, ...change } : item));

describe('reconcile', () => {
  it('finds nothing where the books are right', () => {
    const { books, truth } = traded();
    expect(books.orders.size).toBe(2);
    expect(books.fills).toHaveLength(2);
    expect(reconcile(books, truth)).toEqual([]);
  });

  it('finds nothing of an order that never existed', () => {
    const { venue, books, truth } = traded();
    record(venue.exchange.buy({ ...BID, amount: '1000' }));
    venue.advance(1_000);
    expect(books.orders.size).toBe(3);
    expect(reconcile(books, truth)).toEqual([]);
  });

  it('takes every way in which the exchange ends an order for the end that it is', () => {
    const { books, truth } = traded();
    for (const status of ['canceled', 'expired', 'expired_in_match'] as const) {
      const orders = truth.orders().map((order) => ({
        ...order,
        status: order.status === 'canceled' ? status : order.status,
      }));
      expect(reconcile(books, { ...truth, orders: () => orders })).toEqual([]);
    }
  });

  it.each<[string, (order: EngineOrder) => Partial<EngineOrder>]>([
    ['an end', () => ({ status: 'expired' })],
    ['a state', () => ({ status: 'new' })],
    ['a side', () => ({ side: 'sell' })],
    ['an amount', ({ executedAmount }) => ({ executedAmount: executedAmount.plus('1e-18') })],
    ['a value', ({ executedQuote }) => ({ executedQuote: executedQuote.minus('1e-18') })],
  ])('finds %s of an order that differs', (_, change) => {
    const { books, truth } = traded();
    const [first] = truth.orders();
    const orders = changeFirst(truth.orders(), change(first!));
    expect(whats(books, { ...truth, orders: () => orders })).toEqual(['order']);
  });

  it('finds an order that the client does not know, and one that the exchange does not', () => {
    const { books, truth } = traded();
    const [, second] = truth.orders();
    expect(whats(books, { ...truth, orders: () => [second!] })).toEqual(['order']);
    const orders = new Map([...books.orders].slice(1));
    expect(whats({ ...books, orders }, truth)).toEqual(['order']);
  });

  it('finds fills that are missing or doubled, and what they would have been', () => {
    const { books, truth } = traded();
    const [first, second] = books.fills;
    const missing = reconcile({ ...books, fills: [second!] }, truth);
    expect(missing).toEqual(
      expect.arrayContaining([
        {
          what: `fill ${first!.tradeId} of ${first!.exchangeOrderId}`,
          client: 'nothing',
          exchange: 'buy 0.01 @ 60000 fee 0.00001 BTC',
        },
        { what: 'number of fills', client: '1', exchange: '2' },
      ]),
    );
    expect(whats({ ...books, fills: [first!, second!, second!] }, truth)).toEqual([
      'number of fills',
      'sum of BTC',
      'sum of USDT',
    ]);
  });

  it('finds a fee that differs', () => {
    const { books, truth } = traded();
    const fee = { asset: 'BTC', amount: new Decimal('0.000010000000000001') };
    const fills = changeFirst(books.fills, { fee });
    expect(whats({ ...books, fills }, truth)).toEqual(['fill', 'sum of BTC']);
  });

  it('finds a balance that the client was told wrongly', () => {
    const { books, truth } = traded();
    const wrong = new Map([...books.balances()].slice(1));
    const [asset = ''] = [...books.balances().keys()];
    expect(whats({ ...books, balances: () => wrong }, truth)).toEqual([`balance of ${asset}`]);
  });

  it('finds a balance that no fill explains', () => {
    const { venue, books, truth } = traded();
    venue.engine.deposit('user', 'BNB', new Decimal('1e-8'));
    venue.advance(121_000);
    expect(whats(books, truth)).toEqual(['sum of BNB']);
  });
});

describe('the statement', () => {
  it('counts orders, fills and fees, and says that all agrees', () => {
    const { books } = traded();
    const text = closingStatement(books, 'BTC-USDT', []);
    expect(text).toMatch(/orders +2: 1 filled, 1 canceled/);
    expect(text).toMatch(/fills +2/);
    expect(text).toMatch(/fees +0.00001 BTC, 0.244 USDT/);
    expect(text).toMatch(/reconciliation +exact/);
  });

  it('shows each difference, and says that it failed', () => {
    const { books } = traded();
    const difference = { what: 'balance of BTC', client: '1', exchange: '2' };
    const text = closingStatement(books, 'BTC-USDT', [difference]);
    expect(text).toMatch(/DIFFERENCE +balance of BTC: client 1, exchange 2/);
    expect(text).toMatch(/reconciliation +FAILED: 1 differences/);
    expect(text).not.toMatch(/exact/);
  });

  it('has a line for the moment', () => {
    const { venue, books } = traded();
    venue.rival('buy', '60000', '1');
    venue.rival('sell', '60100', '1');
    const book = record(venue.exchange.orderBook$('BTC-USDT'));
    const quote: InFlightOrder | undefined = record(venue.exchange.buy(BID)).last();
    venue.advance(1_000);
    expect(quote?.state).toBe('pending_create');
    expect(liveLine(books, book.last()!, 7)).toBe(
      '  7 s | 60000 / 60100 | bid 60000' +
        `${' '.repeat(23)} | 3 orders, 2 fills | 2.005990 BTC, 99643.76 USDT | PnL 3.46 USDT`,
    );
  });
});
