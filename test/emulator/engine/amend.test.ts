import { book, dec, fills, recorded, rejection, request, wallet } from './market.js';

/** Bids of 2 by ann, 3 by me and 1 by bob at 99, in this order. */
const openMarket = () => {
  const market = recorded();
  const { engine } = market;
  for (const accountId of ['ann', 'bob', 'me']) {
    engine.deposit(accountId, 'BTC', dec(10));
    engine.deposit(accountId, 'USDT', dec(1_000));
  }
  engine.place('ann', request('buy', { price: 99, amount: 2 }));
  const { orderId } = engine.place(
    'me',
    request('buy', { clientOrderId: 'a', price: 99, amount: 3 }),
  ).order;
  engine.place('bob', request('buy', { price: 99, amount: 1 }));
  market.batches.length = 0;
  const amend = (amount: number | string, clientOrderId = 'a') =>
    engine.amend('me', orderId, { amount: dec(amount), clientOrderId });
  return { ...market, orderId, amend };
};

describe('amending', () => {
  it('reduces an order, frees what it locked, and keeps its place', () => {
    const { engine, amend, batches } = openMarket();
    const { order, previousAmount, previousClientOrderId } = amend('1.5', 'b');
    expect([order.amount, order.clientOrderId, order.status]).toEqual([dec('1.5'), 'b', 'new']);
    expect([previousAmount, previousClientOrderId]).toEqual([dec(3), 'a']);
    expect(wallet(engine, 'me').USDT).toBe('851.5 + 148.5');
    expect(book(engine)).toEqual(['-', '4.5 @ 99']);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject([
      { type: 'order', execution: 'replaced', executionId: 4, previousClientOrderId: 'a' },
      { type: 'balances', accountId: 'me' },
      { type: 'book', side: 'buy', amount: dec('4.5') },
    ]);
    const sold = engine.place('bob', request('sell', { price: 99, amount: 4 }));
    expect(fills(sold.trades)).toEqual(['2 @ 99', '1.5 @ 99', '0.5 @ 99']);
    expect(engine.trades('me')).toHaveLength(1);
  });

  it('leaves the order under its new client id only', () => {
    const { engine, amend, orderId } = openMarket();
    amend(2, 'b');
    const order = (clientOrderId: string) => engine.order('me', 'BTCUSDT', { clientOrderId });
    expect(order('a')).toBeUndefined();
    expect(order('b')?.orderId).toBe(orderId);
    expect(engine.place('me', request('buy', { clientOrderId: 'a', price: 1 })).order.status).toBe(
      'new',
    );
    const again = request('buy', { clientOrderId: 'b', price: 1 });
    expect(rejection(() => engine.place('me', again))).toBe('duplicate_client_order_id');
    engine.cancel('me', orderId, 'x');
    expect(order('b')?.status).toBe('canceled');
  });

  it('can be done again and again, and is remembered', () => {
    const { engine, amend, orderId } = openMarket();
    amend(2);
    amend(1, 'b');
    expect(
      engine
        .amendments('me', orderId)
        .map(({ order, previousAmount, previousClientOrderId }) => [
          previousAmount.toNumber(),
          order.amount.toNumber(),
          previousClientOrderId,
          order.clientOrderId,
        ]),
    ).toEqual([
      [3, 2, 'a', 'a'],
      [2, 1, 'a', 'b'],
    ]);
    expect(engine.amendments('ann', orderId)).toEqual([]);
  });

  it('counts what was executed already', () => {
    const { engine, amend } = openMarket();
    engine.place('ann', request('sell', { price: 99, amount: 3 }));
    expect(rejection(() => amend(1))).toBe('amount_used_up');
    const { order } = amend('1.5');
    expect([order.status, order.executedAmount]).toEqual(['partially_filled', dec(1)]);
    expect(book(engine)).toEqual(['-', '1.5 @ 99']);
  });

  it.each([
    ['amount_increased', '3.001', 'a'],
    ['amount_unchanged', 3, 'b'],
    ['amount_used_up', 0, 'a'],
    ['duplicate_client_order_id', 1, 'other'],
  ] as const)('is refused as %s', (reason, amount, clientOrderId) => {
    const { engine, amend, batches } = openMarket();
    engine.place('me', request('buy', { clientOrderId: 'other', price: 1 }));
    batches.length = 0;
    expect(rejection(() => amend(amount, clientOrderId))).toBe(reason);
    expect(batches).toEqual([]);
  });

  it('is refused where there is no open order, or no market', () => {
    const { engine, amend, orderId } = openMarket();
    engine.changeListing('BTCUSDT', { status: 'cancel_only' });
    expect(rejection(() => amend(1))).toBe('market_closed');
    engine.cancel('me', orderId, 'x');
    expect(rejection(() => amend(1))).toBe('unknown_order');
  });
});
